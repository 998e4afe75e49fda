import Contracts
import DocumentModel

/// Tells from an area's printed lines what looks like a table and is none.
struct Refusals {
  let page: UprightPage

  private static let lineWords = 5.0  // words a line in the column: cells are shorter, running text longer
  private static let proseCover = 0.55  // of a column's width that its lines fill

  /// - Parameter hasRules: whether rules bound the area; then only the surest signs count.
  func reason(_ grid: AlignedGrid, hasRules: Bool) -> RefusedTable.Reason? {
    if isPicture(grid.area) { return .figure }
    let words = grid.rows.flatMap(\.words)
    guard !words.isEmpty else { return .tooFewCells }
    // The numbers of a listing's lines are set in another face.
    let numbers = lineNumbers(grid)
    let said = words.count - numbers
    if numbers >= Self.leastLines, endsStatements(grid) { return .code }
    if Double(words.count(where: \.monospaced)) > 0.8 * Double(said), isCode(grid) || isListing(grid) { return .code }
    if isContents(grid) { return .list }
    if isBulleted(grid) { return .list }
    if hasRules { return nil }
    if isList(grid) { return .list }
    if isProse(grid) { return .prose }
    if isForm(grid) { return .form }
    if isFormulas(grid) { return .poorFit }
    if goesOnBeyond(grid) { return .prose }
    return nil
  }

  private static let wholePage = 0.7  // of the page: an image that large is the page itself, or its ground
  private static let within = 0.8  // of an area that lies in a picture
  private static let fills = 0.5  // of a picture: a table that fills it is a shaded or photographed one, not labels
  private static let same = 0.9  // of a figure that is one picture and nothing else

  /// Labels of a drawing: the area lies in a figure that is told by its axes or its caption, or is a small part of
  /// another one, or of an image that is not the page itself.
  func isPicture(_ area: BoundingBox) -> Bool {
    let limit = Self.wholePage * page.frame.bounds.area
    let figures = page.regions.filter { $0.kind == .figure }.map(\.box)
    return (figures + page.images).contains {
      $0.area < limit && area.coverage(by: $0) > Self.within && $0.coverage(by: area) < Self.fills
    }
      || figures.contains { figure in
        area.coverage(by: figure) > Self.within
          && !page.images.contains { figure.coverage(by: $0) > Self.same && $0.coverage(by: figure) > Self.same }
      }
  }

  // MARK: What the regions say

  private static let textShare = 0.8  // of an area's words
  private static let paragraphLoss = 0.15, codeLoss = 0.3  // of the confidence

  /// What speaks against a grid made of alignment alone: its words stand in regions of running text or code.
  func textEvidence(_ words: [TableWord]) -> Double {
    func share(_ kinds: Set<RegionKind>) -> Double {
      let boxes = page.regions.filter { kinds.contains($0.kind) }.map(\.box)
      guard !boxes.isEmpty, !words.isEmpty else { return 0 }
      return Double(words.count { word in boxes.contains { $0.contains(x: word.box.midX, y: word.box.midY) } })
        / Double(words.count)
    }
    if share([.code, .formula]) >= Self.textShare { return Self.codeLoss }
    return share([.paragraph, .heading, .listItem, .footnote, .code, .formula]) >= Self.textShare
      ? Self.paragraphLoss : 0
  }

  // MARK: Text that runs on

  private static let runningShare = 0.3  // of an area's lines: more, and its edge cuts through text
  private static let besideGap = 0.6  // ems: no more than a wide space

  /// Whether lines run on beyond the area's sides without a gap: framed links, underlined words, part of a paragraph.
  ///
  /// - Parameter page: all words, ascending by the y of their middle.
  func runsOn(_ words: [TableWord], _ area: BoundingBox, page: [TableWord]) -> Bool {
    let inside = Set(words.map(\.index))
    let rows = TextRow.rows(of: words, wordGap: .infinity)
    let first = page.partitioningIndex { $0.box.midY >= area.top }
    let beside = page[first...].prefix { $0.box.midY <= area.bottom }.filter {
      !inside.contains($0.index) && $0.box.right > area.left - 60 && $0.box.left < area.right + 60
    }
    guard !beside.isEmpty, beside.count <= Self.mostBeside else { return false }
    let running = rows.count { row in
      beside.contains { word in
        let gap = max(row.box.left - word.box.right, word.box.left - row.box.right)
        return gap < Self.besideGap * word.size
          && row.box.verticalOverlap(word.box) > 0.5 * min(row.box.height, word.box.height)
      }
    }
    return Double(running) > Self.runningShare * Double(rows.count)
  }

  private static let mostBeside = 4_000  // words: compared with every row

