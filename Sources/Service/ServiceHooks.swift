import HTTPServer
import Ledger
import Synchronization

/// What parts of the server add to the work of others; put in place before the server listens.
package final class ServiceHooks: Sendable {
  private struct State {
    var submission: [any SubmissionHook] = []
    var fetcher: (any DocumentFetching)?
    var eventStream: EventStream?
  }

  private let state = Mutex(State())

  init() {}

  package var submission: [any SubmissionHook] { state.withLock(\.submission) }

  package func add(_ hook: any SubmissionHook) { state.withLock { $0.submission.append(hook) } }

  /// Answers with a job's events as they come, `text/event-stream`.
  package typealias EventStream = @Sendable (Request, JobRecord) async throws -> Response

  /// Nil where there is none; then the list is all there is.
  package var eventStream: EventStream? {
    get { state.withLock(\.eventStream) }
    set { state.withLock { $0.eventStream = newValue } }
  }

  /// What fetches documents by address; nil where the server does not.
  package var fetcher: (any DocumentFetching)? {
    get { state.withLock(\.fetcher) }
    set { state.withLock { $0.fetcher = newValue } }
  }
}
