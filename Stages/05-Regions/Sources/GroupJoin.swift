import DocumentModel

/// Joins neighbours that are one region: the lines of a listing, the parts of a formula, "Chapter 1" and its title.
enum GroupJoin {
  private static let nearCode = 3.2  // em between baselines: a blank line or two within a listing
  private static let blankLine = 2.1  // of the distance of lines
  private static let nearTitle = 5.0  // em between baselines: the white that chapters begin with
  private static let nearFormula = 2.6  // em between baselines: fractions and limits

  /// - Parameter bodySize: of running text, in points; 0 where it is unknown.
  static func joined(
    _ found: [(group: TextGroup, kind: RegionKind, confidence: Score)], bodySize: Double = 0
  ) -> [(group: TextGroup, kind: RegionKind, confidence: Score)] {
    var joined: [(group: TextGroup, kind: RegionKind, confidence: Score)] = []
    for next in absorbed(found) {
      if let last = joined.last, last.kind == next.kind, last.group.column == next.group.column,
        let limit = limit(next.kind, after: last.group, before: next.group), let gap = next.group.gapAbove, gap <= limit
      {
        joined[joined.count - 1].group.rows += next.group.rows
        joined[joined.count - 1].group.gapBelow = next.group.gapBelow
      } else {
        joined.append(next)
      }
    }
    return headlines(joined, bodySize)
  }

  private static let display = 1.3  // of the body size
  private static let headlineLeading = 1.4  // of its size: more than that parts two headlines
  private static let headlineSize = 0.08  // of its size: recognised sizes waver by as much
  private static let headlineEdge = 0.4  // em

  /// Joins the rows of a headline that layout parted. Over several columns, where the last row is short, the gap below it
  /// reaches up beside it, and the row is taken for the head of the column that it stands over; on scans heights waver.
  private static func headlines(
    _ found: [(group: TextGroup, kind: RegionKind, confidence: Score)], _ bodySize: Double
  ) -> [(group: TextGroup, kind: RegionKind, confidence: Score)] {
    var joined: [(group: TextGroup, kind: RegionKind, confidence: Score)] = []
    for next in found {
      if let last = joined.last, last.kind == .heading, next.kind == .heading,
        wraps(last.group, next.group, bodySize)
      {
        joined[joined.count - 1].group.rows += next.group.rows
        joined[joined.count - 1].group.gapBelow = next.group.gapBelow
      } else {
        joined.append(next)
      }
    }
    return joined
  }

  private static func wraps(_ last: TextGroup, _ next: TextGroup, _ bodySize: Double) -> Bool {
    guard let above = last.rows.last, bodySize > 0, !last.isTurned, !next.isTurned, above.block != next.rows[0].block
    else {
      return false
    }
    let below = next.rows[0]
    let size = max(above.size, below.size)
    let step = below.baseline - above.baseline
    let isFlush = abs(above.lead - below.lead) <= headlineEdge * size
    let isCentred = abs(above.box.midX - below.box.midX) <= headlineEdge * size
    return size >= display * bodySize && abs(above.size - below.size) <= headlineSize * size
      && above.isBold == below.isBold && above.isItalic == below.isItalic && step > size / 2
      && step <= headlineLeading * size && (isFlush || isCentred && below.box.width < above.box.width)
      && !HeadingRule.isNumbered(next.words)
  }

  private static let mostFragment = 14  // letters: a numerator, limits, an equation's number

  /// Makes the scraps of a formula formula: little text that touches or continues one.
  private static func absorbed(
    _ found: [(group: TextGroup, kind: RegionKind, confidence: Score)]
  ) -> [(group: TextGroup, kind: RegionKind, confidence: Score)] {
    var found = found
    for index in found.indices where found[index].kind == .paragraph || found[index].kind == .listItem {
      let group = found[index].group
      guard group.letters <= mostFragment, group.rows.count == 1,
        !group.words.contains(where: { $0.count >= 4 && $0.allSatisfy(\.isLetter) })
      else { continue }
      let near = [index - 1, index + 1].contains { place in
        guard found.indices.contains(place), found[place].kind == .formula, found[place].group.column == group.column
        else { return false }
        let other = found[place].group.box
        return other.insetBy(-0.3 * group.size).intersects(group.box)
          || other.verticalOverlap(group.box) > 0.4 * min(other.height, group.box.height)
      }
      if near { (found[index].kind, found[index].confidence) = (.formula, .formulaType) }
    }
    return found
  }

  /// How far the lines of two parts of a listing are apart, in ems: a listing set loosely has blank lines as loose.
  private static func pitch(_ last: TextGroup, _ next: TextGroup) -> Double? {
    let steps = [last, next].flatMap { group in
      zip(group.rows, group.rows.dropFirst()).map { ($1.baseline - $0.baseline) / max($0.size, $1.size, 1) }
    }
    return steps.filter { $0 > 0 }.min()
  }

  private static func limit(_ kind: RegionKind, after last: TextGroup, before next: TextGroup) -> Double? {
    switch kind {
    case .code: max(nearCode, blankLine * (pitch(last, next) ?? 0))
    case .formula: nearFormula
    case .heading:
      HeadingRule.isPartAlone(last.words) || HeadingRule.isPartName(last.words, before: next.words) ? nearTitle : nil
    default: nil
    }
  }
}
