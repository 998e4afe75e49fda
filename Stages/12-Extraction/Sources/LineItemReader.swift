import Contracts
import DocumentModel

/// Reads the positions of an invoice from its tables, by the names of their columns.
struct LineItemReader {
  /// What the columns of line items are called, by what they hold.
  struct Names: Decodable, Sendable {
    let description: [String]
    let quantity: [String]
    let unitPrice: [String]
    let amount: [String]
  }

  private enum Column: Int { case description, quantity, unitPrice, amount }

  private let index: PhraseIndex
  private let owners: [Column]

  init(_ names: Names) {
    let lists: [(Column, [String])] = [
      (.description, names.description), (.quantity, names.quantity), (.unitPrice, names.unitPrice),
      (.amount, names.amount),
    ]
    index = PhraseIndex(lists.flatMap(\.1))
    owners = lists.flatMap { list in list.1.map { _ in list.0 } }
  }

  func items(_ table: ElementTable, _ id: ElementID) -> [LineItem] {
    let headers = max(1, table.headerRows)
    guard table.columns >= 2, table.rows > headers, let columns = columns(table, headers: headers) else { return [] }
    var rows: [Int: [ElementCell]] = [:]
    for cell in table.cells where cell.row >= headers { rows[cell.row, default: []].append(cell) }
    return rows.keys.sorted().prefix(Self.most).compactMap { item(rows[$0] ?? [], columns, id) }
  }

  /// Which column holds what; nil unless descriptions and amounts are among them.
  private func columns(_ table: ElementTable, headers: Int) -> [Column: Int]? {
    var columns: [Column: Int] = [:]
    for cell in table.cells.sorted(by: { ($0.column, $0.row) < ($1.column, $1.row) }) where cell.row < headers {
      let matches = index.matches(in: TextToken.tokens(of: cell.text))
      guard let best = matches.max(by: { $0.tokens.count < $1.tokens.count }) else { continue }
      let column = owners[best.phrase]
      // Of several columns of amounts the last is the row's own.
      if columns[column] == nil || column == .amount { columns[column] = cell.column }
    }
    return columns[.description] != nil && columns[.amount] ?? columns[.unitPrice] != nil ? columns : nil
  }

  private func item(_ cells: [ElementCell], _ columns: [Column: Int], _ id: ElementID) -> LineItem? {
    func cell(_ column: Column) -> ElementCell? {
      columns[column].flatMap { wanted in cells.first { $0.column <= wanted && wanted < $0.column + $0.columnSpan } }
    }
    guard let description = cell(.description), description.text.contains(where: \.isLetter) else { return nil }
    let amount = decimal(cell(.amount))
    let price = decimal(cell(.unitPrice))
    let quantity = number(cell(.quantity))
    guard amount != nil || price != nil else { return nil }
    // Sums below the positions span the row or have no quantity and no price.
    if columns[.quantity] != nil || columns[.unitPrice] != nil, quantity == nil, price == nil { return nil }
    let box = cells.map(\.box).union() ?? description.box
    return LineItem(
      description: description.text, quantity: quantity, unitPrice: price, amount: amount,
      provenance: Provenance(page: id.page, box: box, element: id, words: cells.flatMap { $0.runs.flatMap(\.words) }))
  }

  private func decimal(_ cell: ElementCell?) -> String? {
    cell.flatMap { AmountScanner.amounts(in: Scalars($0.text)).last?.decimal }
  }

  private func number(_ cell: ElementCell?) -> String? {
    guard let cell else { return nil }
    let text = Scalars(cell.text)
    guard let at = (0..<text.count).first(where: { text.isDigit($0) }) else { return nil }
    return NumberScanner.number(text, at: at)?.decimal
  }

  private static let most = 2_000  // rows of a table
}
