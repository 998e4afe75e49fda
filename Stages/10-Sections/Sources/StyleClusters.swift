import Contracts

/// Groups headings that are set alike and ranks the groups from the loudest to the quietest.
struct StyleClusters {
  /// How a heading is set.
  private struct Style: Hashable, Comparable {
    /// The size in points that stands for all sizes near it.
    let size: Double
    let capitals: Bool
    let bold: Bool
    let italic: Bool

    /// Larger, then capitals, then bold, then upright.
    static func < (a: Style, b: Style) -> Bool {
      if a.size != b.size { return a.size > b.size }
      if a.capitals != b.capitals { return a.capitals }
      if a.bold != b.bold { return a.bold }
      return !a.italic && b.italic
    }
  }

  private let styles: [Style]
  private var levels: [Style: Int] = [:]

  /// - Parameter known: levels that stronger evidence gave.
  init(_ candidates: [HeadingCandidate], known: [Int?]) {
    let sizes = Self.sizes(candidates.map(\.printedSize))
    styles = candidates.map { candidate in
      let setting = candidate.typography
      return Style(
        size: sizes[candidate.printedSize] ?? candidate.printedSize, capitals: setting.capitals, bold: setting.bold,
        italic: setting.italic)
    }
    var votes: [Style: [Int: Int]] = [:]
    for (index, style) in styles.enumerated() {
      if let level = known[index] { votes[style, default: [:]][level, default: 0] += 1 }
    }
    var before = 0
    for style in Set(styles).sorted() {
      let voted = votes[style]?.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
      let level = voted ?? before + 1
      levels[style] = level
      before = max(before, level)
    }
    // A style without votes that is louder than one with votes must not lie deeper than it.
    var least = Int.max
    for style in Set(styles).sorted().reversed() {
      guard let level = levels[style] else { continue }
      if votes[style] != nil { least = min(least, level) } else { levels[style] = min(level, least) }
    }
  }

  /// For each size the largest near it: recognised sizes waver, and so do scaled pages.
  private static func sizes(_ all: [Double]) -> [Double: Double] {
    var head = Double.infinity
    var result: [Double: Double] = [:]
    for size in Set(all).sorted(by: >) {
      if size < near * head { head = size }
      result[size] = head
    }
    return result
  }

  private static let near = 0.95  // of the larger size: typefaces are set in steps of 8 % or more

  func level(_ index: Int) -> Int { levels[styles[index]] ?? 1 }
}
