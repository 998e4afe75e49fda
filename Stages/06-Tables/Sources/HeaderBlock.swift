import DocumentModel

/// The rows at the top of an aligned table that name its columns, arranged in levels.
struct HeaderBlock {
  /// A piece of header text over one or more columns.
  struct Label {
    var words: [TableWord]
    var columns: ClosedRange<Int>
    /// First and last level that it stands in.
    var levels: ClosedRange<Int>
  }

  private(set) var labels: [Label] = []
  /// Printed rows of each level.
  let levels: [Range<Int>]

  /// - Parameter rows: the header's printed rows only.
  /// - Parameter rules: horizontal rules within the header.
  init(rows: [TextRow], columns: TextColumns, rules: [RuleEdge]) {
    levels = Self.levels(rows, columns: columns, rules: rules)
    for (level, range) in levels.enumerated() {
      let isLast = level + 1 == levels.count
      add(
        level, rows: Array(rows[range]), below: isLast ? [] : Array(rows[levels[level + 1]]), columns: columns,
        rules: rules)
    }
    growDownwards()
  }

  // MARK: Levels

  /// A level ends where a rule stands under part of it, or where a heading over several columns has those columns'
  /// names below.
  private static func levels(_ rows: [TextRow], columns: TextColumns, rules: [RuleEdge]) -> [Range<Int>] {
    var levels: [Range<Int>] = []
    for index in rows.indices {
      if index > 0, let last = levels.last, !ends(rows[index - 1], rows[index], columns, rules) {
        levels[levels.count - 1] = last.lowerBound..<(index + 1)
      } else {
        levels.append(index..<(index + 1))
      }
    }
    return levels
  }

  private static func ends(_ upper: TextRow, _ lower: TextRow, _ columns: TextColumns, _ rules: [RuleEdge]) -> Bool {
    let isRuled = rules.contains { rule in
      rule.position > upper.box.midY && rule.position < lower.box.midY
        && upper.phrases.contains { $0.box.left < rule.end && rule.start < $0.box.right }
    }
    if isRuled || stands(upper, over: lower, columns) { return true }
    return upper.phrases.contains { phrase in
      let pieces = Self.pieces(of: phrase, columns, isHeading: true)
      guard pieces.count == 1, let piece = pieces.first, piece.columns.count > 1 else { return false }
      let below = lower.phrases.filter { $0.box.midX > phrase.box.left - 20 && $0.box.midX < phrase.box.right + 20 }
      return below.count > 1
    }
  }

  private static let aligned = 0.25  // em: lines of one name begin, end or have their middles at one place

  /// Whether each phrase of a row is a heading of names below: in the middle of two columns and more, which no other has,
  /// and in line with none of their names. The lines of one name stand under each other.
  private static func stands(_ upper: TextRow, over lower: TextRow, _ columns: TextColumns) -> Bool {
    guard lower.phrases.count >= 2 * upper.phrases.count else { return false }
    let named = Set(lower.phrases.map { columns.column(of: $0.box.midX) })
    var next = 1
    for heading in upper.phrases.map(\.box) {
      let slack = aligned * max(upper.size, 1)
      let isInLine = lower.phrases.contains { name in
        [heading.left - name.box.left, heading.right - name.box.right, heading.midX - name.box.midX]
          .contains { abs($0) <= slack }
      }
      guard !isInLine, next < columns.count else { return false }
      var best: (last: Int, error: Double)?
      for first in next..<columns.count where named.contains(first) {
        for last in (first + 1)..<max(columns.count, first + 1) {
          guard named.contains(last) else { break }
          let (low, high) = (columns.extents[first].lowerBound, columns.extents[last].upperBound)
          guard low < heading.midX, heading.midX < high else { continue }
          let error = abs(heading.midX - (low + high) / 2) / max(high - low, 1)
          if error < best?.error ?? offCentre { best = (last, error) }
        }
      }
      guard let best else { return false }
      next = best.last + 1
    }
    return next > 1
  }

  // MARK: Labels

  private static let looseJoint = 1.3  // of the widest space within a piece: a wider one parts two columns' names
  private static let wideJoint = 0.45  // ems: wider than a space

