import Contracts
import DocumentModel

/// Reads tables of labels with their values as pairs: two columns, several times two, or labels above their values.
struct TablePairs {
  private let table: ElementTable
  private let element: Element
  private let id: ElementID
  /// By row, then by column.
  private let cells: [[Int: ElementCell]]

  /// - Parameter isForm: whether the document is a form, so that what looks like a row of heads is none.
  static func pairs(_ table: ElementTable, of element: Element, _ id: ElementID, isForm: Bool = false) -> [KeyValuePair]
  {
    guard table.columns >= 2, table.columns <= mostColumns, table.rows <= mostRows else { return [] }
    let reader = TablePairs(table, element, id)
    if table.columns == 2, table.headerRows == 0 { return reader.beside() }
    guard table.headerRows == 0 || isForm else { return [] }
    if isForm, reader.isAbove { return reader.above() }
    return reader.isBeside ? reader.beside() : []
  }

  private init(_ table: ElementTable, _ element: Element, _ id: ElementID) {
    (self.table, self.element, self.id) = (table, element, id)
    var rows = [[Int: ElementCell]](repeating: [:], count: max(0, table.rows))
    for cell in table.cells where cell.rowSpan == 1 && cell.columnSpan == 1 && rows.indices.contains(cell.row) {
      rows[cell.row][cell.column] = cell
    }
    cells = rows
  }

  /// Labels in every other column, the value to the right of each.
  private func beside() -> [KeyValuePair] {
    cells.flatMap { row in
      stride(from: 0, to: table.columns - 1, by: 2).compactMap { pair(row[$0], row[$0 + 1]) }
    }
  }

  /// Labels in every other row, the value below each.
  private func above() -> [KeyValuePair] {
    stride(from: 0, to: cells.count - 1, by: 2).flatMap { row in
      (0..<table.columns).compactMap { pair(cells[row][$0], cells[row + 1][$0]) }
    }
  }

  private var isBeside: Bool {
    table.columns % 2 == 0 && isLabelled(at: { $1 % 2 == 0 })
  }

  private var isAbove: Bool {
    cells.count % 2 == 0 && cells.count >= Self.fewestRows && isLabelled(at: { row, _ in row % 2 == 0 })
  }

  /// Whether all cells at some places are words, no two alike, and the others are values of more than one kind, not
  /// counting what may be a head.
  private func isLabelled(at isLabel: (Int, Int) -> Bool) -> Bool {
    var labels: [String] = []
    var kinds: Set<Kind> = []
    for (row, line) in cells.enumerated() {
      for (column, cell) in line.sorted(by: { $0.key < $1.key }) {
        let text = cell.text.trimmed
        if text.isEmpty { continue }
        if isLabel(row, column) {
          guard PlacedPairs.mayBeLabel(text) else { return false }
          labels.append(text)
        } else if row >= table.headerRows {
          kinds.insert(Kind(text))
        }
      }
    }
    // Where no value has a digit, rows and columns of words say nothing of which is which.
    return labels.count >= Self.fewestRows && Set(labels).count == labels.count && kinds.count > 1
  }

  /// What a value may be; columns of a list hold one of these.
  private enum Kind {
    case words, number, mixed

    init(_ text: String) {
      let letters = text.contains(where: \.isLetter)
      self = letters ? text.contains(where: \.isNumber) ? .mixed : .words : .number
    }
  }

  private func pair(_ label: ElementCell?, _ value: ElementCell?) -> KeyValuePair? {
    guard let label, let value else { return nil }
    let name = label.text.trimmed
    let text = value.text.trimmed
    // A label with a colon inside or behind is read from the lines already.
    guard !name.isEmpty, !text.isEmpty, !name.contains(":"), name.contains(where: \.isLetter),
      name.count <= Self.longest
    else { return nil }
    return KeyValuePair(
      label: name, value: text, labelProvenance: provenance(label), valueProvenance: provenance(value),
      confidence: Score(0.8 * element.confidence.value))
  }

  private func provenance(_ cell: ElementCell) -> Provenance {
    Provenance(page: id.page, box: cell.box, element: id, words: cell.runs.flatMap(\.words))
  }

  private static let mostRows = 200
  private static let mostColumns = 6  // three labels with their values
  private static let fewestRows = 3  // labels: of two one may be a row of heads
  private static let longest = 60  // letters of a label
}

extension String {
  /// Without spaces at both ends.
  fileprivate var trimmed: String {
    var part = self[...]
    while part.first?.isWhitespace ?? false { part.removeFirst() }
    while part.last?.isWhitespace ?? false { part.removeLast() }
    return String(part)
  }
}
