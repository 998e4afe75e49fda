import Contracts
import DocumentModel

/// Reads the positions of an invoice from its tables.
struct LineItemReader {
  private let names: LineItemNames

  init(_ lists: LineItemNames.Lists) { names = LineItemNames(lists) }

  func items(_ table: ElementTable, _ id: ElementID) -> [LineItem] {
    guard table.columns >= 2 else { return [] }
    var cells: [Int: [ElementCell]] = [:]
    for cell in table.cells { cells[cell.row, default: []].append(cell) }
    let headers = table.headerRows > 0 ? table.headerRows : Self.isPosition(cells[0] ?? []) ? 0 : 1
    let body = cells.keys.filter { $0 >= headers }.sorted().prefix(Self.most).map { cells[$0] ?? [] }
    var heads: [Int: String] = [:]
    for cell in table.cells.sorted(by: { ($0.column, $0.row) < ($1.column, $1.row) }) where cell.row < headers {
      heads[cell.column, default: ""] += " " + cell.text
    }
    let rows = body.map { row in
      Dictionary(row.filter { !$0.text.isEmpty }.map { ($0.column, Scalars($0.text)) }) { first, _ in first }
    }
    let named = heads.compactMapValues { names.column($0) }
    guard !body.isEmpty, let columns = LineItemColumns(heads: named, rows: rows, width: table.columns) else {
      return []
    }
    return body.compactMap { item($0, columns, id) }
  }

  /// A first row that no one marked as head and that has two amounts is a position.
  private static func isPosition(_ cells: [ElementCell]) -> Bool {
    cells.count { AmountScanner.amounts(in: Scalars($0.text)).contains { $0.decimals == 2 } } >= 2
  }

  private func item(_ cells: [ElementCell], _ columns: LineItemColumns, _ id: ElementID) -> LineItem? {
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
    // Sums below the positions span the row or have no quantity and no price.
    if columns.quantity != nil || columns.unitPrice != nil, quantity == nil, price == nil { return nil }
    let box = cells.map(\.box).union() ?? description.box
    let read = Self.settled(quantity, price, amount)
    return LineItem(
      description: description.text, quantity: read.quantity, unitPrice: read.price, amount: amount?.decimal,
      provenance: Provenance(page: id.page, box: box, element: id, words: cells.flatMap { $0.runs.flatMap(\.words) }))
  }

  /// Quantity and price as they multiply to the amount: "20,000" of 4.55 for 91.00 are twenty.
  private static func settled(_ quantity: ItemNumber?, _ price: ItemNumber?, _ amount: ItemNumber?) -> (
    quantity: String?, price: String?
  ) {
    guard let quantity, let price, let amount, let (q, p) = ItemNumber.agreeing(quantity, price, amount) else {
      return (quantity?.decimal, price?.decimal)
    }
    return (quantity.reading(q), price.reading(p))
  }

  private static let most = 2_000  // rows of a table
}
