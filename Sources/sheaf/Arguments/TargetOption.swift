import ArgumentParser
import StageKit

/// Where results are delivered.
struct TargetOption: ParsableArguments {
  @Option(
    name: .customLong("out"),
    help: ArgumentHelp(
      "The folder for results, made if needed. Default: the current folder. - writes the one result to standard output, without pictures.",
      valueName: "dir"),
    completion: .directory)
  var path: String?

  var target: ResultTarget { ResultTarget(path) }

  /// Sees that standard output is asked to take one result at most.
  ///
  /// - Throws: `StageFailure` with `invalid_request`.
  func check(json: Bool, documents: Int, formats: [ExportFormat]) throws(StageFailure) {
    guard target == .standardOutput else { return }
    if json {
      throw .usage("Standard output cannot take both events and the result.", hint: "Leave out --json or --out -.")
    }
    guard documents <= 1, formats.count <= 1 else {
      throw .usage("Standard output takes one result.", hint: "Give a folder with --out.")
    }
  }
}
