import DocumentModel

/// A line before its words get their reading order and its box goes back to the page.
struct DraftLine {
  /// Indices into the placed words, left to right.
  let words: [Int]
  /// In the reading frame.
  let box: BoundingBox
  let baseline: Double
  let size: Double
}

/// Parts rows into lines where a wide gap or a drawn line stands between words.
enum LineBuilder {
  private static let widestGap = 1.8  // em: wider white is a gap between cells, not a word space
  private static let widestCodeGap = 8.0  // em: code is aligned with runs of spaces

  static func lines(of row: Row, placed: [PlacedWord], rules: RuleIndex) -> [DraftLine] {
    var lines: [DraftLine] = []
    var current: [Segment] = []
    var reach = -Double.infinity
    for segment in row.segments {
      if let last = current.last, parts(last, segment, reach, in: row, rules) {
        lines.append(line(current, placed))
        current = []
      }
      current.append(segment)
      reach = max(reach, segment.box.right)
    }
    if !current.isEmpty { lines.append(line(current, placed)) }
    return lines
  }

  private static func parts(_ a: Segment, _ b: Segment, _ reach: Double, in row: Row, _ rules: RuleIndex)
    -> Bool
  {
    guard b.box.left > reach else { return false }
    let limit = a.monospaced && b.monospaced ? widestCodeGap : widestGap
    if b.box.left - reach > limit * max(min(a.size, b.size), row.size * 0.7) { return true }
    return rules.hasVertical(between: reach, and: b.box.left, atY: row.baseline - 0.3 * row.size)
  }

  private static func line(_ segments: [Segment], _ placed: [PlacedWord]) -> DraftLine {
    // A script over a comma stands inside its neighbour's segment.
    let words = segments.flatMap(\.words).sorted { (placed[$0].box.left, $0) < (placed[$1].box.left, $1) }
    let whole = Segment(words: words, of: placed)
    return DraftLine(words: whole.words, box: whole.box, baseline: whole.baseline, size: whole.size)
  }
}
