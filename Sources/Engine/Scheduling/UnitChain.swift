import Checkpoints
import Ledger
import StageKit

/// Units that one worker does one after the other and whose results reach the disk and the ledger together: a page's cheap
/// stages cost less than writing each of them down by itself. Belongs to the scheduler alone.
///
/// Only the first unit has a lease from the start. Those behind it have fences that were set apart with it, and stand in
/// the ledger once they have ended, or once one of them takes long. So whoever takes the first one's lease away takes all.
final class UnitChain {
  /// The first lease's fence.
  let id: Int64
  let job: LiveJob
  let slot: Int
  /// Under which the next results are written: the first unit's, or that of one that took long.
  var lease: Lease
  /// Ended, and not on their way to the ledger.
  var ended: [EndedUnit] = []
  /// Behind the first, and not ended.
  var running: Assignment?
  /// Brings what has ended to the ledger while `running` takes long.
  var early: Task<Void, Never>?
  /// What ran first could not be written, so that nothing may be that builds on it.
  var isLost = false

  private let mayGrow: Bool
  private var nextFence: Int64
  private var firstEnd: ContinuousClock.Instant?
  private(set) var results: [UnitID: UnitResult] = [:]
  /// Which file holds an object that may not be in the store yet.
  private(set) var files: [Digest: String] = [:]
  /// How many of a unit's needs `results` settle.
  private var met: [UnitID: Int] = [:]
  /// Units that wait for nothing but `results`.
  private var open: [UnitID] = []

  init(_ lease: Lease, of job: LiveJob, slot: Int, mayGrow: Bool) {
    self.job = job
    self.slot = slot
    self.lease = lease
    id = lease.fence
    self.mayGrow = mayGrow
    nextFence = lease.fence + 1
  }

  /// Fences set apart with a lease: bounds how many units are behind the first.
  static let spareFences = 63
  /// For how long a result may wait for those behind it: other workers may be waiting for it.
  private static let patience = Duration.milliseconds(25)
  /// More units than that are let go, so that other workers get some.
  private static let widest = 4
  /// The same where other jobs wait: then every worker has something to do, and a document of few pages is written down
  /// in one go. Nobody sees a quarter of a second.
  private static let busyPatience = Duration.milliseconds(250)
  private static let busyWidest = 32

  /// Whether another unit may be begun.
  ///
  /// - Parameter othersWait: whether units of other jobs wait for a worker.
  func isOpen(othersWait: Bool) -> Bool {
    // A unit that is to leave pages out has another key than the one it was evaluated with.
    mayGrow && early == nil && job.isLive && job.unreadable.isEmpty && nextFence - id <= Int64(Self.spareFences)
      && firstEnd.map { ContinuousClock.now - $0 < (othersWait ? Self.busyPatience : Self.patience) } ?? true
  }

  func takeFence() -> Int64 {
    defer { nextFence += 1 }
    return nextFence
  }

  /// Notes a unit's result, and which units wait for nothing else.
  ///
  /// - Parameter othersWait: whether units of other jobs wait for a worker.
  /// - Returns: false where so many do that they should not wait for the chain's end.
  func note(_ result: UnitResult, _ attempts: [AttemptFile], othersWait: Bool) -> Bool {
    let unit = result.checkpoint.unit
    firstEnd = firstEnd ?? ContinuousClock.now
    results[unit] = result
    for file in attempts { files[file.digest] = file.path }
    for dependent in job.graph.plan.dependents(of: unit) {
      met[dependent, default: 0] += 1
      guard met[dependent] == job.graph.pendingCount(of: dependent) else { continue }
      open.append(dependent)
      guard open.count <= (othersWait ? Self.busyWidest : Self.widest) else { return false }
    }
    return true
  }

  func nextOpen() -> UnitID? { open.isEmpty ? nil : open.removeFirst() }
}

/// A unit whose worker is through with it.
struct EndedUnit {
  let assignment: Assignment
  var outcome: UnitOutcome
}
