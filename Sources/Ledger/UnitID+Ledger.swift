import GRDB
import StageKit

extension UnitID {
  /// The unit's name in the ledger, sorting as the unit does: `05-regions`, `03-ocr/0000007`, `15-export/md`.
  var ledgerName: String {
    switch subject {
    case .document: stage.folder
    case .page(let page): stage.folder + "/" + Self.padded(page)
    case .format(let name): stage.folder + "/" + name
    }
  }

  /// - Returns: nil where the text is no `ledgerName`.
  init?(ledgerName text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let number = Int(parts[0].prefix(2)), StageID.allCases.indices.contains(number - 1) else { return nil }
    let stage = StageID.allCases[number - 1]
    guard stage.folder == parts[0] else { return nil }
    if parts.count == 1 {
      self.init(stage)
    } else if let page = Int(parts[1]), page > 0 {
      self.init(stage, .page(page))
    } else {
      self.init(stage, .format(String(parts[1])))
    }
  }

  /// At least seven digits: the most pages that a PDF reader opens is 8,388,607.
  private static func padded(_ page: Int) -> String {
    let digits = String(page)
    return String(repeating: "0", count: max(0, 7 - digits.count)) + digits
  }
}

extension UnitID: DatabaseValueConvertible {
  package var databaseValue: DatabaseValue { ledgerName.databaseValue }

  package static func fromDatabaseValue(_ value: DatabaseValue) -> UnitID? {
    String.fromDatabaseValue(value).flatMap(UnitID.init(ledgerName:))
  }
}
