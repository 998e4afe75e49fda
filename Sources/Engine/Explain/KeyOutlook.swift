import Checkpoints
import StageKit

/// What the worker that is installed today would make of the unit.
package struct KeyOutlook: Codable, Sendable, Hashable {
  package enum Verdict: String, Codable, Sendable, Hashable, CaseIterable {
    /// The key is what it would be today.
    case current
    /// A stage version, engine, rule or language data changed since: finished jobs keep what they have.
    case stale
    /// An option or something upstream changed and the unit has not run since.
    case outdated
    /// Upstream is open or lost, or the unit has left the plan.
    case unknown
    /// What its options ask for is not installed any more.
    case impossible
  }

  package let verdict: Verdict
  /// From what it was made of to what it would be made of.
  package let differences: [KeyRecipe.Difference]
  package let failure: StageFailure?

  package init(verdict: Verdict, differences: [KeyRecipe.Difference] = [], failure: StageFailure? = nil) {
    self.verdict = verdict
    self.differences = differences
    self.failure = failure
  }
}
