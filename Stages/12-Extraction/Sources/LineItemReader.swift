import Contracts
import DocumentModel

/// Reads the positions of an invoice from its tables, or from the lines below a row of heads.
struct LineItemReader {
  private let names: LineItemNames
  private let sums: ItemSums

  init(_ lists: LineItemNames.Lists, _ template: Template) {
    names = LineItemNames(lists)
    sums = ItemSums(template)
  }

  func items(_ table: ElementTable, _ id: ElementID) -> [ItemReading] {
    ItemGrid(table, id).map { items($0) } ?? []
  }

  /// The rows of a page that name columns of positions.
  func heads(_ page: PageText) -> [Range<Int>] {
    page.rows.indices.compactMap { ItemHead(page, row: $0, names: names)?.rows }
  }

  /// The positions that a page's lines tell, whatever tables were seen.
  func items(_ page: PageText) -> [ItemReading] {
    ItemLines(page, names: names, sums: sums).grids.flatMap { items($0) }
  }

  /// The positions of a page without names of columns, which add up to a sum of the document.
  func unnamed(_ page: PageText, totals: [Int]) -> [ItemReading] { UnnamedItems(sums).items(page, totals: totals) }

  private func items(_ grid: ItemGrid) -> [ItemReading] {
    // Sums below the positions would tell wrong what a column holds.
    let body = sums.positions(grid.rows)
    let rows = body.map { row in
      Dictionary(row.filter { !$0.text.isEmpty }.map { ($0.column, Scalars($0.text)) }) { first, _ in first }
    }
    let named = grid.heads.compactMapValues { names.column($0) }
    guard !body.isEmpty, let columns = LineItemColumns(heads: named, rows: rows, width: grid.width) else { return [] }
    return sums.withoutTotals(body.compactMap { item($0, columns, grid) })
  }

  private func item(_ cells: [ItemGrid.Cell], _ columns: LineItemColumns, _ grid: ItemGrid) -> ItemReading? {
    func text(_ column: Int?) -> Scalars? {
      column.flatMap { wanted in cells.first { $0.column <= wanted && wanted < $0.column + $0.columnSpan } }
        .map { Scalars($0.text) }
    }
    guard let wanted = columns.description,
      let description = cells.first(where: { $0.column <= wanted && wanted < $0.column + $0.columnSpan }),
      description.text.contains(where: \.isLetter)
    else { return nil }
    var amount = text(columns.amount).flatMap(ItemNumber.priced)
    var price = text(columns.unitPrice).flatMap(ItemNumber.priced)
    let quantity = text(columns.quantity).flatMap(ItemNumber.counted)
    // Price and amount that share a cell stand in this order.
    if columns.amount == nil || columns.unitPrice == nil, let shared = text(columns.amount ?? columns.unitPrice),
      let pair = ItemNumber.pair(shared)
    {
      (price, amount) = pair
    }
    guard amount != nil || price != nil else { return nil }
    let box = cells.map(\.box).union() ?? description.box
    let read = Self.settled(quantity, price, amount)
    let item = LineItem(
      description: description.text, quantity: read.quantity, unitPrice: read.price, amount: amount?.decimal,
      provenance: Provenance(page: grid.page, box: box, element: grid.element, words: cells.flatMap(\.words)))
    return ItemReading(
      item: item, isBare: (columns.quantity != nil || columns.unitPrice != nil) && quantity == nil && price == nil,
      isProven: read.isProven)
  }

  /// Quantity and price as they multiply to the amount: "20,000" of 4.55 for 91.00 are twenty.
  private static func settled(_ quantity: ItemNumber?, _ price: ItemNumber?, _ amount: ItemNumber?) -> (
    quantity: String?, price: String?, isProven: Bool
  ) {
    guard let quantity, let price, let amount, let (q, p) = ItemNumber.agreeing(quantity, price, amount) else {
      return (quantity?.decimal, price?.decimal, false)
    }
    return (quantity.reading(q), price.reading(p), true)
  }
}
