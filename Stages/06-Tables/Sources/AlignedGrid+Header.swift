import DocumentModel

/// Which rows of an area name its columns.
extension AlignedGrid {
  private static let mostHeaderRows = 12  // printed lines: beyond it a rule parts groups of rows, not the header
  private static let valueShare = 0.6  // of the columns of numbers that a row of values fills
  static let wideRule = 0.6  // of the table's width: a rule under the header, not under one heading

  /// How many printed rows name the columns.
  static func headerCount(
    _ rows: [TextRow], _ columns: TextColumns, rules: [RuleEdge], isNumeric: [Bool], area: BoundingBox
  ) -> Int {
    guard rows.count > 1 else { return 0 }
    let numericColumns = isNumeric.dropFirst().count { $0 }
    let values = rows.map { row in
      Set(
        row.phrases.lazy.filter { $0.isNumeric && $0.words.contains { $0.value == .number } }
          .map { columns.column(of: $0.box.midX) }.filter { $0 > 0 && isNumeric[$0] }
      ).count
    }
    let isMissingRow = rows.map { isOfMissing($0, columns, isNumeric) }
    let isValueRow = rows.indices.map { index in
      isMissingRow[index]
        || values[index] > 0 && Double(values[index]) >= valueShare * Double(numericColumns)
          && !looksLikeNames(rows[index], columns)
    }
    let firstValues = rows.indices.first { values[$0] > 0 || isMissingRow[$0] } ?? 0
    // The first rule across the whole table that has a row above it.
    for count in 1...min(mostHeaderRows, rows.count - 1) {
      let between = rules.filter { $0.position > rows[count - 1].box.midY && $0.position < rows[count].box.midY }
      guard covers(between, columns: columns, area: area) else { continue }
      let names = isValueRow[..<count].firstIndex(of: true) ?? count
      return isLabel(names - 1, of: rows) ? names - 1 : names
    }
    guard isNumeric.dropFirst().contains(true) else { return boldRows(rows) }
    var count = min(firstValues, mostHeaderRows)
    // Years over numbers name columns too.
    if count < mostHeaderRows, count + 1 < rows.count, values[count] > 0, looksLikeNames(rows[count], columns),
      let next = rows.indices[(count + 1)...].first(where: { values[$0] > 0 }), isValueRow[next],
      rows[(count + 1)..<next].allSatisfy({ $0.phrases.count == 1 && columns.columns(of: $0.box) == 0...0 })
    {
      count += 1
    }
    // A label that heads the first group of rows belongs to the body.
    while count > 1, rows[count - 1].phrases.count == 1, columns.columns(of: rows[count - 1].box) == 0...0,
      rows[..<(count - 1)].contains(where: { $0.phrases.count > 1 }),
      rows[count - 1].box.left <= (rows.map(\.box.left).min() ?? 0) + 2
    { count -= 1 }
    return count
  }

  private static let leastSteps = 2  // between rows that a rule parts
  private static let sameStep = 0.93  // of the usual one

  /// Whether what stands above the first rule are rows as those below, of which the first names the columns: each fills
  /// them all, as far from the next as rows are that a rule parts. Pale rules are seen in some places only.
  static func namesRows(_ count: Int, of rows: [TextRow], _ columns: TextColumns, rules: [RuleEdge]) -> Bool {
    guard count > 1, count < rows.count else { return false }
    let steps = zip(rows, rows.dropFirst()).map { (upper, lower) in
      (
        height: lower.box.midY - upper.box.midY,
        isRuled: rules.contains { $0.position > upper.box.midY && $0.position < lower.box.midY }
      )
    }
    let ruled = steps[count...].filter(\.isRuled).map(\.height)
    guard ruled.count >= leastSteps, let usual = ruled.median else { return false }
    return rows[..<count].allSatisfy { $0.phrases.count == columns.count }
      && steps[..<(count - 1)].allSatisfy { $0.height >= sameStep * usual }
  }

