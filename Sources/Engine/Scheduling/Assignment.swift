import Checkpoints
import Ledger
import StageKit

/// A unit with all that a worker needs for it.
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
  /// The chain that it is in, by its first fence; 0 for none.
  var chain: Int64 = 0
  /// Whether it builds on what stands before it in its chain.
  var follows = false
  /// Where inputs lie that may not be in the store yet.
  var loose: [Digest: String] = [:]
  /// Seconds that the unit waited for a worker.
  var queueSeconds = 0.0
  let began = ContinuousClock.now

  var unit: UnitID { order.unit }
}
