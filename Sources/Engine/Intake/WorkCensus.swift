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
    /// Pages of each.
    var jobs: [JobID: Int] = [:]
    var pages = 0
  }

  private let state = Mutex(State())

  init() {}

  package var totals: Totals { state.withLock { Totals(jobs: $0.jobs.count, pages: $0.pages) } }

  /// Pages that a document of so many bytes is likely to have, until its pages are known.
  package static func expectedPages(bytes: Int) -> Int { max(1, bytes / bytesPerPage) }

  /// Bytes of a page of an ordinary scan; text takes less, photographs more.
  private static let bytesPerPage = 100_000

  func note(_ job: JobID, pages: Int) {
    state.withLock { state in
      let old = state.jobs.updateValue(pages, forKey: job) ?? 0
      state.pages += pages - old
    }
  }

  func forget(_ job: JobID) {
    state.withLock { state in state.pages -= state.jobs.removeValue(forKey: job) ?? 0 }
  }
}
