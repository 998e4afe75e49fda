import DocumentModel

/// Finds the lines that end because their writer ended them: addresses, verses, the rows of a receipt.
///
/// The sign is the line break itself: the next line's first word would have fitted. One such line is chance, a gap left
/// for a picture or the end of a paragraph that was not seen; so a text's line ends stand only where at least half of
/// them are early.
struct EarlyLineEnds {
  private let page: PageMaterial
  private let texts: [String]

  init(_ page: PageMaterial, texts: [String]) {
    self.page = page
    self.texts = texts
  }

  /// A printed line, made of one or more pieces.
  private struct Row {
    var last: Int
    var first: TextLine
    var end: TextLine
    var box: BoundingBox
    var isParted: Bool
    /// Where the last of its pieces begins.
    var lead: Double
    /// Whether it goes on below the last piece of a parted row: a value that wraps beside its name.
    var hangs = false

    func mirrored(in column: BoundingBox) -> Row {
      var row = self
      row.box = box.mirrored(in: column)
      return row
    }
  }

  /// - Parameters:
  ///   - lines: of one element, in reading order.
  ///   - column: index into the page's columns: how far the lines could have gone.
  /// - Returns: the indices of lines after which the text breaks.
  func find(in lines: [TextLine], column: Int?) -> Set<Int> {
    guard lines.count > 1, lines.count <= Self.mostLines, let turn = lines.first?.turn,
      lines.allSatisfy({ $0.turn == turn && $0.direction == .leftToRight })
    else { return [] }
    let frame = UprightFrame(page: page.size, turn: turn)
    let place = column.flatMap { page.columns.indices.contains($0) ? frame.upright(page.columns[$0]) : nil }
    var rows = rows(lines, frame)
    var reach = white(beside: place, size: lines[0].size, frame)
    if let place, isFlushRight(rows, in: place) {
      // As if it were set flush left: its lines had room where they begin.
      (rows, reach) = (rows.map { $0.mirrored(in: place) }, reach?.mirrored(in: place))
    }
    guard rows.count > 1, let measure = Self.measure(of: rows.map(\.box.right), size: lines[0].size) else { return [] }
    let steps = zip(rows, rows.dropFirst())
    let (room, widest) = (place?.right, reach?.right ?? edge(beside: rows, turn: turn, frame))
    if isVerse(rows), let room {
      // Its lines may be of one length, and a long one may fill the column; names that are counted up wrap there.
      let free = steps.filter { ends($0, before: $1, measure: room, frame) }.map(\.0.last)
      let full = rows.dropLast().filter { $0.end.words.last.map { texts[$0].last != "," } ?? false }.map(\.last)
      if 2 * free.count >= rows.count - 1 { return Set(free + full) }
    }
    if isAddress(rows, room: widest) || areOwnLines(rows, room: widest, frame) {
      return Set(rows.dropLast().map(\.last))
    }
    // Of a text that stands in no column nobody knows how far its longest line could have gone.
    let most = max(room ?? .infinity, measure)
    // A value that wraps beside its name fills its column; the first of its lines may be the longest of all.
    let edge = rows.contains(where: \.hangs) ? room ?? textEdge(frame) ?? measure : measure
    let free = steps.filter { !$1.hangs || ends($0, before: $1, measure: edge, frame) }
    let early = free.count { $1.hangs || ends($0, before: $1, measure: measure, frame) }
    guard 2 * early >= free.count, early > 0 else { return [] }
    return Set(steps.compactMap { ends($0, before: $1, measure: $1.hangs ? edge : most, frame) ? $0.last : nil })
  }

  /// A column with the white beside it that lines could have gone far into: more than parts columns of text.
  private func white(beside column: BoundingBox?, size: Double, _ frame: UprightFrame) -> BoundingBox? {
    guard let own = column else { return nil }
    let others = page.columns.map(frame.upright).filter { $0.verticalOverlap(own) > 0 }
    let gutter = Self.gutter * max(size, 1)
    let left = others.map(\.right).filter { $0 <= own.left }.max().map { min($0 + gutter, own.left) }
    let right = others.map(\.left).filter { $0 >= own.right }.min().map { max($0 - gutter, own.right) }
    return BoundingBox(left: left ?? own.left, top: own.top, right: right ?? own.right, bottom: own.bottom)
  }

