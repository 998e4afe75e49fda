import Checkpoints
import StageKit

/// A page image whose file may go: the ledger has noted that, and the unit that made it makes the same again.
package struct DroppedRaster: Sendable, Hashable {
  /// A place in the tree of a job.
  package struct Place: Sendable, Hashable {
    package let job: JobID
    package let unit: UnitID
  }

  package let name: String
  package let object: ObjectReference
  /// Where jobs have links to it.
  package let places: [Place]
}

/// What a step of dropping came to.
package struct DroppedRasters: Sendable, Hashable {
  package let files: [DroppedRaster]
  /// Where the next step goes on; nil where there is no more.
  package let last: UnitID?
}
