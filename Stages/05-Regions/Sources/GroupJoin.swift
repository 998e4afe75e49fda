import DocumentModel

/// Joins neighbours that are one region: the lines of a listing, the parts of a formula, "Chapter 1" and its title.
enum GroupJoin {
  private static let nearCode = 3.2  // em between baselines: a blank line or two within a listing
  private static let blankLine = 2.1  // of the distance of lines
  private static let nearTitle = 5.0  // em between baselines: the white that chapters begin with
  private static let nearFormula = 2.6  // em between baselines: fractions and limits

  static func joined(
    _ found: [(group: TextGroup, kind: RegionKind, confidence: Score)]
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
    return joined
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
    case .heading: HeadingRule.isPartAlone(last.words) ? nearTitle : nil
    default: nil
    }
  }
}
