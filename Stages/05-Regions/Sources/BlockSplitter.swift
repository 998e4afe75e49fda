import DocumentModel

/// Splits the rows of one block where a paragraph, an item or another kind of text begins.
struct BlockSplitter {
  private let rows: [TextRow]
  private let kinds: [RowKind]
  private let starts: [Bool]
  private let isRecognized: Bool
  private let bodySize: Double
  private let em: Double
  /// The lead of most rows that are not indented, and the trail of the longest.
  private let margin: Double
  private let end: Double
  private let leading: Double
  /// The least distance of rows: that of an item's own, where most begin items.
  private let tightest: Double
  /// The distance of lines where most rows are paragraphs of one line, as in interviews and letters, and the usual distance is
  /// that of paragraphs.
  private let closest: Double?
  private let isHanging: Bool
  private let isCentred: Bool
  private let isVerse: Bool

  private static let indent = 0.8  // em: less is a wandering margin
  private static let greatestIndent = 5.0  // em: more is another alignment, not a paragraph's first line
  private static let mostStray = 3  // letters
  private static let straySize = 0.85  // of the block's size
  private static let inset = 2.0  // em: deeper than a paragraph's first line
  private static let marginSlack = 0.5  // em
  private static let hangingShare = 0.55  // of the rows are indented in a bibliography
  private static let looseLeading = 1.22  // of the usual leading: white between paragraphs
  private static let looseRecognized = 1.35  // the same where baselines wander
  private static let alikeLeading = 1.2  // of the least distance: what differs by more is white
  private static let leastClose = 3  // distances of lines: two may be chance
  private static let lineDistance = 1.6  // em between the baselines of one sentence
  private static let closeShare = 0.2  // of all distances
  private static let certainLeading = 1.7  // of the usual leading: never within a paragraph
  private static let overlapping = 0.8  // em: what stands closer is no row of its own
  private static let farthest = 4.0  // em between the baselines of lines that go on
  private static let initialRows = 6  // an initial seldom spans more
  private static let initialSlack = 0.3  // em: it stands on the baseline of its last row
  private static let display = 1.3  // of the body size
  private static let leastVerse = 4  // rows: three lines of a paragraph may begin with names by chance
  private static let verseStops = 2  // fewer than half the rows end a sentence
  private static let room = 2.0  // em: besides the word that would have fitted
  private static let sizeContrast = 1.1
  private static let faceContrast = 1.04  // where the typeface differs too
  private static let sizeContrastRecognized = 1.3

  /// - Parameter starts: for each row, whether a list item begins there.
  /// - Parameter bodySize: of running text, in points; 0 where it is unknown.
  init(_ rows: [TextRow], kinds: [RowKind], starts: [Bool], isRecognized: Bool, bodySize: Double = 0) {
    self.rows = rows
    self.bodySize = bodySize
    self.kinds = kinds
    self.starts = starts
    self.isRecognized = isRecognized
    let sizes = rows.map(\.size).sorted()
    let em = sizes.isEmpty ? 10 : max(sizes[sizes.count / 2], 1)
    self.em = em
    let leads = rows.map(\.lead).sorted()
    // The margin is the leftmost place where a quarter of the rows begin.
    let margin = leads.first { lead in 4 * leads.count { abs($0 - lead) <= Self.marginSlack * em } >= leads.count }
    self.margin = margin ?? leads.first ?? 0
    end = rows.map(\.trail).max() ?? 0
    let whole = rows.filter { !Self.isStray($0, em) }
    let distances = zip(whole, whole.dropFirst()).map { $1.baseline - $0.baseline }.filter { $0 > 0 }.sorted()
    // Of two distances the smaller is that of lines.
    leading = distances.isEmpty ? 1.2 * em : distances[distances.count == 2 ? 0 : distances.count / 2]
    let tightest = distances.first { $0 > Self.overlapping * em } ?? leading
    self.tightest = tightest
    let close = distances.filter { $0 >= tightest && $0 <= Self.alikeLeading * tightest }
    closest =
      close.count >= Self.leastClose && Self.closeShare * Double(distances.count) <= Double(close.count)
      ? close[close.count / 2] : nil
    let left = self.margin
    let indented = rows.count { $0.lead > left + Self.indent * em }
    isHanging =
      rows.count >= 3 && abs(rows[0].lead - left) <= Self.marginSlack * em
      && Double(indented) > Self.hangingShare * Double(rows.count)
      && rows.count { $0.lead > left + Self.greatestIndent * em } == 0
    let middle = (left + end) / 2
    isCentred =
      rows.count >= 2 && indented > 0
      && rows.allSatisfy { abs(($0.lead + $0.trail) / 2 - middle) <= 0.6 * em }
    isVerse = Self.isVerse(rows, kinds: kinds, starts: starts)
  }

