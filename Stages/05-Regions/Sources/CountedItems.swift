import DocumentModel

/// Brief numbered lines in the text's own type that follow each other with nothing between them but inner lists: steps of a list, where
/// headings would have text below them.
enum CountedItems {
  private static let larger = 1.08  // of the body size: headings are
  private static let sameMargin = 0.5  // em

  /// Makes such headings list items.
  static func check(_ found: inout [(group: TextGroup, kind: RegionKind, confidence: Score)], body: BodyFacts) {
    let numbers = found.map { number($0.group, $0.kind, body) }
    let items = found.indices.filter { index in
      found[index].kind == .heading
        && [-1, 1].contains { step in
          let own = numbers[index]
          guard let own, let other = neighbour(of: index, step, found), numbers[other] == own + step else {
            return false
          }
          let (group, near) = (found[index].group, found[other].group)
          return near.column == group.column
            && abs(near.rows[0].lead - group.rows[0].lead) <= sameMargin * group.size
        }
    }
    for index in items { (found[index].kind, found[index].confidence) = (.listItem, .listMarker) }
  }

  private static let mostInner = 60  // items of inner lists between two of a list

  /// What stands next, past the items of inner lists.
  private static func neighbour(
    of index: Int, _ step: Int, _ found: [(group: TextGroup, kind: RegionKind, confidence: Score)]
  ) -> Int? {
    let group = found[index].group
    var other = index + step
    while found.indices.contains(other), abs(other - index) <= mostInner {
      let near = found[other]
      guard near.kind == .listItem, near.group.rows[0].lead > group.rows[0].lead + sameMargin * group.size else {
        return other
      }
      other += step
    }
    return nil
  }

  /// What a group counts that may be an item: `3.` or `3)` before words set as the text is.
  private static func number(_ group: TextGroup, _ kind: RegionKind, _ body: BodyFacts) -> Int? {
    guard kind == .heading || kind == .listItem, group.size < larger * body.size, !group.rows[0].startsBold,
      !group.isItalic, !group.isCapitals, let first = group.words.first,
      case .number(let value, let style)? = ListMarkerText(first: first, isOnlyWord: group.words.count == 1),
      style == .dot || style == .parenthesis
    else { return nil }
    return value
  }
}
