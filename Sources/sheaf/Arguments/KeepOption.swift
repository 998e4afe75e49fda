import ArgumentParser
import Checkpoints
import StageKit

/// How many replaced versions of each checkpoint a job keeps; stays with the job.
struct KeepOption: ParsableArguments {
  @Option(
    name: .customLong("keep"),
    help: ArgumentHelp(
      "Replaced versions to keep of each checkpoint, from now on. Default: \(JobSettings.keptByDefault).",
      valueName: "n"))
  var keep: Int?

  private static let most = 1000  // versions: the links of one page's history still fit on some screens

  /// - Throws: `StageFailure` with `invalid_request`.
  func count() throws(StageFailure) -> Int? {
    guard let keep else { return nil }
    guard (0...Self.most).contains(keep) else { throw .usage("--keep takes 0 to \(Self.most).") }
    return keep
  }
}