  /// Whether a column of long lines goes on above or below the area at the same leading.
  private func goesOnBeyond(_ grid: AlignedGrid) -> Bool {
    let inside = Set(grid.rows.flatMap { $0.words.map(\.index) })
    for column in 0..<grid.columns.count {
      let extent = grid.columns.extents[column]
      let lines = grid.rows.compactMap { row -> [TableWord]? in
        let words = row.words.filter { grid.columns.column(of: $0.box.midX) == column }
        return words.isEmpty ? nil : words
      }
      let words = lines.reduce(0) { $0 + $1.count }
      guard lines.count > 1, Double(words) >= Self.lineWords * Double(lines.count) else { continue }
      let size = lines[0][0].size
      let next = page.words.filter {
        !inside.contains($0.index) && $0.box.midX > extent.lowerBound - 2 && $0.box.midX < extent.upperBound + 2
          && ($0.box.bottom <= grid.area.top + 1 && $0.box.bottom > grid.area.top - size
            || $0.box.top >= grid.area.bottom - 1 && $0.box.top < grid.area.bottom + size)
      }
      for row in TextRow.rows(of: next, wordGap: .infinity)
      where abs(row.box.left - extent.lowerBound) < 3 && Double(row.words.count) >= Self.lineWords
        && row.box.width > Self.proseCover * (extent.upperBound - extent.lowerBound)
      { return true }
    }
    return false
  }

  /// The last column counts equations.
  private func isFormulas(_ grid: AlignedGrid) -> Bool {
    let last = grid.rows.compactMap { row in
      row.phrases.last.flatMap { grid.columns.column(of: $0.box.midX) == grid.columns.count - 1 ? $0.text : nil }
    }
    let numbers = last.count {
      $0.count > 2 && $0.hasPrefix("(") && $0.hasSuffix(")") && $0.dropFirst().dropLast().allSatisfy(\.isNumber)
    }
    return numbers > 0 && numbers == last.count
  }

  /// How many rows begin with a number that counts on by one, where most do.
  private func lineNumbers(_ grid: AlignedGrid) -> Int {
    let numbers = grid.rows.compactMap { row in row.words.first.flatMap { $0.monospaced ? nil : Int($0.text) } }
    let isCounted = zip(numbers, numbers.dropFirst()).allSatisfy { $1 > $0 && $1 - $0 <= 2 }
    return isCounted && Double(numbers.count) >= 0.8 * Double(grid.rows.count) ? numbers.count : 0
  }

  private static let leastLines = 6  // of a listing whose type does not tell
  private static let statements = 0.3  // of its lines; others are blank, remarks or parts of one

  /// Whether lines end as those of most programming languages do.
  private func endsStatements(_ grid: AlignedGrid) -> Bool {
    let ends = grid.rows.count { row in row.words.last?.text.last.map { ";{}".contains($0) } ?? false }
    return Double(ends) >= Self.statements * Double(grid.rows.count)
  }

  private func isCode(_ grid: AlignedGrid) -> Bool {
    let marks: Set<Character> = ["{", "}", ";", "=", "(", ")", "<", ">"]
    let words = grid.rows.flatMap(\.words)
    let marked = words.count { word in word.text.contains { marks.contains($0) } && word.value == .text }
    return Double(marked) > 0.15 * Double(words.count)
      || page.regions.contains { $0.kind == .code && grid.area.coverage(by: $0.box) > 0.5 }
  }

  private static let mostMonospaced = 0.5  // of the page's words: more, and it is how the document is set

  /// Fixed-width type on a page of other type, with no rule between its rows: what a program printed, in a frame or not.
  private func isListing(_ grid: AlignedGrid) -> Bool {
    guard let top = grid.rows.first?.box.midY, let bottom = grid.rows.last?.box.midY, !grid.hasDividers,
      Double(page.words.count(where: \.monospaced)) <= Self.mostMonospaced * Double(page.words.count)
    else { return false }
    return !grid.rules.contains { $0.position > top && $0.position < bottom }
  }

  /// Pages at the ends of most rows, with dots that lead to them, or below a heading that names contents. Rules may stand
  /// around it.
  private func isContents(_ grid: AlignedGrid) -> Bool {
    // Below a heading that names it, chapters and more may have no dots.
    ContentsPages(grid.rows.map(\.words)).areContents(isAnnounced: isAnnounced(grid))
  }

  private static let headingReach = 4.0  // of a row's height: what stands so close above names the rows

  /// Whether a grid begins with "Contents", or stands right below it.
  private func isAnnounced(_ grid: AlignedGrid) -> Bool {
    guard let first = grid.rows.first, let height = first.words.map(\.box.height).max() else { return false }
    if ContentsTitle.isOne(first.words.map(\.text).joined()) { return true }
    let above = page.words.filter {
      $0.box.midY < grid.area.top && $0.box.midY > grid.area.top - Self.headingReach * height
        && $0.box.horizontalOverlap(grid.area) > 0
    }
    return ContentsTitle.isOne(above.map(\.text).joined())
  }

