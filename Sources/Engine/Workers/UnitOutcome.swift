import Checkpoints
import Ledger
import StageKit

/// How an attempt went, and what it used.
struct UnitOutcome: Sendable {
  enum Ending: Sendable {
    /// The report, and the attempt's files it speaks of.
    case finished(UnitReport, [AttemptFile])
    /// A failure that the stage told, and the input it had asked for last.
    case failed(StageFailure, lastInput: Digest?)
    /// The page that a stage over the document was about to touch, where it told.
    case died(UnitDeath, entering: Int?)
    case stopped(UnitControl.Reason)
  }

  let ending: Ending
  /// Of the files that it has made.
  var digests: [Digest] {
    if case .finished(_, let files) = ending { files.map(\.digest) } else { [] }
  }
  /// How many files it has made.
  var fileCount: Int { if case .finished(_, let files) = ending { files.count } else { 0 } }
  var use = AttemptUse()
}
