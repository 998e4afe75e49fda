import Checkpoints
import Ledger
import Logging
import StageKit

extension JobEngine {
  /// Goes on with everything that was under way when the last owner ended: deletions, and unfinished jobs.
  ///
  /// A job that waits for a person (a password) goes on waiting.
  package func recover() async throws {
    try await finishDeletions()
    for record in try await ledger.unfinishedJobs() where record.goesOnByItself {
      do { try await scheduler.enter(record, inBackground: true) } catch let failure as StageFailure {
        // Of this job alone, whose folder cannot be written: it keeps none of the others waiting.
        surroundings.logger.error(
          "a job could not be taken up", metadata: ["job": "\(record.manifest.id)", "error": "\(failure)"])
      }
    }
  }
}

extension JobRecord {
  /// Whether a new owner takes it up unasked.
  fileprivate var goesOnByItself: Bool {
    switch manifest.state {
    case .queued, .running: true
    case .paused: manifest.failure?.retryable ?? false
    case .completed, .completedWithErrors, .failed, .cancelled: false
    }
  }
}
