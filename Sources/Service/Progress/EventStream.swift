import Checkpoints
import EventLoop
import HTTPServer
import Ledger

/// A job's events as `text/event-stream`, for those who have no WebSocket: the same messages with the same numbers.
///
/// - Source: https://html.spec.whatwg.org/multipage/server-sent-events.html
struct EventStream: Sendable {
  let hub: ProgressHub
  let loop: EventLoop

  /// - Parameter since: the number of the last transition that the client has; nil for a snapshot first.
  func response(_ job: JobID, since: Int64?) -> Response {
    let principal = Principal.current
    var response = Response.stream(type: "text/event-stream; charset=utf-8") { writer in
      try await write(job, since: since, as: principal, to: writer)
    }
    response.headers["Cache-Control"] = "no-store"
    // Proxies that collect what they pass on would hold events back.
    response.headers["X-Accel-Buffering"] = "no"
    return response
  }

  /// What the request says the client has: `Last-Event-ID` of one that comes back, else `since`.
  ///
  /// - Throws: `Problem` with `invalid_parameter`.
  static func since(_ request: Request) throws(Problem) -> Int64? {
    guard let text = request.headers["Last-Event-ID"] ?? request.query("since"), !text.isEmpty else { return nil }
    guard let number = Int64(text), number >= 0 else {
      throw Problem(.invalidParameter, "\"\(text.prefix(40))\" is not the number of an event.")
    }
    return number
  }

  private func write(_ job: JobID, since: Int64?, as principal: Principal, to writer: ResponseWriter) async throws {
    let queue = EventStreamQueue(hub.limits)
    let id = await hub.join(principal, queue)
    do {
      await hub.obey(.subscribe(jobs: [job], since: since.map { [job: $0] } ?? [:]), from: id)
      try await withTaskCancellationHandler {
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask {
            while true {
              try await loop.sleep(for: hub.limits.keepAlive)
              queue.poke()
            }
          }
          while let bytes = try await queue.next() { try await writer.write(bytes) }
          group.cancelAll()
        }
      } onCancel: {
        queue.close()
      }
    } catch {
      await hub.leave(id)
      // Cancelled is only the clock beside a stream that has ended.
      if !(error is CancellationError) { throw error }
      return
    }
    await hub.leave(id)
  }
}