  /// A phrase taken apart at the corridors where its spaces there are wide, or where each part sits over its column.
  private static func pieces(of phrase: TextRow.Phrase, _ columns: TextColumns, isHeading: Bool) -> [(
    words: [TableWord], columns: ClosedRange<Int>
  )] {
    var parts: [(words: [TableWord], columns: ClosedRange<Int>)] = []
    for word in phrase.words {
      let span = columns.columns(of: word.box)
      if let last = parts.last, last.columns.overlaps(span) {
        parts[parts.count - 1] = (
          last.words + [word], last.columns.lowerBound...max(last.columns.upperBound, span.upperBound)
        )
      } else {
        parts.append(([word], span))
      }
    }
    guard parts.count > 1 else { return parts }
    func gap(_ a: TableWord, _ b: TableWord) -> Double { b.box.left - a.box.right }
    let inner = parts.flatMap { part in zip(part.words, part.words.dropFirst()).map { gap($0, $1) } }
    let joints = zip(parts, parts.dropFirst()).compactMap { left, right in
      left.words.last.flatMap { last in right.words.first.map { gap(last, $0) } }
    }
    let em = phrase.words.map(\.size).max() ?? 10
    let least = inner.max().map { max($0 * looseJoint, 0.2 * em) } ?? wideJoint * em
    if joints.allSatisfy({ $0 >= least }) { return parts }
    if !isHeading, parts.allSatisfy({ sits($0.words, in: $0.columns, columns) }) { return parts }
    let range = parts[0].columns.lowerBound...parts[parts.count - 1].columns.upperBound
    if parts.count == range.count,
      parts.allSatisfy({ isOver($0.words, $0.columns.lowerBound, columns, isHeading ? headingOverShare : overShare) })
    {
      return parts
    }
    return [(Array(phrase.words), range)]
  }

  private static let overShare = 0.25  // of the column's width: how far from its middle its own name may stand

  private static let headingOverShare = 0.08  // the same where names stand below: two words may be one heading

  /// Whether words stand over the middle of a column; those of a heading over two columns lean towards each other.
  private static func isOver(_ words: [TableWord], _ column: Int, _ columns: TextColumns, _ overShare: Double) -> Bool {
    guard let box = words.map(\.box).union() else { return false }
    let extent = columns.extents[column]
    let low = columns.edges[column]
    let high = columns.edges[column + 1]
    let distance = abs(box.midX - (extent.lowerBound + extent.upperBound) / 2)
    return distance <= overShare * (high - low)
  }

  /// Whether words stand over their column as its values do: centred, flush left or flush right.
  private static func sits(_ words: [TableWord], in span: ClosedRange<Int>, _ columns: TextColumns) -> Bool {
    guard span.count == 1, let box = words.map(\.box).union() else { return false }
    let extent = columns.extents[span.lowerBound]
    let slack = 2.0  // points
    return abs(box.midX - (extent.lowerBound + extent.upperBound) / 2) <= slack
      || abs(box.left - extent.lowerBound) <= slack
      || abs(box.right - extent.upperBound) <= slack
  }

  private mutating func add(
    _ level: Int, rows: [TextRow], below: [TextRow], columns: TextColumns, rules: [RuleEdge]
  ) {
    var found: [Label] = []
    for row in rows {
      for phrase in row.phrases {
        for piece in Self.pieces(of: phrase, columns, isHeading: !below.isEmpty) {
          var span = piece.columns
          if !below.isEmpty, let box = piece.words.map(\.box).union(),
            let ruled = Self.span(
              ofRuleUnder: box, besides: row.phrases.map(\.box).filter { !$0.contains(box, tolerance: 0.1) },
              lowest: below[0].box.midY, columns, rules)
          {
            span = min(span.lowerBound, ruled.lowerBound)...max(span.upperBound, ruled.upperBound)
          }
          // Lines of one label, one under the other.
          if let same = found.firstIndex(where: { $0.columns.overlaps(span) }) {
            found[same].words += piece.words
            found[same].columns =
              min(
                found[same].columns.lowerBound, span.lowerBound)...max(found[same].columns.upperBound, span.upperBound)
          } else {
            found.append(Label(words: piece.words, columns: span, levels: level...level))
          }
        }
      }
    }
    found = Self.merged(found.sorted { $0.columns.lowerBound < $1.columns.lowerBound })
    if !below.isEmpty { Self.widen(&found, below: below, columns) }
    labels += found
  }