  func groups() -> [TextGroup] {
    var groups: [[TextRow]] = []
    for index in rows.indices {
      if index == 0 || begins(index) {
        groups.append([rows[index]])
      } else {
        groups[groups.count - 1].append(rows[index])
      }
    }
    return groups.map(TextGroup.init)
  }

  private func begins(_ index: Int) -> Bool {
    // A script that found no row stands between two rows of one paragraph.
    if isStray(index) { return false }
    guard let last = (0..<index).last(where: { !isStray($0) }) else { return true }
    let row = rows[index]
    let previous = rows[last]
    if kinds[index] != kinds[last] || kinds[index] == .keyValue || starts[index] { return true }
    if kinds[index] != .text || isBesideInitial(index) || dividesAddress(previous, row) { return false }
    if changesStyle(previous, row) || countsOn(previous, row) { return true }
    let distance = row.baseline - previous.baseline
    // Titles of tables side by side are rows of their own.
    if distance < Self.overlapping * em, CaptionText(row.words)?.isMarked == true { return true }
    if distance > Self.certainLeading * max(leading, row.size) { return true }
    // What stood between them was claimed: the entries between "Contents" and the first heading.
    if distance > Self.farthest * max(previous.size, row.size) { return true }
    let loose = isRecognized ? Self.looseRecognized : Self.looseLeading
    if distance > loose * leading + 0.05 * em, !runsOn(previous, row) { return true }
    if !isRecognized, let closest, distance > loose * closest + 0.05 * em,
      endsSentence(previous) || leavesRoom(previous, for: row)
    {
      return true
    }
    if Self.isItalicHeading(previous), !row.isItalic { return true }
    if isNextHeading(previous, row) || isBelowHeading(row, last) { return true }
    if row.isBold, previous.isBold, !endsSentence(previous) || previous.words.last?.last == ":" {
      // A wrapped heading goes on, unless a number or other type begins the next one; a letter may be someone's initial.
      return Capitals.areAll(previous.words) && !Capitals.areMost(row.words)
        || row.words.first?.first?.isNumber == true && HeadingRule.isNumbered(row.words)
        || leavesRoom(previous, before: row)
    }
    if isCentred { return false }
    if isVerse { return previous.words.last?.last == ":" && closes(previous, before: row) }
    if isInItem(index) {
      // A further paragraph of the item: white above it, and the row before would have held its first word.
      return !isRecognized && distance > loose * tightest + 0.05 * em && closes(previous, before: row)
        || endsList(index)
    }
    if isHanging {
      return abs(row.lead - margin) <= Self.marginSlack * em && previous.lead > margin + Self.indent * em
        || abs(row.lead - margin) <= Self.marginSlack * em && closes(previous, before: row)
    }
    let isIndented = row.lead > margin + Self.indent * em && row.lead < margin + Self.greatestIndent * em
    if isIndented {
      if previous.lead <= margin + Self.marginSlack * em {
        if isInset(index) { return true }
        return rows.count > 2 ? endsSentence(previous) || isShort(previous) : closes(previous, before: row)
      }
      if isFirstLine(row), isFirstLine(previous), endsSentence(previous) { return true }
      return row.lead > previous.lead + Self.indent * em || isShort(previous) && endsSentence(previous)
        || previous.lead > row.lead + Self.indent * em
    }
    if previous.lead > margin + Self.inset * em, row.lead <= margin + Self.marginSlack * em, isShort(previous) {
      return true
    }
    return closes(previous, before: row)
  }

