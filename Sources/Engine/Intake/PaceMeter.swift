import Synchronization

/// How fast jobs come through of late, to tell people about how long theirs will take.
package final class PaceMeter: Sendable {
  private struct State {
    /// Worker seconds of a page, and pages of a job: before anything is known, those of born-digital reports.
    var secondsPerPage = 0.2
    var pagesPerJob = 5.0
    var workers = 1
  }

  private let state = Mutex(State())

  /// The share of the newest job: the last twenty or so count.
  private static let share = 0.05

  init() {}

  /// Seconds from one finished job to the next under load.
  package var secondsPerJob: Double {
    state.withLock { $0.secondsPerPage * $0.pagesPerJob / Double($0.workers) }
  }

  /// Seconds until so many pages are through, to a tenth.
  package func estimate(of pages: Int) -> Double {
    let seconds = state.withLock { $0.secondsPerPage * Double(pages) / Double($0.workers) }
    return (seconds * 10).rounded(.up) / 10
  }

  func finished(pages: Int, workerSeconds: Double) {
    guard pages > 0, workerSeconds.isFinite, workerSeconds > 0 else { return }
    state.withLock { state in
      state.secondsPerPage += Self.share * (workerSeconds / Double(pages) - state.secondsPerPage)
      state.pagesPerJob += Self.share * (Double(pages) - state.pagesPerJob)
    }
  }

  func note(workers: Int) { state.withLock { $0.workers = max(1, workers) } }
}