  /// Whether nothing but dashes and the like stands beside the name of a row.
  private static func isOfMissing(_ row: TextRow, _ columns: TextColumns, _ isNumeric: [Bool]) -> Bool {
    row.phrases.count > 1 && columns.column(of: row.phrases[0].box.midX) == 0 && !row.phrases[0].isNumeric
      && row.phrases.dropFirst().allSatisfy { phrase in
        let column = columns.column(of: phrase.box.midX)
        return column > 0 && isNumeric[column] && phrase.words.allSatisfy(\.isMissing)
      }
  }

  private static let labelStep = 1.45  // ems from the names to a label below: the second line of a name is closer

  /// Whether a row above the first rule is the label of the first group of rows, where rules part all rows.
  private static func isLabel(_ index: Int, of rows: [TextRow]) -> Bool {
    guard index > 0, rows[index].phrases.count == 1, rows[index - 1].phrases.count > 2,
      rows[index].box.left <= (rows.map(\.box.left).min() ?? 0) + 2
    else { return false }
    return rows[index].box.midY - rows[index - 1].box.midY >= labelStep * max(rows[index].size, 1)
  }

  private static let proseWords = 9  // in a line, and three or more to each phrase: running text
  private static let prosePhrase = 3
  private static let prosePhrases = 3  // what stretched spaces part a line into; names of four columns are more
  private static let headerGap = 1.6  // ems of white: more than there is between the lines of a header
  private static let deepHeader = 5  // printed lines: few headers have more, and then they stand close
  private static let deepHeaderGap = 0.8  // ems of white in such

  /// Where the table begins if what stands above it in the area, apart from it, is of the page.
  ///
  /// - Parameter isCut: whether something was cut off above already: what comes next may be the text that leads to the table.
  func topOfTable(isCut: Bool) -> Double? {
    func top(of row: Int) -> Double? {
      row > 0 && row < rows.count ? (rows[row - 1].box.bottom + rows[row].box.top) / 2 : nil
    }
    if isCut, let top = top(of: rows.prefix(while: isProse).count) { return top }
    let gap = headerCount > Self.deepHeader ? Self.deepHeaderGap : Self.headerGap
    guard headerCount > 1,
      let first = (1..<headerCount).last(where: { index in
        rows[index].box.top - rows[index - 1].box.bottom > gap * max(rows[index].size, 1)
      })
    else { return nil }
    return top(of: (first..<headerCount).last { isProse(rows[$0]) }.map { $0 + 1 } ?? first)
  }

  private func isProse(_ row: TextRow) -> Bool {
    row.words.count >= max(Self.proseWords, Self.prosePhrase * row.phrases.count)
      && row.phrases.count <= Self.prosePhrases
  }

  private static func covers(_ rules: [RuleEdge], columns: TextColumns, area: BoundingBox) -> Bool {
    let length = rules.reduce(0) { $0 + min($1.end, area.right) - max($1.start, area.left) }
    guard
      length >= wideRule * (columns.extents.last.map { $0.upperBound - columns.extents[0].lowerBound } ?? area.width)
    else {
      return false
    }
    let first = columns.extents[0]
    let isOverFirst = rules.contains {
      $0.start <= max(first.lowerBound + 6, (first.lowerBound + first.upperBound) / 2)
    }
    let isOverLast =
      columns.extents.last.map { last in rules.contains { $0.end >= (last.lowerBound + last.upperBound) / 2 } } ?? true
    return isOverFirst && isOverLast
  }

  /// Text, or years and small counting numbers: what stands over columns.
  private static func looksLikeNames(_ row: TextRow, _ columns: TextColumns) -> Bool {
    row.phrases.allSatisfy { phrase in
      if columns.column(of: phrase.box.midX) == 0 { return true }
      return phrase.words.allSatisfy { word in
        guard word.value == .number else { return true }
        let digits = word.text.prefix(4)
        if digits.count == 4, let year = Int(digits) { return (1500...2100).contains(year) }
        return word.text.count <= 2 && Int(word.text) != nil
      }
    }
  }

  private static func boldRows(_ rows: [TextRow]) -> Int {
    let bold = rows.prefix { $0.words.allSatisfy(\.bold) }.count
    return bold < rows.count && bold <= mostHeaderRows ? bold : 0
  }
}