  private static let gutter = 3.0  // of the size: columns of text leave less white between them

  /// How far the lines of a text go: to where most of them end, for an address or a name that no line holds sticks out of
  /// justified text; else as far as the longest.
  private static func measure(of ends: [Double], size: Double) -> Double? {
    let most = ends.dropLast().sorted()
    var first = 0
    for (at, end) in most.enumerated() {
      while end - most[first] > sameEnd * size { first += 1 }
      let count = at - first + 1
      if count >= leastFlush, Double(count) >= flushShare * Double(most.count) { return end }
    }
    return ends.max()
  }

  private static let sameEnd = 0.3  // of the size
  private static let leastFlush = 3  // lines
  private static let flushShare = 0.75  // of the lines but the last

  /// How far what stands in no column below or above others could have gone: as far as the page's text, where nothing
  /// stands beside it.
  private func edge(beside rows: [Row], turn: QuarterTurn, _ frame: UprightFrame) -> Double? {
    guard turn == .none, !page.columns.isEmpty, let own = rows.map(\.box).union(),
      !page.lines.contains(where: { $0.box.left >= own.right && $0.box.verticalOverlap(own) > 0 })
    else { return nil }
    return textEdge(frame)
  }

  /// How far the page's text goes, for what stands in no column.
  private func textEdge(_ frame: UprightFrame) -> Double? { page.lines.map { frame.upright($0.box).right }.max() }

  /// Whether every row begins with a capital, which prose does by chance alone.
  private func isVerse(_ rows: [Row]) -> Bool {
    rows.count >= Self.leastVerse
      && rows.allSatisfy { row in
        let text = row.first.words.first.map { texts[$0] } ?? ""
        return text.unicodeScalars.first { $0.isLetter || $0.isNumeral }?.isCapital ?? false
      }
  }

  /// Whether a few lines all begin with a capital or a number and fill less than half of their column: where text ran on,
  /// it would have filled more.
  private func isAddress(_ rows: [Row], room: Double?) -> Bool {
    guard let room, rows.count <= Self.mostAddress, let left = rows.map(\.box.left).min(),
      rows.contains(where: { $0.first.words.first.map { texts[$0].contains(where: \.isLetter) } ?? false })
    else { return false }
    return rows.allSatisfy { row in
      guard row.box.right - left < Self.addressShare * (room - left), !row.isParted,
        let first = row.first.words.first.flatMap({ texts[$0].unicodeScalars.first { $0.isLetter || $0.isNumeral } }),
        let last = row.end.words.last.flatMap({ texts[$0].unicodeScalars.last })
      else { return false }
      return (first.isCapital || first.isNumeral) && !LineBreakHyphen.isHyphen(last)
    }
  }

  /// Whether all of a few lines begin with a capital or a number and leave room for the next one's first word; where all
  /// is in capitals, that says nothing.
  private func areOwnLines(_ rows: [Row], room: Double?, _ frame: UprightFrame) -> Bool {
    guard let room, rows.count >= Self.leastVerse, rows.count <= Self.mostAddress,
      rows.contains(where: { $0.first.words.first.map { texts[$0].contains(where: \.isLetter) } ?? false }),
      rows.contains(where: { row in row.end.words.contains { texts[$0].contains(where: \.isLowercase) } })
    else { return false }
    return rows.allSatisfy { row in
      let text = row.first.words.first.map { texts[$0] } ?? ""
      return text.unicodeScalars.first { $0.isLetter || $0.isNumeral }.map { $0.isCapital || $0.isNumeral } ?? false
    } && zip(rows, rows.dropFirst()).allSatisfy { !$1.hangs && ends($0, before: $1, measure: room, frame) }
  }

