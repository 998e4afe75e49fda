import Checkpoints
import Ledger
import StageKit

/// A leased unit with all that a worker needs for it.
struct Assignment: Sendable {
  let lease: Lease
  var order: UnitOrder
  /// Upstream checkpoints by the names in the order.
  let inputs: [UnitID: CheckpointRecord]
  let limits: UnitLimits
  let control: UnitControl
  /// The unit's row as it was before the lease.
  let row: UnitRecord
  /// Whether its artifact may serve only jobs that have opened the source themselves.
  let isEncrypted: Bool
  /// Whose worker may run it.
  let tenant: WorkerTenant

  var unit: UnitID { order.unit }
}
