import Checkpoints
import Ledger
import StageKit

/// What the engine tells those who watch it.
package enum EngineEvent: Sendable {
  /// A numbered transition, stored before it is told. A watcher that finds a number missing reads the ledger.
  case transition(JobEvent)
  /// How far a running unit has come, 0…1; never stored.
  case tick(JobID, UnitID, Double)
  /// How many units of each stage the job's plan has now (again after ingest, and after a rerun).
  case planned(JobID, [StageID: Int])
  /// The job was deleted.
  case removed(JobID)
}
