import Checkpoints
import StageKit

/// Reads names of closed sets as typed, and names the nearest where one is wrong.
enum ClosedName {
  /// `md,html`, in the order of `ExportFormat` and without repetition.
  ///
  /// - Parameter lists: each value of a repeated `--format`.
  static func formats(_ lists: [String]) throws(StageFailure) -> [ExportFormat] {
    var formats: Set<ExportFormat> = []
    for name in lists.flatMap({ $0.split(separator: ",", omittingEmptySubsequences: false) }) {
      formats.insert(try format(name.trimmed))
    }
    return ExportFormat.allCases.filter(formats.contains)
  }

  static func format(_ name: String) throws(StageFailure) -> ExportFormat {
    if let format = ExportFormat(rawValue: name.lowercased()) { return format }
    let names = ExportFormat.allCases.map(\.rawValue)
    let nearest = aliases[name.lowercased()] ?? NearestName.of(name, in: names)
    throw StageFailure(
      .unknownFormat, "There is no format \"\(name)\".",
      hint: suggestion(nearest, from: names))
  }

  /// What people call formats whose own names are far from it.
  private static let aliases = ["markdown": "md", "text": "txt", "plain": "txt", "jsonl": "chunks", "table": "csv"]

  /// `reading-order`, or as in a job's tree, `09-reading-order`.
  static func stage(_ name: String) throws(StageFailure) -> StageID {
    let name = name.trimmed
    if let stage = StageID.allCases.first(where: { $0.rawValue == name.lowercased() || $0.folder == name.lowercased() })
    {
      return stage
    }
    let names = StageID.allCases.map(\.rawValue)
    throw StageFailure(
      .unknownStage, "There is no stage \"\(name)\".",
      hint: suggestion(NearestName.of(name, in: names), from: names))
  }

  static func state(_ name: String) throws(StageFailure) -> JobState {
    if let state = JobState(rawValue: name.trimmed.lowercased()) { return state }
    let names = JobState.allCases.map(\.rawValue)
    throw .usage(
      "There is no state \"\(name)\".", hint: suggestion(NearestName.of(name, in: names), from: names))
  }

  static func pages(_ text: String) throws(StageFailure) -> PageSelection {
    guard let pages = PageSelection(text) else {
      throw .usage("\"\(text)\" is no list of pages.", hint: "Write 1-5,9 or 3- for all from the third.")
    }
    return pages
  }

  private static func suggestion(_ nearest: String?, from names: [String]) -> String {
    nearest.map { "Did you mean \($0)?" } ?? "There are \(names.joined(separator: ", "))."
  }
}

extension StringProtocol {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
