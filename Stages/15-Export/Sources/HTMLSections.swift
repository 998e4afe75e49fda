/// The sections that are open, by the levels of their headings.
struct HTMLSections {
  private var levels: [Int] = []

  /// Closes sections of this level and deeper ones.
  mutating func close(from level: Int) -> String {
    var ends = 0
    while let last = levels.last, last >= level {
      levels.removeLast()
      ends += 1
    }
    return [String](repeating: "</section>", count: ends).joined(separator: "\n") + (ends > 0 ? "\n" : "")
  }

  mutating func open(_ level: Int) -> String {
    levels.append(level)
    return "<section>"
  }
}
