import Contracts
import DocumentModel

/// Finds the link that a word stands in; only targets that a reader may safely follow.
struct LinkIndex {
  private let links: [PageLink]
  /// Indices into `links` by horizontal band of the page.
  private var bands: [Int: [Int]] = [:]

  /// The colour of a link's words where its box holds others too, by index into `links`.
  private var colours: [Int: String] = [:]

  /// - Parameter words: the page's.
  init(_ all: [PageLink], words: [Word]) {
    links = all.lazy.filter { Self.isSafe($0.target) && !$0.box.isEmpty }.prefix(Self.most).map { $0 }
    for (index, link) in links.enumerated() {
      for band in Self.bands(of: link.box) { bands[band, default: []].append(index) }
    }
    guard !links.isEmpty else { return }
    // A link that is broken over lines often has one box around both, with the text before and after it: there its
    // colour tells which words are its own.
    var held: [Int: [Word]] = [:]
    for word in words {
      guard let index = link(over: word.box), links[index].box.height >= Self.severalLines * word.box.height else {
        continue
      }
      held[index, default: []].append(word)
    }
    for (index, words) in held { colours[index] = Self.colour(ofLinkIn: words) }
  }

  /// The colour of words that go on over the end of a line, amid others in black; nil where there are no such words: in
  /// a card that is all link, a line may be in colour too.
  private static func colour(ofLinkIn words: [Word]) -> String? {
    let coloured = words.indices.filter { words[$0].color != nil }
    guard let first = coloured.first, let last = coloured.last, coloured.count < words.count,
      last - first + 1 == coloured.count, Set(coloured.map { words[$0].color }).count == 1,
      words[last].box.midY > words[first].box.bottom
    else { return nil }
    return words[first].color
  }

  /// The target of the link that covers most of a word, where one covers half of it.
  func target(of word: Word) -> String? {
    guard let index = link(over: word.box), colours[index].map({ $0 == word.color }) ?? true else { return nil }
    return links[index].target
  }

  private static let severalLines = 1.8  // heights of a word

  private func link(over box: BoundingBox) -> Int? {
    guard !links.isEmpty else { return nil }
    var best: (cover: Double, index: Int)?
    for band in Self.bands(of: box) {
      for index in bands[band] ?? [] {
        let cover = box.coverage(by: links[index].box)
        if cover >= Self.cover, best.map({ cover > $0.cover }) ?? true { best = (cover, index) }
      }
    }
    return best?.index
  }

  /// Web addresses, mail, telephone and places in the document; scripts, files and programs stay plain text.
  static func isSafe(_ target: String) -> Bool {
    guard !target.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else { return false }
    if target.hasPrefix("#page=") {
      let number = target.dropFirst(6)
      return !number.isEmpty && number.utf8.count <= 9 && number.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }
    let scheme = target.prefix(while: { $0 != ":" }).lowercased()
    return schemes.contains(scheme) && target.utf8.count > scheme.utf8.count + 1
  }

  private static let schemes: Set<String> = ["http", "https", "mailto", "tel"]
  private static let cover = 0.5  // of the word's area: link boxes are often drawn a little short
  private static let most = 4000  // links: an index page has hundreds; a hostile one would cost words × links
  private static let bandHeight = 24.0  // points: two lines of text
  private static let tallest = 1000  // bands: the tallest page PDF allows has 600

  private static func bands(of box: BoundingBox) -> ClosedRange<Int> {
    let first = Int(max(0, min(box.top / bandHeight, Double(tallest))))
    let last = Int(max(0, min(box.bottom / bandHeight, Double(tallest))))
    return first...max(first, last)
  }
}
