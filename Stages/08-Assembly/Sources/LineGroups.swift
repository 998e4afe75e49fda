import DocumentModel

/// Parts the lines of an area that are more than one element.
enum LineGroups {
  /// Begins a new group at every line that `starts` says so.
  static func split(_ lines: [TextLine], starts: (TextLine) -> Bool) -> [[TextLine]] {
    var groups: [[TextLine]] = []
    for line in lines {
      if !groups.isEmpty, !starts(line) { groups[groups.count - 1].append(line) } else { groups.append([line]) }
    }
    return groups
  }

  /// Paragraphs: a new one where the white between two lines is more than theirs, or where `starts` says so.
  static func paragraphs(_ lines: [TextLine], starts: (TextLine) -> Bool = { _ in false }) -> [[TextLine]] {
    var before: TextLine?
    return split(lines) { line in
      defer { before = line }
      guard let last = before else {
        before = line
        return false
      }
      return starts(line) || !follows(line, last)
    }
  }

  /// Puts pieces of one printed line together where they follow each other.
  static func printed(_ lines: [TextLine]) -> [TextLine] {
    var rows: [TextLine] = []
    for line in lines {
      guard let last = rows.last, line.turn == last.turn, line.direction == last.direction,
        line.box.left > last.box.left, abs(line.baseline - last.baseline) <= sameLine * max(line.size, last.size)
      else {
        rows.append(line)
        continue
      }
      rows[rows.count - 1].words += line.words
    }
    return rows
  }

  private static func follows(_ line: TextLine, _ last: TextLine) -> Bool {
    guard line.turn == last.turn else { return false }
    let size = max(line.size, last.size, 1)
    guard abs(line.size - last.size) <= sizeStep * size else { return false }
    let step = line.baseline - last.baseline
    return step > -sameLine * size && step <= farthest * size
  }

  private static let sizeStep = 0.15  // of the size: another size is another paragraph
  private static let sameLine = 0.3  // of the size: parts of one line may differ by a little
  private static let farthest = 1.8  // of the size from baseline to baseline: running text is set at 1.1–1.5
}
