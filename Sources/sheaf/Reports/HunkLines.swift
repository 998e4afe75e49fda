/// A hunk's lines cut to the width of a screen, around what differs: a paragraph of Markdown is one line.
struct HunkLines {
  let lines: [String]

  /// - Parameters:
  ///   - lines: each with its sign before it.
  ///   - mark: stands for what is cut off.
  init(_ lines: [String], mark: String) {
    let removed = lines.indices.filter { lines[$0].hasPrefix("-") }
    let added = lines.indices.filter { lines[$0].hasPrefix("+") }
    var starts: [Int: Int] = [:]
    // The lines that went and those that came belong to each other in their order.
    for (i, j) in zip(removed, added) {
      let common = zip(lines[i].dropFirst(), lines[j].dropFirst()).prefix { $0 == $1 }.count
      (starts[i], starts[j]) = (common, common)
    }
    self.lines = lines.indices.map { Self.cut(lines[$0], around: starts[$0] ?? 0, mark: mark) }
  }

  private static let widest = 100  // characters
  private static let before = 30  // characters told before the first that differs

  private static func cut(_ line: String, around place: Int, mark: String) -> String {
    let text = line.dropFirst()
    guard text.count > widest else { return line }
    let start = max(0, min(place - before, text.count - widest))
    let end = min(start + widest, text.count)
    let inside = text.dropFirst(start).prefix(end - start)
    return String(line.prefix(1)) + (start > 0 ? mark : "") + inside + (end < text.count ? mark : "")
  }
}
