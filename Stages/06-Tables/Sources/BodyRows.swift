import DocumentModel

/// Joins printed lines to table rows: a cell may hold several lines.
struct BodyRows {
  let columns: TextColumns
  /// For each column whether most of what stands in it is a number.
  let isNumeric: [Bool]
  /// y of rules that part rows over the whole width.
  let rowRules: [Double]
  /// y at which the ground changes between rows: stripes and hair lines.
  var groundEdges: [Double] = []

  /// One printed line with the columns that it fills.
  private struct PrintedLine {
    let row: TextRow
    let filled: Set<Int>
    /// Columns with a number where numbers belong.
    let values: Int
    /// Left edge of what stands in the first filled column.
    let left: Double
    let first: TableWord?
  }

  /// - Returns: consecutive ranges of the rows' indices, one per table row.
  func groups(_ rows: [TextRow]) -> [Range<Int>] {
    guard !rows.isEmpty else { return [] }
    let lines = rows.map(line)
    if let bands = bandsByGround(lines) ?? bandsByRules(lines) { return bands }
    if let bands = bandsByLeading(lines) { return bands }
    let explained = areExplained(lines)
    let wrapped = groups(lines, wraps: true, explained: explained)
    // Where all is one row, it is running text, which others judge by its lines.
    return wrapped.count > 1 ? wrapped : groups(lines, wraps: false, explained: explained)
  }

  /// Whether some lines may be parts of a row: those without a first cell, and those that would be joined.
  func areInDoubt(_ rows: [TextRow]) -> Bool {
    rows.contains { !line($0).filled.contains(0) } || groups(rows).contains { $0.count > 1 }
  }

  private func groups(_ lines: [PrintedLine], wraps: Bool, explained: Bool) -> [Range<Int>] {
    var groups: [Range<Int>] = []
    for index in lines.indices {
      if let last = groups.last,
        continues(index, lines, from: last.lowerBound)
          || explains(lines[index], lines[last], areExplained: explained)
          || wraps && isWrapped(lines[index], under: lines[last])
      {
        groups[groups.count - 1] = last.lowerBound..<(index + 1)
      } else {
        groups.append(index..<(index + 1))
      }
    }
    return groups
  }

  private func line(_ row: TextRow) -> PrintedLine {
    var filled: Set<Int> = []
    var values = 0
    for phrase in row.phrases {
      let span = columns.columns(of: phrase.box)
      filled.formUnion(span)
      if span.count == 1, phrase.isNumeric, span.lowerBound > 0, isNumeric[span.lowerBound] { values += 1 }
    }
    return PrintedLine(
      row: row, filled: filled, values: values, left: row.box.left, first: row.words.first)
  }

  // MARK: Rules between rows

  /// Where rules stand between most rows, they alone part them.
  private func bandsByRules(_ lines: [PrintedLine]) -> [Range<Int>]? {
    guard !rowRules.isEmpty else { return nil }
    let bands = partedByStep(bands(lines, by: rowRules), lines)
    return bands.count > 2 && areSingle(bands, lines) ? bands : nil
  }

  private func bands(_ lines: [PrintedLine], by edges: [Double]) -> [Range<Int>] {
    var bands: [Range<Int>] = []
    for index in lines.indices {
      if let last = bands.last, !Self.parts(edges, lines[index - 1].row, lines[index].row) {
        bands[bands.count - 1] = last.lowerBound..<(index + 1)
      } else {
        bands.append(index..<(index + 1))
      }
    }
    return bands
  }

  /// Whether nearly all bands hold one line of values at most.
  private func areSingle(_ bands: [Range<Int>], _ lines: [PrintedLine]) -> Bool {
    let single = bands.count { band in lines[band].count { $0.values > 0 } <= 1 }
    return Double(single) >= 0.8 * Double(bands.count)
  }

  /// Where stripes and hair lines part the rows. Some rows may be shaded to stand out among many: then lines that fill
  /// the first column would be joined, and they only part; so do edges between few of the lines, as frames and panels have.
  private func bandsByGround(_ lines: [PrintedLine]) -> [Range<Int>]? {
    guard !groundEdges.isEmpty else { return nil }
    let bands = bands(lines, by: rowRules + groundEdges)
    return bands.count > 2 && 2 * bands.count >= lines.count && areSingle(bands, lines) && looksWrapped(lines, bands)
      ? bands : nil
  }

  private static let sameStep = 0.93  // of the distance of lines with a rule between them
  private static let leastStep = 1.45  // ems: lines as far apart as running text has them may be of one cell
  private static let leastRuled = 3  // such distances, to tell what is usual

