import Checkpoints
import Ledger
import StageKit

/// The first unit of a bundle that came out otherwise, and what differed with it.
package struct BundleDivergence: Codable, Sendable, Hashable {
  package let unit: UnitID
  package let oldState: UnitState
  package let newState: UnitState?
  package let old: Digest?
  package let new: Digest?
  /// In what it was made of: `engines.tesseract`, `version`, `recorded.cpu`, `recorded.fonts` …; empty where nothing
  /// that is recorded differs.
  package let differences: [KeyRecipe.Difference]
  package let failure: StageFailure?

  package init(
    unit: UnitID, oldState: UnitState, newState: UnitState?, old: Digest?, new: Digest?,
    differences: [KeyRecipe.Difference], failure: StageFailure?
  ) {
    self.unit = unit
    self.oldState = oldState
    self.newState = newState
    self.old = old
    self.new = new
    self.differences = differences
    self.failure = failure
  }
}
