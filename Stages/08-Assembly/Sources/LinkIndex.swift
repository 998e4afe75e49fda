import Contracts
import DocumentModel

/// Finds the link that a word stands in; only targets that a reader may safely follow.
struct LinkIndex {
  private let links: [PageLink]
  /// Indices into `links` by horizontal band of the page.
  private var bands: [Int: [Int]] = [:]

  init(_ all: [PageLink]) {
    links = all.lazy.filter { Self.isSafe($0.target) && !$0.box.isEmpty }.prefix(Self.most).map { $0 }
    for (index, link) in links.enumerated() {
      for band in Self.bands(of: link.box) { bands[band, default: []].append(index) }
    }
  }

  /// The target of the link that covers most of a word, where one covers half of it.
  func target(of box: BoundingBox) -> String? {
    guard !links.isEmpty else { return nil }
    var best: (cover: Double, index: Int)?
    for band in Self.bands(of: box) {
      for index in bands[band] ?? [] {
        let cover = box.coverage(by: links[index].box)
        if cover >= Self.cover, best.map({ cover > $0.cover }) ?? true { best = (cover, index) }
      }
    }
    return best.map { links[$0.index].target }
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