  /// Whether rows end where their column does and begin anywhere.
  private func isFlushRight(_ rows: [Row], in column: BoundingBox) -> Bool {
    guard rows.count >= Self.leastFlush else { return false }
    let slack = Self.slack * max(rows[0].end.size, 1)
    let starts = rows.map(\.box.left)
    let areAlike = { (starts: ArraySlice<Double>) in
      starts.allSatisfy { start in starts.allSatisfy { abs($0 - start) <= slack } }
    }
    // Those of justified text begin alike, but for the name that hangs out before the first.
    guard let left = starts.min(), !areAlike(starts.dropFirst()) else { return false }
    return rows.allSatisfy { abs(column.right - $0.box.right) <= slack && !$0.isParted }
      && 2 * starts.count { $0 - left <= slack } < starts.count
  }

  private static let longestName = 5  // words before a value: what is longer is text of its own
  private static let mostAddress = 8  // rows
  private static let addressShare = 0.5  // of the column

  private func rows(_ lines: [TextLine], _ frame: UprightFrame) -> [Row] {
    var rows: [Row] = []
    for (index, line) in lines.enumerated() {
      let box = frame.upright(line.textBox(page.words))
      if let above = rows.last, abs(line.baseline - above.first.baseline) <= Self.sameLine * max(line.size, 1),
        box.left > above.box.left
      {
        rows[rows.count - 1].isParted = above.isParted || box.left - above.box.right > Self.parting * line.size
        rows[rows.count - 1].box = above.box.union(box)
        rows[rows.count - 1].last = index
        rows[rows.count - 1].end = line
        rows[rows.count - 1].lead = box.left
      } else {
        rows.append(Row(last: index, first: line, end: line, box: box, isParted: false, lead: box.left))
      }
    }
    for index in rows.indices.dropFirst() {
      let (above, row) = (rows[index - 1], rows[index])
      rows[index].hangs =
        !row.isParted && (above.isParted && above.first.words.count <= Self.longestName || above.hangs)
        && abs(row.box.left - above.lead) <= Self.slack * max(row.end.size, 1)
    }
    return rows
  }

  private func ends(_ row: Row, before next: Row, measure: Double, _ frame: UprightFrame) -> Bool {
    guard let last = row.end.words.last, let first = next.first.words.first,
      let letter = texts[last].unicodeScalars.last, !LineBreakHyphen.isHyphen(letter),
      !UnspacedScript.joins(texts[last], texts[first])
    else { return false }
    let size = max(row.end.size, 1)
    // What stands above is no line before.
    guard next.first.baseline - row.first.baseline > Self.sameLine * size else { return false }
    if next.isParted || row.isParted && !next.hangs { return true }
    if isContact(row) || isContact(next) { return true }
    let width = frame.upright(page.words[first].box).width
    return row.box.right + Self.space * size + width < measure - Self.slack * size
  }

  /// Whether a line holds an address of mail or the number of a telephone and nothing else: it is one of a card's lines,
  /// and often the longest, beside which no other ends early.
  private func isContact(_ row: Row) -> Bool {
    guard row.first.words == row.end.words else { return false }
    let words = row.first.words.map { texts[$0] }
    if words.count == 1, let at = words[0].firstIndex(of: "@") {
      return words[0][at...].dropFirst().contains(".") && at > words[0].startIndex
    }
    let letters = words.joined().unicodeScalars
    return words.count > 1 && letters.first == "+" && letters.count(where: { ("0"..."9").contains($0) }) >= Self.digits
      && letters.allSatisfy { ("0"..."9").contains($0) || "+()-/.".unicodeScalars.contains($0) }
  }

  private static let digits = 7  // of a number that is dialled
  private static let leastVerse = 4  // rows: three may begin with names by chance
  private static let mostLines = 200  // of one element: a longer one is running text
  private static let sameLine = 0.3  // of the size: parts of one line may differ by a little
  private static let parting = 1.5  // of the size: white within a line that no justified line has
  private static let space = 0.25  // of the size: an ordinary space
  private static let slack = 0.5  // of the size: lines of one text end that ragged
}

extension BoundingBox {
  fileprivate func mirrored(in column: BoundingBox) -> BoundingBox {
    BoundingBox(
      left: column.left + column.right - right, top: top, right: column.left + column.right - left, bottom: bottom)
  }
}
