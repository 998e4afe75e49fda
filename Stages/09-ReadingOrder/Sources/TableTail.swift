import Contracts
import DocumentModel

/// A table at the foot of a page that may go on at the head of the next: all that is kept of it.
struct TableTail {
  let entry: Int
  let page: Int
  private let columns: Int
  /// The first table's header rows as text, without spaces.
  private let header: [String]
  private let edges: [Double]
  private let width: Double
  private let left: Double
  private let reachesFoot: Bool
  private let end: RowEnd

  init?(_ element: Element, entry: Int, page: Int, output: AssemblyOutput) {
    guard let table = element.table else { return nil }
    self.entry = entry
    self.page = page
    columns = table.columns
    header = Self.header(table)
    edges = Self.edges(table, element.box)
    width = element.box.width
    left = element.box.left
    reachesFoot = element.box.bottom >= Self.foot * output.size.height
    end = RowEnd(table)
  }

  /// The same table, now ending on a later page.
  private init(_ first: TableTail, page: Int, reachesFoot: Bool, end: RowEnd) {
    self.end = end
    entry = first.entry
    columns = first.columns
    header = first.header
    edges = first.edges
    width = first.width
    left = first.left
    self.page = page
    self.reachesFoot = reachesFoot
  }

  /// How the first table of the next page continues this one; nil where it is another table.
  func join(_ next: Element, captions: [Element], output: AssemblyOutput) -> ReadingEntry.Join? {
    guard reachesFoot, let table = next.table, table.columns == columns,
      next.box.top <= Self.head * output.size.height, captions.allSatisfy({ ContinuedCaption.says($0.text) })
    else { return nil }
    let repeated = Self.header(table)
    // Two names and more that stand again word for word say more than places do, which move with what stands in the cells.
    if repeated == header, repeated.count(where: { $0.last != ":" }) >= Self.leastNames {
      return end.goesOn(in: table) ? .cellsRepeatingHeader : .rowsRepeatingHeader
    }
    guard abs(next.box.width - width) <= Self.drift * max(width, 1) else { return nil }
    let other = Self.edges(table, next.box)
    guard zip(edges, other).allSatisfy({ abs($0 - $1) <= Self.drift }) else { return nil }
    let goesOn = end.goesOn(in: table)
    if repeated.isEmpty { return goesOn ? .cells : .rows }
    guard repeated == header else { return nil }
    return goesOn ? .cellsRepeatingHeader : .rowsRepeatingHeader
  }

  func continued(by next: Element, _ join: ReadingEntry.Join, page: Int, output: AssemblyOutput) -> TableTail {
    TableTail(
      self, page: page, reachesFoot: next.box.bottom >= Self.foot * output.size.height,
      end: next.table.map { RowEnd($0, after: end, mends: join.mendsRow) } ?? end)
  }

  private static func header(_ table: ElementTable) -> [String] {
    table.cells.filter { $0.row < table.headerRows }
      .map { "\($0.row),\($0.column):" + $0.text.filter { !$0.isWhitespace }.lowercased() }
  }

  /// Where columns begin, as shares of the table's width; a column that no cell begins counts as evenly placed.
  private static func edges(_ table: ElementTable, _ box: BoundingBox) -> [Double] {
    var sums = Array(repeating: (sum: 0.0, count: 0.0), count: max(0, min(table.columns, mostColumns)))
    for cell in table.cells where sums.indices.contains(cell.column) && cell.columnSpan == 1 {
      sums[cell.column].sum += cell.box.left
      sums[cell.column].count += 1
    }
    return sums.enumerated().map { index, place in
      guard place.count > 0, box.width > 0 else { return Double(index) / Double(max(table.columns, 1)) }
      return (place.sum / place.count - box.left) / box.width
    }
  }

  private static let foot = 0.6  // of the page's height: a table that goes on fills its page, but for notes
  private static let head = 0.4  // of the page's height: it goes on at the top, below a header at most
  private static let drift = 0.06  // of the table's width: unruled columns move with their contents
  private static let leastNames = 2  // of columns: a single one may head many tables
  private static let mostColumns = 512
}
