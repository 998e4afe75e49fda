import DocumentModel

/// Finds running headers, footers and page numbers by repetition over neighbouring pages.
///
/// Holds at most eight small rows a page, no text.
struct FurnitureSurvey: Sendable {
  /// What a row at a page's edge turned out to be.
  enum Finding: Sendable { case running, numbered, pageNumber }

  private struct SeenPage {
    let number: Int
    let rows: [FurnitureRow]
    let isBare: Bool
    /// The fingerprint of all that the page says.
    let text: UInt64
  }

  private var pages: [SeenPage] = []

  /// Rows of a page that holds nothing else.
  static let mostBareRows = 2
  private static let window = 6  // pages to both sides: odd and even heads, and heads that change by chapter
  private static let sameHeight = 0.025  // of the page's height: 20 points, for scans that wander
  private static let fewBits = 9  // of 64: fingerprints of one text read twice
  private static let leastLikeLetters = 10  // shorter texts must be equal

  private static let copied = 3  // rows: no head or foot has as many without white between it and the text

  var pageCount: Int { pages.count }

  /// - Parameter isBare: whether the page holds nothing but a row or two, which then run along nothing.
  /// - Parameter text: the fingerprint of all that the page says.
  mutating func add(page: Int, rows: [FurnitureRow], isBare: Bool = false, text: UInt64) {
    pages.append(SeenPage(number: page, rows: rows, isBare: isBare, text: text))
  }

  /// - Returns: for each edge, the findings by rank; only an unbroken run from the page's edge counts.
  func findings(page: Int) -> [(row: FurnitureRow, finding: Finding)] {
    guard let at = position(of: page) else { return [] }
    let window = window(around: at)
    var found: [(FurnitureRow, Finding)] = []
    let all = pages[at].rows.map { ($0, judge($0, pages[at], window)) }
    let number = all.first { $0.1 == .pageNumber }?.0.number?.value
    for edge in [FurnitureRow.Edge.top, .bottom] {
      let judged = all.filter { $0.0.edge == edge }.map { row, finding in
        let isOther = finding == .numbered && number != nil && row.number?.value != number
        return (row, isOther ? repeated(row, pages[at], window) : finding)
      }
      // A row further in is furniture only if all rows outside it are.
      let run = judged.prefix { $0.1 != nil }
      // The run ends at white space: the first rows of a text set on a grid may repeat, but stand close to the next.
      // Where it never does, all rows repeat because the pages do: sheets of one letterhead, copies of one page.
      let end = run.lastIndex { $0.0.isApart || $0.1 != .running } ?? (run.isEmpty || run.count >= Self.copied ? -1 : 0)
      for (row, finding) in run.prefix(end + 1) { if let finding { found.append((row, finding)) } }
    }
    return found
  }

  /// Whether a row stands where another page near by has one too, whatever it says; always of documents so short that
  /// there is none to ask.
  ///
  /// - Parameter rank: 0 for the row next to the edge.
  func hasPlace(page: Int, edge: FurnitureRow.Edge, rank: Int) -> Bool {
    guard pageCount >= Self.leastPages, let at = position(of: page),
      let row = pages[at].rows.first(where: { $0.edge == edge && $0.rank == rank })
    else { return true }
    return pages[max(at - Self.window, 0)...min(at + Self.window, pages.count - 1)].contains { other in
      other.number != page
        && other.rows.contains {
          $0.edge == edge && $0.isApart && abs($0.height - row.height) <= Self.samePlace
        }
    }
  }

  private static let leastPages = 3
  private static let samePlace = 0.004  // of the page's height: 3 points