  /// Whether a row stands in as the first lines of paragraphs do, of which the block has some: in a dialogue one follows
  /// another, and their only line may be full.
  private func isFirstLine(_ row: TextRow) -> Bool {
    row.lead < margin + Self.inset * em
      && zip(rows, rows.dropFirst()).contains { first, second in
        abs(first.lead - row.lead) <= Self.marginSlack * em && abs(second.lead - margin) <= Self.marginSlack * em
      }
  }

  /// Whether the row stands beside a capital that begins a row above and reaches down to it.
  private func isBesideInitial(_ index: Int) -> Bool {
    (max(0, index - Self.initialRows)..<index).contains { above in
      let initial = rows[above]
      return initial.box.bottom >= rows[index].baseline - Self.initialSlack * em
        && rows[index].lead > initial.lead + Self.indent * em
        && rows[above..<index].allSatisfy { $0.baseline < rows[index].baseline }
    }
  }

  /// Whether every row begins with a capital and few end a sentence: the lines of a poem, whose indents begin no paragraphs.
  private static func isVerse(_ rows: [TextRow], kinds: [RowKind], starts: [Bool]) -> Bool {
    guard rows.count >= leastVerse, !starts.contains(true), kinds.allSatisfy({ $0 == .text }),
      rows.allSatisfy({ row in
        let sign = row.words.first?.unicodeScalars.first { $0.isLetter || $0.properties.numericType != nil }
        return row.lines.count == 1 && sign?.isCapital == true
      })
    else { return false }
    return verseStops * rows.count { $0.words.last?.last.map { ".!?:”\"".contains($0) } ?? false } < rows.count
  }

  private func isStray(_ index: Int) -> Bool { Self.isStray(rows[index], em) && kinds[index] == .text }

  private static func isStray(_ row: TextRow, _ em: Double) -> Bool {
    row.letters <= mostStray && row.size <= straySize * em
  }

  /// Whether two rows or more stand deep in from the margin at one place: a quotation or an example.
  private func isInset(_ index: Int) -> Bool {
    guard rows[index].lead > margin + Self.inset * em, index + 1 < rows.count else { return false }
    return abs(rows[index + 1].lead - rows[index].lead) < Self.marginSlack * em
  }

  /// Whether the row belongs to a list item above: indentation means nothing there.
  private func isInItem(_ index: Int) -> Bool {
    var at = index - 1
    while at >= 0 {
      if starts[at] {
        return rows[index].lead >= rows[at].lead + Self.marginSlack * em || !endsSentence(rows[index - 1])
      }
      at -= 1
      if index - at > 30 { return false }
    }
    return false
  }

  /// Whether a paragraph begins below a list whose items stand in as far as first lines do: its next row goes back to the margin,
  /// and its first word had room above.
  private func endsList(_ index: Int) -> Bool {
    guard index + 1 < rows.count, !starts[index + 1], kinds[index + 1] == .text,
      let item = (0..<index).last(where: { starts[$0] })
    else { return false }
    return rows[index + 1].lead < rows[item].lead - Self.marginSlack * em
      && leavesRoom(rows[index - 1], for: rows[index])
  }

  private func changesStyle(_ a: TextRow, _ b: TextRow) -> Bool {
    let contrast = isRecognized ? Self.sizeContrastRecognized : Self.sizeContrast
    if max(a.size, b.size) > contrast * min(a.size, b.size) || changesFace(a, b) { return true }
    return a.isBold != b.isBold && min(a.letters, b.letters) >= 3 && !carriesWeight(a, b)
  }

  /// Whether of two bold rows far apart one is a little smaller: the headings of two levels, where a wrapped one keeps its
  /// size.
  private func isNextHeading(_ a: TextRow, _ b: TextRow) -> Bool {
    !isRecognized && a.isBold && b.isBold && max(a.size, b.size) > Self.faceContrast * min(a.size, b.size)
      && b.baseline - a.baseline > Self.certainLeading * max(a.size, b.size)
  }

  private func isBelowHeading(_ row: TextRow, _ above: Int) -> Bool {
    isRecognized
      && ScannedHeading.stands(rows[above], over: row, span: margin...max(end, margin), tightest: tightest, em: em)
      && (above == 0 || begins(above))
  }