  /// Parts bands at lines as far from each other as those that a rule parts: a hair line may be too pale to be seen.
  private func partedByStep(_ bands: [Range<Int>], _ lines: [PrintedLine]) -> [Range<Int>] {
    func step(_ index: Int) -> Double { lines[index].row.box.midY - lines[index - 1].row.box.midY }
    let singles = zip(bands, bands.dropFirst()).filter { $0.count == 1 && $1.count == 1 }.map { step($1.lowerBound) }
    let size = max(lines.map(\.row.size).median ?? 10, 1)
    guard singles.count >= Self.leastRuled, let usual = singles.median, usual >= Self.leastStep * size else {
      return bands
    }
    return bands.flatMap { band in
      let starts = [band.lowerBound] + band.dropFirst().filter { step($0) >= Self.sameStep * usual }
      return zip(starts, starts.dropFirst() + [band.upperBound]).map { $0..<$1 }
    }
  }

  private func isRuled(between upper: TextRow, and lower: TextRow) -> Bool {
    Self.parts(rowRules, upper, lower) || Self.parts(groundEdges, upper, lower)
  }

  private static func parts(_ edges: [Double], _ upper: TextRow, _ lower: TextRow) -> Bool {
    edges.contains { $0 > upper.box.midY && $0 < lower.box.midY }
  }

  // MARK: Leading

  private static let leadingJump = 1.3  // between rows against within one: leading varies by 1.1, a blank line gives 2
  private static let widestLeading = 1.65  // line heights from one line to the next within a cell

  /// Where the distance of lines is of two kinds, the smaller within rows, the larger between them.
  private func bandsByLeading(_ lines: [PrintedLine]) -> [Range<Int>]? {
    guard lines.count > 3 else { return nil }
    let steps = zip(lines, lines.dropFirst()).map { $1.row.box.midY - $0.row.box.midY }
    let sorted = steps.sorted()
    // The widest relative jump between neighbouring distances parts the kinds.
    var split: (ratio: Double, limit: Double)?
    for (low, high) in zip(sorted, sorted.dropFirst()) where low > 0 {
      if high / low > (split?.ratio ?? 1) { split = (high / low, (low + high) / 2) }
    }
    guard let split, split.ratio >= Self.leadingJump else { return nil }
    let height = max(lines.map(\.row.size).median ?? 10, 1)
    guard sorted[0] <= Self.widestLeading * height, steps.count(where: { $0 < split.limit }) >= 2 else { return nil }
    var bands: [Range<Int>] = []
    for index in lines.indices {
      if index > 0, steps[index - 1] < split.limit, let last = bands.last {
        bands[bands.count - 1] = last.lowerBound..<(index + 1)
      } else {
        bands.append(index..<(index + 1))
      }
    }
    guard bands.count > 1 else { return nil }
    let sound = bands.filter { band in lines[band].count { $0.values > 0 } <= 1 }
    guard Double(sound.count) >= 0.85 * Double(bands.count) else { return nil }
    return looksWrapped(lines, bands) ? bands : nil
  }

  private static let wrappedShare = 0.5  // of the lines below a row's first

  /// Whether the lines below a row's first leave its first column empty or go on in lower case.
  private func looksWrapped(_ lines: [PrintedLine], _ bands: [Range<Int>]) -> Bool {
    let lower = bands.flatMap { lines[$0].dropFirst() }
    let wrapped = lower.count { line in
      !line.filled.contains(0) || line.row.phrases.contains { Self.isContinuation($0.words.first) }
        || line.filled == [0]
    }
    return Double(wrapped) >= Self.wrappedShare * Double(lower.count)
  }

  // MARK: Lines that explain

  private static let explainedShare = 0.6  // of the rows of values
  private static let smaller = 0.94  // of the size of what is explained

  /// Whether lines with nothing but text in the first column stand below the rows of values, not above them: invoices
  /// tell there what an item is. Labels of groups stand above the first row and never below the last.
  private func areExplained(_ lines: [PrintedLine]) -> Bool {
    let own = lines.prefix { $0.filled.contains(0) }
    guard let first = own.first, let last = own.last, first.values > 0, last.filled == [0], last.values == 0 else {
      return false
    }
    var (rows, explained) = (0, 0)
    for (index, line) in own.enumerated() where line.values > 0 {
      rows += 1
      if index + 1 < own.count, own[index + 1].values == 0, own[index + 1].filled == [0] { explained += 1 }
    }
    return rows >= 2 && Double(explained) >= Self.explainedShare * Double(rows)
  }

