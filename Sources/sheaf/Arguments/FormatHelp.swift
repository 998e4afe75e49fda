import ArgumentParser
import StageKit

/// What help and completions say of the export formats.
enum FormatHelp {
  static let list = ExportFormat.allCases.map(\.rawValue).joined(separator: ",")

  static let completion = CompletionKind.list(ExportFormat.allCases.map(\.rawValue))
}
