import CanonicalJSON
import Checkpoints
import HTTPServer
import Ledger
import Synchronization

/// What parts of the server add to the work of others; put in place before the server listens.
package final class ServiceHooks: Sendable {
  private struct State {
    var eventStream: EventAnswer?
    var outlook: Outlook?
  }

  private let state = Mutex(State())

  init() {}

  /// Answers with a job's events as they come, `text/event-stream`.
  package typealias EventAnswer = @Sendable (Request, JobRecord) async throws -> Response

  /// Nil where there is none; then the list is all there is.
  package var eventStream: EventAnswer? {
    get { state.withLock(\.eventStream) }
    set { state.withLock { $0.eventStream = newValue } }
  }

  /// Members that a job's description has beside what the ledger tells: how far it is, how fast, how long still.
  package typealias Outlook = @Sendable (JobID) async throws -> [String: JSONValue]

  /// Nil where nobody keeps count.
  package var outlook: Outlook? {
    get { state.withLock(\.outlook) }
    set { state.withLock { $0.outlook = newValue } }
  }
}
