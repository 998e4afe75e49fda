import Contracts
import DocumentModel

/// Reads tables of two columns, and cells that hold a label with its value, as pairs.
enum TablePairs {
  static func pairs(_ table: ElementTable, of element: Element, _ id: ElementID) -> [KeyValuePair] {
    guard table.columns == 2, table.headerRows == 0, table.rows <= mostRows else { return [] }
    var rows: [Int: [Int: ElementCell]] = [:]
    for cell in table.cells where cell.rowSpan == 1 && cell.columnSpan == 1 {
      rows[cell.row, default: [:]][cell.column] = cell
    }
    return rows.keys.sorted().compactMap { row in
      guard let label = rows[row]?[0], let value = rows[row]?[1] else { return nil }
      let name = label.text.trimmed
      let text = value.text.trimmed
      // A label with a colon inside or behind is read from the lines already.
      guard !name.isEmpty, !text.isEmpty, !name.contains(":"), name.contains(where: \.isLetter), name.count <= longest
      else { return nil }
      return KeyValuePair(
        label: name, value: text, labelProvenance: provenance(label, id), valueProvenance: provenance(value, id),
        confidence: Score(0.8 * element.confidence.value))
    }
  }

  private static func provenance(_ cell: ElementCell, _ id: ElementID) -> Provenance {
    Provenance(page: id.page, box: cell.box, element: id, words: cell.runs.flatMap(\.words))
  }

  private static let mostRows = 200
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