  /// Whether a line belongs to the row above it as the text below its name.
  private func explains(_ line: PrintedLine, _ group: ArraySlice<PrintedLine>, areExplained: Bool) -> Bool {
    guard line.filled == [0], line.values == 0, let above = group.last, let head = group.first, head.values > 0,
      head.filled.contains(0), isNear(line, above), !isRuled(between: above.row, and: line.row)
    else { return false }
    let size = head.first?.size ?? head.row.size
    return areExplained || line.row.size <= Self.smaller * size
  }

  // MARK: Line by line

  /// Words that a line does not end with unless it goes on.
  private static let openEndings: Set<String> = [
    "of", "and", "or", "the", "in", "for", "to", "with", "by", "from", "on", "at", "a", "an", "per", "than", "as",
    "und", "der",
    "die", "de", "et", "y", "&",
  ]
  private static let hang = 0.4  // ems: an indent to be seen

  private func continues(_ index: Int, _ lines: [PrintedLine], from start: Int) -> Bool {
    let line = lines[index]
    let above = lines[index - 1]
    let em = max(line.row.size, 1)
    guard isNear(line, above) else { return false }
    guard !isRuled(between: above.row, and: line.row) else { return false }
    let group = lines[start..<index]
    let hasValues = group.contains { $0.values > 0 }
    if line.values > 0 {
      // A label over two lines with its numbers beside the last: the first line holds nothing but the label.
      return !hasValues && group.count < 4 && group.allSatisfy { $0.filled == [0] } && line.filled.contains(0)
        && isLowercase(line)
    }
    if !line.filled.contains(0) {
      // Words under words: a wrapped cell. A heading over the value columns reaches across several.
      return line.filled.isSubset(of: group.reduce(into: []) { $0.formUnion($1.filled) })
        && line.row.phrases.allSatisfy { phrase in
          let span = columns.columns(of: phrase.box)
          return span.count == 1 && (!isNumeric[span.lowerBound] || phrase.isNumeric)
        }
    }
    if line.filled == [0] {
      let isDeeper = line.left > lines[start].left + Self.hang * em
      if isLowercase(line) { return isDeeper || line.left >= lines[start].left - 1 }
      return goesOn(above, line) && above.filled.contains(0)
    }
    // Text in several columns, no numbers: a wrapped row if each part goes on in lower case.
    guard !isNumeric.dropFirst().contains(true) || hasValues else { return isLowercase(line) && everyPartGoesOn(line) }
    return everyPartGoesOn(line)
  }

  private func isNear(_ line: PrintedLine, _ above: PrintedLine) -> Bool {
    line.row.box.midY - above.row.box.midY <= Self.widestLeading * max(line.row.size, 1, above.row.box.height)
  }

  /// Whether every part of a line stands under text that had no room left for it, and one of them reads on from it.
  private func isWrapped(_ line: PrintedLine, under group: ArraySlice<PrintedLine>) -> Bool {
    guard let above = group.last, line.values == 0, line.filled.contains(0), line.filled != [0],
      isNear(line, above), !isRuled(between: above.row, and: line.row)
    else { return false }
    if isNumeric.dropFirst().contains(true), !group.contains(where: { $0.values > 0 }) { return false }
    var readsOn = false
    for phrase in line.row.phrases {
      let span = columns.columns(of: phrase.box)
      guard span.count == 1, let first = phrase.words.first,
        let above = group.last(where: { $0.filled.contains(span.lowerBound) })?.row.phrases.last(where: {
          columns.columns(of: $0.box) == span
        }), let last = above.words.last
      else { return false }
      let used = above.box.right + Self.space * first.size + first.box.width
      guard used > columns.extents[span.lowerBound].upperBound + Self.overrun * first.size else { return false }
      readsOn = readsOn || Self.isContinuation(first) || Self.isOpen(last.text)
    }
    return readsOn
  }

  private static let space = 0.25  // of the size: an ordinary space
  private static let overrun = 0.1  // of the size: what is measured of a word's width varies by that

  private static func isOpen(_ word: String) -> Bool {
    word.hasSuffix("-") || word.hasSuffix("/") || openEndings.contains(word)
  }

  private func goesOn(_ above: PrintedLine, _ line: PrintedLine) -> Bool {
    if isLowercase(line) { return true }
    let last = above.row.phrases.first?.words.last?.text ?? ""
    return Self.isOpen(last)
  }

  private func isLowercase(_ line: PrintedLine) -> Bool { Self.isContinuation(line.first) }

  private func everyPartGoesOn(_ line: PrintedLine) -> Bool {
    line.row.phrases.allSatisfy { Self.isContinuation($0.words.first) }
  }

  private static func isContinuation(_ word: TableWord?) -> Bool {
    guard let scalar = word?.text.unicodeScalars.first else { return false }
    return scalar.isSmall || scalar == "("
  }
}