  /// Whether the larger of two rows is set in one typeface, and the other in another: a heading in sans serif right above
  /// its text.
  private func changesFace(_ a: TextRow, _ b: TextRow) -> Bool {
    let (large, small) = a.size > b.size ? (a, b) : (b, a)
    guard !isRecognized, large.size > Self.faceContrast * small.size, !large.isMonospaced, large.mathShare == 0,
      !small.isMonospaced, let face = large.face, let other = small.mainFace
    else { return false }
    return face != other
  }

  /// Whether a row is full, ends in the weight that the next begins in, and has words in the other one: a name in bold that
  /// goes on over a line's end makes a short last row bold.
  private func carriesWeight(_ a: TextRow, _ b: TextRow) -> Bool {
    a.endsBold == b.startsBold && (a.isMixed || b.isMixed) && !endsSentence(a) && !isRecognized
      && b.baseline - a.baseline <= Self.lineDistance * b.size && !leavesRoom(a, for: b)
  }

  /// Whether a bold row ended before it was full and another begins: a heading right below the one of its chapter. Titles
  /// in large type are broken by sense.
  private func leavesRoom(_ previous: TextRow, before row: TextRow) -> Bool {
    guard !isRecognized, !isCentred, !row.isRightToLeft, bodySize > 0, previous.size < Self.display * bodySize,
      abs(previous.lead - row.lead) <= Self.marginSlack * em,
      let letter = row.words.first?.unicodeScalars.first, letter.isCapital || letter.properties.numericType != nil,
      let first = row.lines.first?.wordBoxes.first
    else { return false }
    return end - previous.trail > first.width + Self.room * row.size
  }

  /// Whether the first word of a row would have stood on the one before.
  private func leavesRoom(_ previous: TextRow, for row: TextRow) -> Bool {
    let first = row.isRightToLeft ? row.lines.flatMap(\.wordBoxes).last : row.lines.flatMap(\.wordBoxes).first
    return end - previous.trail > (first?.width ?? 0) + 0.8 * em
  }

  /// "A.1 Families" above "A.1.1 Normal": the first heading in a section stands right below the section's.
  private func countsOn(_ previous: TextRow, _ row: TextRow) -> Bool {
    guard let outer = previous.words.first, let inner = row.words.first, inner.contains("."),
      HeadingRule.isNumbered(previous.words), HeadingRule.isNumbered(row.words)
    else { return false }
    let (above, below) = (outer.split(separator: "."), inner.split(separator: "."))
    return below.count == above.count + 1 && below.dropLast() == above[...] && ["0", "1"].contains(below.last)
  }

  /// "1.5.1. Reference Format" or "Acknowledgments" in italics above text that is not.
  private static func isItalicHeading(_ row: TextRow) -> Bool {
    guard row.isItalic, let number = row.words.first else { return false }
    return HeadingRule.isNamed(row.words)
      || HeadingRule.isNumbered(row.words) && number.split(separator: ".").count >= 2
  }

  /// Whether an address of the web goes on from the end of one row on the next: its full stops and colons end nothing.
  private func dividesAddress(_ previous: TextRow, _ row: TextRow) -> Bool {
    guard let last = previous.words.last, let first = row.words.first,
      row.baseline - previous.baseline <= Self.certainLeading * max(leading, row.size)
    else { return false }
    return AddressBreak.goesOn(last, first)
  }

  /// A full row without a full stop, and a small letter after it: one sentence, whatever stands between the lines.
  private func runsOn(_ previous: TextRow, _ row: TextRow) -> Bool {
    guard !isShort(previous), !endsSentence(previous) else { return false }
    return row.words.first?.unicodeScalars.first?.isSmall ?? false
  }

  /// Whether the sentence ended and the next row's first word would have found room.
  private func closes(_ previous: TextRow, before row: TextRow) -> Bool {
    endsSentence(previous) && leavesRoom(previous, for: row)
  }

  private func isShort(_ row: TextRow) -> Bool { end - row.trail > 2 * em }

  private func endsSentence(_ row: TextRow) -> Bool {
    guard let last = row.words.last?.last(where: { !")]\"”’»'".contains($0) }) else { return false }
    return ".!?:;。！？؟۔".contains(last)
  }
}
