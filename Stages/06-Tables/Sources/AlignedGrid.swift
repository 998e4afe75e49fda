import DocumentModel

/// Builds a grid from an area's words by alignment, with rules as help where there are any.
struct AlignedGrid {
  let area: BoundingBox
  let rows: [TextRow]
  let columns: TextColumns
  /// Horizontal rules within the area.
  let rules: [RuleEdge]
  /// Whether rules within the area part its columns.
  let hasDividers: Bool
  let isNumeric: [Bool]
  let headerCount: Int
  /// The rows at the end that only sum up.
  private let totals: Range<Int>

  /// - Parameter wordGap: ems.
  /// - Parameter dividers: x of rules that run through the area.
  init(words: [TableWord], area: BoundingBox, rules: [RuleEdge], dividers: [Double] = [], wordGap: Double) {
    self.area = area
    hasDividers = dividers.contains { $0 > area.left + Self.edge && $0 < area.right - Self.edge }
    self.rules = rules.sorted { ($0.position, $0.start) < ($1.position, $1.start) }
    let rows = TextRow.rows(of: words, wordGap: wordGap)
    let breaks = CommonEdges.breaks(rows) + CommonEdges.codes(rows, wordGap: wordGap)
    self.rows = breaks.isEmpty ? rows : rows.map { TextRow($0.words, wordGap: wordGap, breaks: breaks) }
    let totals = Self.totals(at: self.rows, area: area)
    let items = Array(self.rows[..<totals.lowerBound])
    columns = TextColumns(rows: items, box: area, dividers: dividers)
    isNumeric = Self.numericColumns(items, columns)
    self.totals = totals
    let count = Self.headerCount(self.rows, columns, rules: self.rules, isNumeric: isNumeric, area: area)
    headerCount = Self.namesRows(count, of: self.rows, columns, rules: self.rules) ? 1 : count
  }

  private static let edge = 4.0  // points: a frame's own sides

  // MARK: Kinds of columns

  private static let numericShare = 0.5  // of a column's phrases: headings and notes are text

  private static func numericColumns(_ rows: [TextRow], _ columns: TextColumns) -> [Bool] {
    var numbers = [Int](repeating: 0, count: columns.count)
    var all = numbers
    for row in rows {
      for phrase in row.phrases {
        let column = columns.column(of: phrase.box.midX)
        all[column] += 1
        if phrase.isNumeric { numbers[column] += 1 }
      }
    }
    return all.indices.map { all[$0] > 0 && Double(numbers[$0]) >= numericShare * Double(all[$0]) }
  }

  // MARK: Totals

  private static let mostTotals = 6  // rows: net, taxes by rate, shipping, total
  private static let leastItems = 3  // rows above them: a header and two items
  private static let totalsIndent = 0.25  // of the area's width: a sum's name stands before it, not under the labels

  /// Rows at the end that hold a sum and, right before it, what it is the sum of: the name keeps to no column, so it must
  /// not say where columns are.
  private static func totals(at rows: [TextRow], area: BoundingBox) -> Range<Int> {
    var first = rows.count
    while first > leastItems, rows.count - first < mostTotals, isTotal(rows[first - 1], area: area) { first -= 1 }
    return first..<rows.count
  }

  private static func isTotal(_ row: TextRow, area: BoundingBox) -> Bool {
    guard row.phrases.count == 2, row.phrases[1].isNumeric, !row.phrases[0].isNumeric else { return false }
    return row.phrases[0].box.left - area.left >= totalsIndent * area.width
      && row.phrases[1].box.midX - area.left >= (1 - totalsIndent) * area.width
  }

  // MARK: Grid

  /// - Parameter ground: looked at where lines may be rows or parts of one; nil without a raster.
  /// - Returns: nil where there are fewer than two columns or rows, or more than the limits allow.
  func grid(strategy: TableStrategy, ground: GroundEdges? = nil) throws -> GridDraft? {
    guard columns.count > 1, rows.count > 1 else { return nil }
    let header = HeaderBlock(rows: Array(rows[..<headerCount]), columns: columns, rules: rules)
    let body = Array(rows[headerCount...])
    var bodyRows = BodyRows(columns: columns, isNumeric: isNumeric, rowRules: rulesAcross())
    if let ground, bodyRows.areInDoubt(body) {
      bodyRows.groundEdges = try ground.positions(between: body, in: area)
    }
    let bands = bodyRows.groups(body)
      .map { ($0.lowerBound + headerCount)..<($0.upperBound + headerCount) }
    let all = header.levels + bands
    guard all.count <= GridDraft.rowLimit, all.count > 1 else { return nil }

    let count = columns.count
    var groups = Array(0..<(all.count * count))
    for label in header.labels { Self.span(&groups, rows: label.levels, columns: label.columns, width: count) }
    var placed: [(words: [TableWord], row: Int, column: Int)] = header.labels.map {
      ($0.words, $0.levels.lowerBound, $0.columns.lowerBound)
    }
    for (index, band) in bands.enumerated() {
      let row = header.levels.count + index
      for part in totals.contains(band.lowerBound) ? totalParts(rows[band]) : bodyParts(Array(rows[band])) {
        Self.span(&groups, rows: row...row, columns: part.columns, width: count)
        placed.append((part.words, row, part.columns.lowerBound))
      }
    }
    guard var draft = GridDraft(rowEdges: rowEdges(all), columnEdges: columns.edges, groups: groups, strategy: strategy)
    else {
      return nil
    }
    for part in placed { draft.cells[draft.cellIndex(row: part.row, column: part.column)].words += part.words }
    draft.headerRows = header.levels.count
    return draft
  }

