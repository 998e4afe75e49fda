import StageKit

/// One try of a unit.
package struct AttemptRecord: Codable, Sendable, Hashable {
  package let unit: UnitID
  package let attempt: Int
  package let key: Digest
  package let fence: Int64
  package let owner: String
  /// Seconds since 1970.
  package let started: Double
  package var finished: Double?
  package var outcome: AttemptOutcome?
  package var use: AttemptUse
  /// The worker's process id, for people who look at logs.
  package var worker: Int?

  package init(
    unit: UnitID, attempt: Int, key: Digest, fence: Int64, owner: String, started: Double, finished: Double? = nil,
    outcome: AttemptOutcome? = nil, use: AttemptUse = AttemptUse(), worker: Int? = nil
  ) {
    self.unit = unit
    self.attempt = attempt
    self.key = key
    self.fence = fence
    self.owner = owner
    self.started = started
    self.finished = finished
    self.outcome = outcome
    self.use = use
    self.worker = worker
  }
}
