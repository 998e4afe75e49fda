import StageKit

/// How a unit ended for this run of its job.
enum UnitEnd: Sendable, Hashable {
  case done(UnitResult)
  case gap(GapCode)
  /// Failed for good, and the stage's work cannot be missing.
  case failed(StageFailure)
}
