import Checkpoints
import Logging
import StageKit

/// How an owner of a data folder runs its workers.
package struct EngineConfiguration: Sendable {
  /// Worker processes at most.
  package var workers: Int
  /// With less load, memory or free cores there are fewer worker processes at work, but never fewer than so many; nil
  /// always lets all work.
  package var leastWorkers: Int?
  /// For how long a worker process without work is kept; nil as long as the engine runs.
  package var idleTime: Duration?
  /// What the lock file calls this process: `sheaf run`.
  package var program: String
  /// Absolute path of `sheaf-worker`; nil seeks it beside this program.
  package var workerExecutable: String?
  /// 0…19: how far workers give way to this process and others.
  package var workerNiceness = 0
  package var limits = WorkerLimits()
  /// Whether workers are confined, and whether nothing is done where they cannot be.
  package var sandbox = SandboxPolicy.Mode.preferred
  /// When a worker makes room for a fresh one before the next document.
  package var isolation = WorkerIsolation.owner
  /// How checkpoints are stored from now on.
  package var compression = CheckpointCompression.none
  /// Bytes a document may have.
  package var documentLimit = 2 << 30
  /// Whether `run` goes on where there is nothing to do, as a server does, until `stop` is called.
  package var stays = false
  /// Called when a job is being removed, before its rows go: where it throws, the removal breaks off and is tried again.
  package var whenDeleting: (@Sendable (JobID) async throws -> Void)?
  /// Called with what is missing where workers are confined in part only; the log tells it, too.
  package var whenUnconfined: (@Sendable (SandboxReport) -> Void)?
  /// The way to the language models; nil where none is configured.
  package var models: (any ModelGateway)?
  package var logger: Logger

  package init(workers: Int, program: String, workerExecutable: String? = nil, logger: Logger) {
    self.workers = workers
    self.program = program
    self.workerExecutable = workerExecutable
    self.logger = logger
  }
}
