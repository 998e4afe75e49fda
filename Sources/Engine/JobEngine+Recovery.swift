import Checkpoints
import Ledger
import Logging
import StageKit

extension JobEngine {
  /// Goes on with everything that was under way when the last owner ended: deletions, and unfinished jobs.
  ///
  /// A job that waits for a person (a password) goes on waiting.
  package func recover() async throws {
    for record in try await ledger.tombstones() { try await delete(record.manifest.id) }
    for record in try await ledger.unfinishedJobs() where record.goesOnByItself {
      try await scheduler.enter(record, JobResumption(), inBackground: true)
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