  private static let samePlace = 1.5  // points: pieces of one rule, which letters that touch it break

  /// y of the rules that cross most of the area, in one piece or in several.
  private func rulesAcross() -> [Double] {
    var found: [(position: Double, length: Double)] = []
    for rule in rules {
      if let last = found.last, rule.position - last.position <= Self.samePlace {
        found[found.count - 1].length += rule.length
      } else {
        found.append((rule.position, rule.length))
      }
    }
    return found.filter { $0.length >= Self.wideRule * area.width }.map(\.position)
  }

  private static func span(_ groups: inout [Int], rows: ClosedRange<Int>, columns: ClosedRange<Int>, width: Int) {
    let group = groups[rows.lowerBound * width + columns.lowerBound]
    for row in rows { for column in columns { groups[row * width + column] = group } }
  }

  private func rowEdges(_ bands: [Range<Int>]) -> [Double] {
    var edges = [area.top]
    for (upper, lower) in zip(bands, bands.dropFirst()) {
      let bottom = rows[upper].map(\.box.bottom).max() ?? area.top
      let top = rows[lower].map(\.box.top).min() ?? bottom
      edges.append(max(edges[edges.count - 1], (bottom + top) / 2))
    }
    return edges + [max(area.bottom, edges[edges.count - 1])]
  }

  /// A sum in its column, and its name over the columns that it stands under.
  private func totalParts(_ lines: ArraySlice<TextRow>) -> [(words: [TableWord], columns: ClosedRange<Int>)] {
    let names = lines.compactMap(\.phrases.first), sums = lines.compactMap(\.phrases.last)
    guard let name = names.map(\.box).union(), let sum = sums.map(\.box).union(),
      case let place = columns.column(of: sum.midX), place > 0
    else { return bodyParts(Array(lines)) }
    let span = columns.columns(of: name)
    return [
      (names.flatMap(\.words), min(span.lowerBound, place - 1)...min(span.upperBound, place - 1)),
      (sums.flatMap(\.words), place...place),
    ]
  }

  /// A body row's words by column; a heading in the middle of the value columns spans them.
  private func bodyParts(_ lines: [TextRow]) -> [(words: [TableWord], columns: ClosedRange<Int>)] {
    if lines.count == 1, lines[0].phrases.count == 1, columns.count > 2 {
      let phrase = lines[0].phrases[0]
      let span = columns.columns(of: phrase.box)
      if span.lowerBound > 0 {
        let low = columns.extents[1].lowerBound
        let high = columns.extents[columns.count - 1].upperBound
        let isCentred = abs(phrase.box.midX - (low + high) / 2) <= 0.06 * (high - low)
        if isCentred { return [(Array(phrase.words), 1...(columns.count - 1))] }
      }
    }
    var parts: [[TableWord]] = Array(repeating: [], count: columns.count)
    for line in lines {
      for phrase in line.phrases {
        let span = columns.columns(of: phrase.box)
        if let number = phrase.words.last, phrase.words.count == 2, phrase.words.first?.value == .sign,
          number.value == .number
        {
          // A currency set apart at its column's left may stand left of where the numbers of most rows begin.
          parts[columns.column(of: number.box.midX)] += phrase.words
        } else if span.count > 1, lines.count == 1 || line.phrases.count == 1,
          startsFlush(phrase, in: span.lowerBound)
        {
          parts[span.lowerBound] += phrase.words
        } else if span.count > 1 {
          for word in phrase.words { parts[columns.column(of: word.box.midX)].append(word) }
        } else {
          parts[span.lowerBound] += phrase.words
        }
      }
    }
    return parts.indices.filter { !parts[$0].isEmpty }.map { (parts[$0], $0...$0) }
  }

  /// Text that runs over from a column where it begins as the others do.
  private func startsFlush(_ phrase: TextRow.Phrase, in column: Int) -> Bool {
    column == 0 || abs(phrase.box.left - columns.extents[column].lowerBound) <= max(2, phrase.words.first?.size ?? 0)
  }
}