  /// Whether other pages near by have running heads just where this row stands, in type as large: heads that name the
  /// chapter stand between such that name the book, and nothing repeats them.
  func isAmongHeads(page: Int) -> Bool {
    guard let at = position(of: page), let row = pages[at].rows.first(where: { $0.edge == .top && $0.rank == 0 }),
      row.isApart
    else { return false }
    let around = max(at - Self.window, 0)...min(at + Self.window, pages.count - 1)
    let heads = around.count { index in
      guard index != at, let other = pages[index].rows.first(where: { $0.edge == .top && $0.rank == 0 }), other.isApart,
        abs(other.height - row.height) <= Self.samePlace, abs(other.size - row.size) <= Self.sameSize * row.size
      else { return false }
      return judge(other, pages[index], window(around: index)) != nil
    }
    return heads >= Self.leastHeads
  }

  private static let leastHeads = 2
  private static let sameSize = 0.03  // of the size

  /// The pages near one, without it.
  private func window(around at: Int) -> [SeenPage] {
    let around = max(at - Self.window, 0)...min(at + Self.window, pages.count - 1)
    return around.filter { $0 != at }.map { pages[$0] }
  }

  private func judge(_ row: FurnitureRow, _ page: SeenPage, _ window: [SeenPage]) -> Finding? {
    if row.isOfTable { return nil }
    if let number = row.number, !row.opensPart {
      let offset = number.value - page.number
      let like = window.filter { other in
        other.rows.contains {
          $0.edge == row.edge && near($0, row) && $0.number?.isRoman == number.isRoman
            && $0.number.map { $0.value - other.number } == offset
        }
      }
      if like.count >= Self.needed(window) {
        if number.isAlone { return .pageNumber }
        return Self.areMostlyBare(like + [page]) ? nil : .numbered
      }
    }
    return repeated(row, page, window)
  }

  /// Whether other pages say the same. Pages have one number: another one that counts along numbers chapters of a page
  /// each, and stands before words that are new on every page.
  private func repeated(_ row: FurnitureRow, _ page: SeenPage, _ window: [SeenPage]) -> Finding? {
    guard row.letters >= 2 || row.date != nil else { return nil }
    let others = Self.withoutCopies(window, of: page)
    let like = others.filter { other in
      other.rows.contains { $0.edge == row.edge && near($0, row) && isLike($0, row) }
    }
    return like.count >= Self.needed(others) && !Self.areMostlyBare(like + [page]) ? .running : nil
  }

  /// Pages that say other things, where there are enough: a slide that says where the talk stands comes again as a whole,
  /// and all its rows with it.
  private static func withoutCopies(_ window: [SeenPage], of page: SeenPage) -> [SeenPage] {
    let others = window.filter { $0.text != page.text }
    return others.count >= leastOthers ? others : window
  }

  private static let leastOthers = 3  // pages

  /// How many pages bear a finding out.
  private static func needed(_ window: [SeenPage]) -> Int { window.count < 3 ? 1 : 2 }

  /// Cards, labels and test pages: the line that they all bear is their text.
  private static func areMostlyBare(_ pages: [SeenPage]) -> Bool { 2 * pages.count(where: \.isBare) > pages.count }

  private func near(_ a: FurnitureRow, _ b: FurnitureRow) -> Bool { abs(a.height - b.height) <= Self.sameHeight }

  private func isLike(_ a: FurnitureRow, _ b: FurnitureRow) -> Bool {
    // "Chapter 2" over the first page of a chapter, "Chapter 3" over that of the next.
    if a.opensPart || b.opensPart { return a.key == b.key && a.number != nil && a.number == b.number }
    if a.date != nil || b.date != nil { return a.date == b.date }
    if a.key == b.key { return true }
    let enough = min(a.letters, b.letters) >= Self.leastLikeLetters
    return enough && (a.likeness ^ b.likeness).nonzeroBitCount <= Self.fewBits
  }

  private func position(of page: Int) -> Int? {
    var low = 0
    var high = pages.count
    while low < high {
      let middle = (low + high) / 2
      if pages[middle].number < page { low = middle + 1 } else { high = middle }
    }
    return low < pages.count && pages[low].number == page ? low : nil
  }
}
