import DocumentModel

/// What is remembered of a row near a page's edge: a few dozen bytes, whatever it says.
struct FurnitureRow: Sendable {
  enum Edge: Sendable { case top, bottom }

  let edge: Edge
  /// 0 for the outermost row.
  let rank: Int
  /// The baseline as a share of the page's height.
  let height: Double
  /// Of the text with numbers folded; equal texts have equal keys.
  let key: UInt64
  /// A fingerprint in which similar texts differ in few bits: recognition misreads a letter here and there.
  let likeness: UInt64
  let letters: Int
  /// The fingerprint of a date that is all the row says: of numbers alone only the same ones are alike.
  let date: UInt64?
  let size: Double
  let number: PageNumberText?
  /// Whether the next row inwards stands clearly apart.
  let isApart: Bool
  /// Whether it is parted like the next two rows and as close to them as they stand: the names of a table's columns, or a
  /// row of a table that goes on from the page before, which differs from others in numbers only.
  let isOfTable: Bool

  /// Whether it opens a chapter: "Chapter 3" in larger type, or "CHAPTER" alone, says no more on any page.
  let opensPart: Bool

  static let rowsPerEdge = 4
  private static let larger = 1.15  // of the page's text
  private static let zone = 0.2  // of the page's height: running lines stand in the outer fifth
  private static let apart = 1.55  // ems between baselines: more than the leading of running text

  /// The rows at both edges of a page, outermost first.
  static func candidates(_ rows: [TextRow], height: Double) -> [FurnitureRow] {
    guard height > 0 else { return [] }
    var found: [FurnitureRow] = []
    let sizes = rows.map(\.size).sorted()
    let usual = sizes.isEmpty ? 0 : sizes[sizes.count / 2]
    for (edge, ordered) in [(Edge.top, rows), (.bottom, rows.reversed())] {
      for (rank, row) in ordered.prefix(rowsPerEdge).enumerated() {
        let share = row.baseline / height
        guard edge == .top ? share < zone : share > 1 - zone else { break }
        // Entries of contents are mostly dots, and so alike from page to page.
        if ContentsRows.leadsToPage(row) { continue }
        found.append(
          FurnitureRow(
            row, edge: edge, rank: rank, height: share, following: ordered.dropFirst(rank + 1).prefix(2),
            isLarge: row.size > larger * usual))
      }
    }
    return found
  }

  /// - Parameter following: the next rows inwards.
  private init(
    _ row: TextRow, edge: Edge, rank: Int, height: Double, following: ArraySlice<TextRow>, isLarge: Bool
  ) {
    self.edge = edge
    opensPart = HeadingRule.isPartAlone(row.words) ? isLarge : HeadingRule.isPartName(row.words)
    self.rank = rank
    self.height = height
    let folded = FoldedText(row.words)
    (key, likeness, letters) = (folded.key, folded.likeness, folded.letters)
    date = FoldedText.date(row.words)
    size = row.size
    number = PageNumberText(words: row.words)
    isOfTable = Self.isOfTable(row, following)
    isApart = following.first.map { abs($0.baseline - row.baseline) > Self.apart * max($0.size, row.size) } ?? true
  }

  private static func isOfTable(_ row: TextRow, _ following: ArraySlice<TextRow>) -> Bool {
    guard let next = following.first, let third = following.dropFirst().first else { return false }
    let (gap, nextGap) = (abs(next.baseline - row.baseline), abs(third.baseline - next.baseline))
    guard gap <= sameGap * nextGap else { return false }
    let starts = [row, next, third].map { $0.cells(gap: cellGap).map(\.left) }
    guard starts[0].count > 1 else { return false }
    return starts.dropFirst().allSatisfy { others in
      starts[0].dropFirst().contains { start in
        others.dropFirst().contains { abs($0 - start) <= sameStart * row.size }
      }
    }
  }

  private static let cellGap = 1.5  // ems
  private static let sameStart = 0.5  // ems by which cells of a column begin apart
  private static let sameGap = 1.3  // of the white between the next rows
}
