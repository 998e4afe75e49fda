import StageKit

/// How a job is taken up besides going on where it stands.
struct JobResumption: Sendable {
  var retriesGaps = false
  var forced: Set<UnitID> = []
  /// In memory only.
  var password: String?
}
