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
  let number: PageNumberText?
  /// Whether the next row inwards stands clearly apart.
  let isApart: Bool

  static let rowsPerEdge = 4
  private static let zone = 0.2  // of the page's height: running lines stand in the outer fifth
  private static let apart = 1.55  // ems between baselines: more than the leading of running text

  /// The rows at both edges of a page, outermost first.
  static func candidates(_ rows: [TextRow], height: Double) -> [FurnitureRow] {
    guard height > 0 else { return [] }
    var found: [FurnitureRow] = []
    for (edge, ordered) in [(Edge.top, rows), (.bottom, rows.reversed())] {
      for (rank, row) in ordered.prefix(rowsPerEdge).enumerated() {
        let share = row.baseline / height
        guard edge == .top ? share < zone : share > 1 - zone else { break }
        let next = rank + 1 < ordered.count ? ordered[rank + 1] : nil
        found.append(FurnitureRow(row, edge: edge, rank: rank, height: share, next: next))
      }
    }
    return found
  }

  private init(_ row: TextRow, edge: Edge, rank: Int, height: Double, next: TextRow?) {
    self.edge = edge
    self.rank = rank
    self.height = height
    let folded = FoldedText(row.words)
    (key, likeness, letters) = (folded.key, folded.likeness, folded.letters)
    number = PageNumberText(words: row.words)
    isApart = next.map { abs($0.baseline - row.baseline) > Self.apart * max($0.size, row.size) } ?? true
  }
}
