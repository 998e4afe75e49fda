import Checkpoints
import Ledger
import Synchronization

/// What one watcher is told, and which jobs it was not told everything of.
///
/// The stream is bounded and lets go of its oldest events. They are only let go of while later ones wait, so a watcher
/// that asks `takeMissed` before each event learns of every loss, and reads the ledger for those jobs.
package struct EngineWatch: Sendable {
  package let events: AsyncStream<EngineEvent>
  private let missed: MissedJobs

  init(events: AsyncStream<EngineEvent>, missed: MissedJobs) {
    self.events = events
    self.missed = missed
  }

  /// The jobs of which events were lost since the last call, each with the number of the first lost transition; nil
  /// where only unnumbered events were.
  package func takeMissed() -> [JobID: Int64?] { missed.take() }
}

/// The jobs that a bounded stream has lost events of: as many entries as there are jobs at work.
final class MissedJobs: Sendable {
  private let jobs = Mutex<[JobID: Int64?]>([:])

  func note(_ event: EngineEvent) {
    jobs.withLock { jobs in
      switch event {
      case .transition(let transition):
        let known = (jobs[transition.job] ?? nil) ?? transition.seq
        jobs[transition.job] = .some(min(known, transition.seq))
      case .planned(let job, _), .removed(let job):
        if jobs[job] == nil { jobs[job] = .some(nil) }
      case .tick: break
      }
    }
  }

  func take() -> [JobID: Int64?] {
    jobs.withLock { jobs in
      guard !jobs.isEmpty else { return [:] }
      defer { jobs = [:] }
      return jobs
    }
  }
}
