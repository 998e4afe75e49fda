import DocumentModel
import Leptonica
import Tesseract

/// Where letters stand that no word covers: side by side in a row, as one group each.
struct LoneGroups {
  /// A group that may be text.
  struct Group {
    /// Pixels of the straightened page.
    let rect: PixelRect
    /// The nearest word of its row.
    var beside: Reading.Found?
    /// Whether that is no further off than the sign of an item from its text.
    var isClose = false
  }

  private static let apart = 1.0  // of the letters' height, along the line: points between figures are less
  private static let heights = 0.8...2.4  // of the letters' height: capitals and figures have 1.4
  private static let overlap = 0.5  // of the lower of two: what stands in one row
  private static let alike = 0.45...2.2  // of a group's height: words of its row
  private static let certain = 0.7  // confidence of words that make a row
  private static let widest = 30.0  // of the letters' height: what is longer is no lone letter
  private static let surroundings = 1.5  // of the letters' height, around a group that stands in no row of words
  private static let touching = 0.4  // of the letters' height, from a word: words are half apart
  private static let close = 3.0  // likewise: the sign of an item stands no further from its text

  private let letterHeight: Double
  private let rows: [(found: Reading.Found, rect: PixelRect)]

  /// - Parameters:
  ///   - words: of the page, whose rows the groups may stand in.
  ///   - mapping: to pixels of the straightened page.
  init(words: [Reading.Found], mapping: PixelMapping, letterHeight: Double) {
    self.letterHeight = letterHeight
    rows = words.filter { $0.word.turn == .none && $0.word.confidence.value >= Self.certain }
      .map { (found: $0, rect: mapping.rect($0.box)) }
  }

  /// The groups that stand in a row with words, or with nothing around them; from left to right.
  func groups(of parts: [PixelRect]) -> [Group] {
    let all = joined(parts)
    return all.compactMap { rect in
      let row = rows.filter { isLevel($0.rect, rect) }
      guard let beside = row.min(by: { Self.distance($0.rect, rect) < Self.distance($1.rect, rect) }) else {
        return all.contains { $0 != rect && isNear($0, rect) } ? nil : Group(rect: rect)
      }
      let gap = Double(Self.distance(beside.rect, rect)) / letterHeight
      // What touches a word is a letter of it that its box leaves out.
      return gap < Self.touching ? nil : Group(rect: rect, beside: beside.found, isClose: gap < Self.close)
    }
  }

  private func joined(_ parts: [PixelRect]) -> [PixelRect] {
    let reach = Int(Self.apart * letterHeight)
    var groups: [PixelRect] = []
    for part in parts.sorted(by: { ($0.left, $0.top) < ($1.left, $1.top) }) {
      let place = groups.lastIndex { group in
        part.left - group.right <= reach && Self.sharedHeight(part, group) > Self.overlap
      }
      if let place { groups[place] = groups[place].union(part) } else { groups.append(part) }
    }
    return groups.filter { group in
      Self.heights.contains(Double(group.height) / letterHeight) && Double(group.width) <= Self.widest * letterHeight
    }
  }

  /// Of the lower one's height.
  private static func sharedHeight(_ one: PixelRect, _ other: PixelRect) -> Double {
    Double(min(one.bottom, other.bottom) - max(one.top, other.top)) / Double(max(min(one.height, other.height), 1))
  }

  private func isLevel(_ word: PixelRect, _ group: PixelRect) -> Bool {
    Self.sharedHeight(word, group) > Self.overlap
      && Self.alike.contains(Double(word.height) / Double(max(group.height, 1)))
  }

  private static func distance(_ word: PixelRect, _ group: PixelRect) -> Int {
    max(word.left - group.right, group.left - word.right)
  }

  private func isNear(_ other: PixelRect, _ group: PixelRect) -> Bool {
    let reach = Int(Self.surroundings * letterHeight)
    return other.left < group.right + reach && group.left < other.right + reach && other.top < group.bottom + reach
      && group.top < other.bottom + reach
  }
}
