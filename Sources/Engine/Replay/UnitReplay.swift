import Checkpoints
import StageKit

/// What became of one unit when its stage ran again over what is stored, beside what the job has.
package struct UnitReplay: Codable, Sendable, Hashable {
  package enum Verdict: String, Codable, Sendable, Hashable, CaseIterable {
    case equal
    case changed
    /// The job has nothing in its place: it was given up, or never came so far.
    case new
    case failed
    /// Not tried: what it needs is not there.
    case skipped
  }

  package let unit: UnitID
  package let verdict: Verdict
  /// What the job has.
  package let old: Digest?
  package let new: Digest?
  /// Pages whose parts are others, for a stage over the document that leaves a part per page.
  package let changedPages: [Int]
  /// Where the payloads differ; the most frequent first.
  package let changes: [PayloadChange]
  /// Of the attempt that made what the job has; nil where that is not on record.
  package let oldCost: UnitCost?
  package let newCost: UnitCost?
  package let failure: StageFailure?

  package init(
    unit: UnitID, verdict: Verdict, old: Digest? = nil, new: Digest? = nil, changedPages: [Int] = [],
    changes: [PayloadChange] = [], oldCost: UnitCost? = nil, newCost: UnitCost? = nil, failure: StageFailure? = nil
  ) {
    self.unit = unit
    self.verdict = verdict
    self.old = old
    self.new = new
    self.changedPages = changedPages
    self.changes = changes
    self.oldCost = oldCost
    self.newCost = newCost
    self.failure = failure
  }
}
