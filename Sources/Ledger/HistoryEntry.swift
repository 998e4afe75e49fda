import Checkpoints
import StageKit

/// A checkpoint that once stood for a unit, or for a part, and was replaced.
package struct HistoryEntry: Codable, Sendable, Hashable {
  /// What replaced it.
  package enum Cause: String, Codable, Sendable, Hashable, CaseIterable {
    /// The stage yielded something else: other options, another version, another upstream.
    case rerun
    case edit
    case merge
    case unpin
    case restore
  }

  package let job: JobID
  /// Counts from 1 for the unit and its parts together, so a part's numbers may have gaps.
  package let number: Int
  package let cause: Cause
  /// Seconds since 1970; set by the ledger when it stores the entry.
  package var at: Double
  /// What stood there; it and its files are kept as long as the entry.
  package let record: CheckpointRecord
  /// Who had made it by hand, and why; nil where a stage had made it.
  package let who: String?
  package let why: String?

  package var unit: UnitID { record.unit }

  package init(
    job: JobID, number: Int, cause: Cause, at: Double = 0, record: CheckpointRecord, who: String? = nil,
    why: String? = nil
  ) {
    self.job = job
    self.number = number
    self.cause = cause
    self.at = at
    self.record = record
    self.who = who
    self.why = why
  }
}
