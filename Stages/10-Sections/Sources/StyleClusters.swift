import Contracts

/// Groups headings that are set alike and ranks the groups from the loudest to the quietest.
struct StyleClusters {
  /// How a heading is set.
  private struct Style: Hashable, Comparable {
    /// In half points.
    let size: Int
    let capitals: Bool
    let bold: Bool
    let italic: Bool

    init(_ typography: Typography) {
      size = Int(max(0, min(typography.size * 2, 4000)).rounded())
      capitals = typography.capitals
      bold = typography.bold
      italic = typography.italic
    }

    /// Larger, then capitals, then bold, then upright.
    static func < (a: Style, b: Style) -> Bool {
      if abs(a.size - b.size) > 1 || a.size != b.size { return a.size > b.size }
      if a.capitals != b.capitals { return a.capitals }
      if a.bold != b.bold { return a.bold }
      return !a.italic && b.italic
    }
  }

  private let styles: [Style]
  private var levels: [Style: Int] = [:]

  /// - Parameter known: levels that stronger evidence gave.
  init(_ candidates: [HeadingCandidate], known: [Int?]) {
    styles = candidates.map { Style($0.typography) }
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

  func level(_ index: Int) -> Int { levels[styles[index]] ?? 1 }
}