  private static let leastBullets = 2

  /// Bullets before text in a frame or on shaded ground: nothing parts the rows, and every row of two phrases begins with
  /// a sign that is used for lists alone.
  private func isBulleted(_ grid: AlignedGrid) -> Bool {
    guard grid.columns.count == 2, !grid.hasDividers, let top = grid.rows.first?.box.midY,
      let bottom = grid.rows.last?.box.midY, !grid.rules.contains(where: { $0.position > top && $0.position < bottom })
    else { return false }
    let parted = grid.rows.filter { $0.phrases.count > 1 }
    return parted.count >= Self.leastBullets
      && parted.allSatisfy { row in
        guard let first = row.phrases.first, first.words.count == 1, first.text.unicodeScalars.count == 1,
          let sign = first.text.unicodeScalars.first
        else { return false }
        return BulletSign.isBullet(sign)
      }
  }

  /// Bullets or counting numbers, then text; or entries that lead to page numbers by dots.
  private func isList(_ grid: AlignedGrid) -> Bool {
    let leaders = grid.rows.count { row in
      row.words.contains { $0.text.hasPrefix("....") || $0.text.hasSuffix("....") }
        || row.words.count { $0.text == "." } > 4
    }
    if 2 * leaders > grid.rows.count { return true }
    guard grid.columns.count == 2 else { return false }
    let isTurned = WordOrder.isRightToLeft(grid.rows.lazy.flatMap(\.words).map { WordOrder.Word($0.text) })
    let isNumeric = isTurned ? grid.isNumeric.first : grid.isNumeric.last
    let firsts = grid.rows.compactMap { row in
      (isTurned ? row.phrases.last : row.phrases.first).flatMap {
        grid.columns.column(of: $0.box.midX) == (isTurned ? 1 : 0) ? $0 : nil
      }
    }
    let markers = firsts.count { $0.words.count == 1 && Self.isMarker($0.text) }
    let counts = firsts.compactMap { Int($0.text) }
    let isCounted =
      counts.count > 2 && counts.count == firsts.count && zip(counts, counts.dropFirst()).allSatisfy { $1 == $0 + 1 }
    if isCounted, isNumeric != true { return true }
    return !firsts.isEmpty && Double(markers) >= 0.8 * Double(firsts.count) && isNumeric != true
  }

  static func isMarker(_ text: String) -> Bool {
    if text.unicodeScalars.count == 1, let sign = text.unicodeScalars.first {
      if BulletSign.isBullet(sign) || "–-*o".unicodeScalars.contains(sign) { return true }
    }
    guard let last = text.last, last == "." || last == ")" || last == "]" else { return false }
    let body = text.dropLast().drop { $0 == "(" || $0 == "[" }
    return body.count <= 4 && !body.isEmpty && body.allSatisfy { $0.isNumber || $0.isLetter || $0 == "." }
  }

  /// Long lines in all columns, or in all but a narrow one.
  private func isProse(_ grid: AlignedGrid) -> Bool {
    var lines = [Int](repeating: 0, count: grid.columns.count)
    var words = lines
    var cover = [Double](repeating: 0, count: grid.columns.count)
    for row in grid.rows {
      var inColumn: [Int: (words: Int, box: BoundingBox)] = [:]
      for word in row.words {
        let column = grid.columns.column(of: word.box.midX)
        let known = inColumn[column]
        inColumn[column] = ((known?.words ?? 0) + 1, known.map { $0.box.union(word.box) } ?? word.box)
      }
      for column in inColumn.keys.sorted() {
        guard let entry = inColumn[column] else { continue }
        lines[column] += 1
        words[column] += entry.words
        cover[column] += entry.box.width
      }
    }
    let long = lines.indices.filter { column in
      let extent = grid.columns.extents[column]
      return lines[column] > 1 && Double(words[column]) >= Self.lineWords * Double(lines[column])
        && cover[column] >= Self.proseCover * (extent.upperBound - extent.lowerBound) * Double(lines[column])
    }
    let numbers = grid.isNumeric.count(where: { $0 })
    return long.count >= 2 && long.count >= grid.columns.count - numbers - 1 && numbers * 2 < grid.columns.count
      || long.count == grid.columns.count
  }

  /// Names that end with a colon, each with its value.
  private func isForm(_ grid: AlignedGrid) -> Bool {
    guard grid.columns.count <= 4 else { return false }
    var named = 0
    var all = 0
    for row in grid.rows {
      for phrase in row.phrases where grid.columns.column(of: phrase.box.midX) % 2 == 0 {
        all += 1
        if phrase.words.last?.text.hasSuffix(":") == true || phrase.words.contains(where: { $0.text.hasSuffix(":") }) {
          named += 1
        }
      }
    }
    return all > 1 && Double(named) >= 0.6 * Double(all)
  }
}
