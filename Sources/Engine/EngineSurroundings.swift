import Checkpoints
import Ledger
import Logging
import StageKit

/// What everything in the engine works with.
struct EngineSurroundings: Sendable {
  let folder: DataFolder
  let store: ObjectFolder
  let claims = ObjectClaims()
  let documents: DocumentFolder
  let ledger: any JobLedger
  let pipeline: Pipeline
  let bus: any EventBus
  let limits: WorkerLimits
  let isolation: WorkerIsolation
  /// A UUID per process start.
  let owner: String
  let logger: Logger

  func tree(of job: JobID) -> JobTree { JobTree(job, in: folder) }

  func publish(_ events: [JobEvent]) { for event in events { bus.publish(.transition(event)) } }
}
