import Contracts
import DocumentModel

/// Reads what may be positions from the lines below a row of heads, without asking what tables were seen.
struct ItemLines {
  private(set) var grids: [ItemGrid] = []
  private let page: PageText
  private let names: LineItemNames
  private let sums: ItemSums

  init(_ page: PageText, names: LineItemNames, sums: ItemSums) {
    self.page = page
    self.names = names
    self.sums = sums
    var row = 0
    while row < page.rows.count, grids.count < Self.mostGrids {
      guard let head = ItemHead(page, row: row, names: names) else {
        row += 1
        continue
      }
      let (grid, end) = read(head, from: head.rows.upperBound)
      if let grid { grids.append(grid) }
      row = max(end, head.rows.upperBound)
    }
  }

  /// The rows below a head until the sums end them, text does, or another head.
  private func read(_ head: ItemHead, from start: Int) -> (grid: ItemGrid?, end: Int) {
    let head = head.widened(by: page.rows[start...].prefix(Self.mostRowsSeen).map { page.words(in: $0) })
    var rows: [[ItemGrid.Cell]] = []
    var bottom = head.box.bottom
    var row = start
    while row < page.rows.count, rows.count < Self.mostRows {
      let words = page.words(in: page.rows[row])
      guard let top = words.map(\.box.top).min(), let end = words.map(\.box.bottom).max() else { break }
      let height = max(1, end - top)
      if top - bottom > Self.mostGap * height || ItemHead(page, row: row, names: names) != nil { break }
      let cells = head.cells(words)
      let hasAmount = cells.contains {
        head.isAmount($0.column) && !AmountScanner.amounts(in: Scalars($0.text)).isEmpty
      }
      if !hasAmount {
        if isProse(words, head) { break }
        // What stands right below a position's text goes on with it.
        if cells.contains(where: { $0.column == head.description }), let last = rows.indices.last,
          top - bottom < Self.leading * height
        {
          for more in cells { Self.append(more, to: &rows[last]) }
          bottom = end
        }
        row += 1
        continue
      }
      bottom = end
      row += 1
      // Sums at the end close the list; sums carried over from the page before do not.
      if sums.isSum(cells) {
        if rows.isEmpty { continue }
        break
      }
      rows.append(cells)
    }
    guard !rows.isEmpty else { return (nil, row) }
    let heads = Dictionary(uniqueKeysWithValues: head.columns.enumerated().map { ($0, $1.text) })
    return (ItemGrid(page: page.number, element: nil, heads: heads, width: head.columns.count, rows: rows), row)
  }

  /// A line of words across the columns is no position, nor part of one.
  private func isProse(_ words: [PageText.PlacedWord], _ head: ItemHead) -> Bool {
    let left = words.map(\.box.left).min() ?? 0
    let right = words.map(\.box.right).max() ?? 0
    return words.count >= Self.prose && right - left > Self.across * head.box.width
      && words.count { $0.text.contains(where: \.isLetter) } * 4 > words.count * 3
  }

  private static func append(_ more: ItemGrid.Cell, to row: inout [ItemGrid.Cell]) {
    guard let at = row.firstIndex(where: { $0.column == more.column }) else { return }
    row[at].text += " " + more.text
    row[at].words += more.words
    row[at].box = row[at].box.union(more.box)
  }

  private static let mostGrids = 6
  private static let mostRows = 500
  private static let mostRowsSeen = 40  // to tell where the descriptions begin
  private static let mostGap = 8.0  // heights of a row between two positions: more ends the list
  private static let leading = 1.0  // heights of a row between lines of one text
  private static let prose = 7  // words
  private static let across = 0.7  // of the heads' width
}
