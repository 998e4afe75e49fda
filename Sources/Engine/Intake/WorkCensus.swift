import Checkpoints
import Synchronization

/// How much unfinished work there is, to be asked from any thread without waiting: what admission decides by.
///
/// Jobs that wait for a person are not counted.
package final class WorkCensus: Sendable {
  package struct Totals: Sendable, Hashable {
    package var jobs = 0
    package var pages = 0
  }

  private struct State {
    var jobs: [JobID: (owner: String, pages: Int)] = [:]
    var owners: [String: Int] = [:]
    var pages = 0
  }

  private let state = Mutex(State())

  init() {}

  package var totals: Totals { state.withLock { Totals(jobs: $0.jobs.count, pages: $0.pages) } }

  /// Unfinished jobs of an owner.
  package func jobs(of owner: String) -> Int { state.withLock { $0.owners[owner] ?? 0 } }

  /// Pages that a document of so many bytes is likely to have, until its pages are known.
  package static func expectedPages(bytes: Int) -> Int { max(1, bytes / bytesPerPage) }

  /// Bytes of a page of an ordinary scan; text takes less, photographs more.
  private static let bytesPerPage = 100_000

  func note(_ job: JobID, owner: String, pages: Int) {
    state.withLock { state in
      if let old = state.jobs[job] { state.pages -= old.pages } else { state.owners[owner, default: 0] += 1 }
      state.jobs[job] = (owner, pages)
      state.pages += pages
    }
  }

  func forget(_ job: JobID) {
    state.withLock { state in
      guard let old = state.jobs.removeValue(forKey: job) else { return }
      state.pages -= old.pages
      let left = (state.owners[old.owner] ?? 1) - 1
      state.owners[old.owner] = left > 0 ? left : nil
    }
  }
}
