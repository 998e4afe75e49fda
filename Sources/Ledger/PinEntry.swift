import Checkpoints
import StageKit

/// A unit's checkpoint that a person edited: it stands in for what the stage makes, in this job only.
package struct PinEntry: Codable, Sendable, Hashable {
  package let job: JobID
  package let unit: UnitID
  /// Content digest of the checkpoint that was edited; nil where the unit had none.
  package let basedOn: Digest?
  /// Content digest of the pin: what enters the keys below.
  package let content: Digest
  /// File digest of the pin's checkpoint: its name in the object store.
  package let object: Digest
  /// As the command line or the server knows the person.
  package let who: String
  /// Seconds since 1970, as in the pin's file.
  package let at: Double
  package let why: String

  package init(
    job: JobID, unit: UnitID, basedOn: Digest?, content: Digest, object: Digest, who: String, at: Double, why: String
  ) {
    self.job = job
    self.unit = unit
    self.basedOn = basedOn
    self.content = content
    self.object = object
    self.who = who
    self.at = at
    self.why = why
  }
}