  /// Labels whose spans came to overlap are one.
  private static func merged(_ labels: [Label]) -> [Label] {
    var result: [Label] = []
    for label in labels {
      if let last = result.last, last.columns.overlaps(label.columns) {
        result[result.count - 1].words += label.words
        result[result.count - 1].columns =
          last.columns.lowerBound...max(last.columns.upperBound, label.columns.upperBound)
      } else {
        result.append(label)
      }
    }
    return result
  }

  /// The columns over which a rule right under the label runs.
  private static func span(
    ofRuleUnder box: BoundingBox, besides others: [BoundingBox], lowest: Double, _ columns: TextColumns,
    _ rules: [RuleEdge]
  ) -> ClosedRange<Int>? {
    let under = rules.filter {
      $0.position > box.midY && $0.position < lowest && $0.start < box.right && box.left < $0.end
    }
    guard let rule = under.min(by: { $0.position < $1.position }) else { return nil }
    // A rule that runs on under the next heading tells nothing of either.
    guard !others.contains(where: { $0.left < rule.end - 2 && rule.start + 2 < $0.right }) else { return nil }
    let covered = columns.extents.indices.filter { index in
      let extent = columns.extents[index]
      let middle = (extent.lowerBound + extent.upperBound) / 2
      return middle >= rule.start && middle <= rule.end
    }
    guard let first = covered.first, let last = covered.last else { return nil }
    return first...last
  }

  // MARK: Spans without rules

  private static let offCentre = 0.12  // of the span's width: how far from its middle a heading may stand

  /// Lets a heading reach over neighbouring columns that have no heading of their own, if it stands in their middle.
  private static func widen(_ labels: inout [Label], below: [TextRow], _ columns: TextColumns) {
    var named: Set<Int> = []
    for row in below { for phrase in row.phrases { named.formUnion(columns.columns(of: phrase.box)) } }
    for index in labels.indices {
      let label = labels[index]
      guard let box = label.words.map(\.box).union(), named.contains(label.columns.lowerBound) else { continue }
      let least = index > 0 ? labels[index - 1].columns.upperBound + 1 : min(1, label.columns.lowerBound)
      let most = index + 1 < labels.count ? labels[index + 1].columns.lowerBound - 1 : columns.count - 1
      var best: (range: ClosedRange<Int>, error: Double)?
      for first in stride(from: label.columns.lowerBound, through: least, by: -1) {
        for last in label.columns.upperBound...max(most, label.columns.upperBound) {
          guard last <= most || last == label.columns.upperBound else { continue }
          guard (first...last).allSatisfy({ named.contains($0) }) else { continue }
          let low = columns.extents[first].lowerBound
          let high = columns.extents[last].upperBound
          let error = abs(box.midX - (low + high) / 2) / max(high - low, 1)
          if error < (best?.error ?? .infinity) - 1e-9 { best = (first...last, error) }
        }
      }
      if let best, best.error <= offCentre, best.range.count > label.columns.count {
        labels[index].columns = best.range
      }
    }
  }

  // MARK: Labels over several levels

  /// A name without a heading above or a name below it takes all the levels that it could.
  private mutating func growDownwards() {
    labels.sort { ($0.levels.lowerBound, $0.columns.lowerBound) < ($1.levels.lowerBound, $1.columns.lowerBound) }
    var index = 0
    while index < labels.count {
      let label = labels[index]
      if label.columns.count == 1 {
        // A name continued on the next level, with nothing drawn over more than this column: one cell.
        while let next = labels.indices.first(where: {
          $0 > index && labels[$0].columns == label.columns
            && labels[$0].levels.lowerBound == labels[index].levels.upperBound + 1
        }) {
          labels[index].words += labels[next].words
          labels[index].levels = labels[index].levels.lowerBound...labels[next].levels.upperBound
          labels.remove(at: next)
        }
      }
      index += 1
    }
    for index in labels.indices {
      var levels = labels[index].levels
      func isFree(_ level: Int) -> Bool {
        !labels.indices.contains {
          $0 != index && labels[$0].levels.contains(level) && labels[$0].columns.overlaps(labels[index].columns)
        }
      }
      if labels[index].columns.count == 1 {
        while levels.lowerBound > 0, isFree(levels.lowerBound - 1) {
          levels = (levels.lowerBound - 1)...levels.upperBound
        }
      }
      while levels.upperBound + 1 < self.levels.count, isFree(levels.upperBound + 1) {
        levels = levels.lowerBound...(levels.upperBound + 1)
      }
      labels[index].levels = levels
    }
  }
}
