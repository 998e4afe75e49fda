import CanonicalJSON
import Checkpoints
import StageKit

/// What came of running a bundle's job anew.
package struct BundleProof: Codable, Sendable, Hashable {
  package let job: JobID
  package let name: String
  /// Units that both have.
  package let units: Int
  /// Of those, the ones with equal content.
  package let equal: Int
  /// Of those, the ones whose checkpoint files are the same to the byte.
  package let identical: Int
  /// Pins of the bundle, each applied in the run.
  package let pins: Int
  /// The first that is not equal, by stage, then page; nil where all are.
  package let divergence: BundleDivergence?
  /// What the equal ones were made with that is not the same here: it did not matter.
  package let harmless: [KeyRecipe.Difference]
  package let seconds: Double

  package var isProven: Bool { divergence == nil && units > 0 }

  package init(
    job: JobID, name: String, units: Int, equal: Int, identical: Int, pins: Int, divergence: BundleDivergence?,
    harmless: [KeyRecipe.Difference], seconds: Double
  ) {
    self.job = job
    self.name = name
    self.units = units
    self.equal = equal
    self.identical = identical
    self.pins = pins
    self.divergence = divergence
    self.harmless = harmless
    self.seconds = seconds
  }
}
