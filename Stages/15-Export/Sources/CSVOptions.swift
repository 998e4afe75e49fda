import CanonicalJSON
import StageKit

/// The options of the CSV export.
package struct CSVOptions: StageOptions {
  /// What parts the values of a row.
  enum Delimiter: String, Codable, Sendable, Hashable, CaseIterable {
    case comma, semicolon, tab

    var sign: Character {
      switch self {
      case .comma: ","
      case .semicolon: ";"
      case .tab: "\t"
      }
    }
  }

  var csvDelimiter = Delimiter.comma
  var csvRepeatMerged = false
  var csvGuard = false

  package init() {}

  package static let descriptors: [OptionDescriptor] = [
    .choice("csvDelimiter", Delimiter.comma, "What parts the values of a row in CSV."),
    .flag("csvRepeatMerged", false, "Repeat a merged cell's value at every place it covers in CSV."),
    .flag("csvGuard", false, "Put an apostrophe before CSV values that a spreadsheet would take for a formula."),
  ]
}
