import HTTPServer

/// The routes with their descriptions: what the router answers and what `/openapi.json` tells.
package struct RouteTable: Sendable {
  package struct Entry: Sendable {
    package let method: HTTPMethod
    package let template: String
    package let operation: Operation
    let bodyLimit: Int64
    let handler: Handler
  }

  /// Where a handler runs.
  package enum Place: Sendable {
    /// On threads of their own: for handlers that encode, plan, read files or ask actors; they may block.
    case offLoop
    /// On the loop's thread: only for handlers that are brief, and for those that read a body or write a stream piece by
    /// piece and do the rest elsewhere.
    case loop
  }

  package private(set) var entries: [Entry] = []

  private let handlers: any TaskExecutor

  /// - Parameter handlers: where handlers run that are kept off the loop.
  package init(handlers: any TaskExecutor = globalConcurrentExecutor) { self.handlers = handlers }

  /// Bytes of a body for routes that take none or a small one.
  package static let smallBody: Int64 = 1 << 20

  /// - Parameter bodyLimit: bytes; beyond it the answer is 413.
  package mutating func on(
    _ method: HTTPMethod, _ template: String, _ operation: Operation, bodyLimit: Int64 = RouteTable.smallBody,
    runs place: Place = .offLoop, _ handler: @escaping Handler
  ) {
    precondition(!entries.contains { $0.operation.id == operation.id }, "two operations are called \(operation.id)")
    let placed: Handler =
      switch place {
      case .loop: handler
      case .offLoop:
        { [handlers] request in
          // Without it every actor that the handler asks would run on the loop's thread, too.
          try await withTaskExecutorPreference(handlers) { try await handler(request) }
        }
      }
    entries.append(
      Entry(method: method, template: template, operation: operation, bodyLimit: bodyLimit, handler: placed))
  }

  /// The router that answers them.
  package func router(_ middleware: [Middleware]) -> Router {
    var router = Router()
    for entry in middleware { router.use(entry) }
    for entry in entries { router.on(entry.method, entry.template, bodyLimit: entry.bodyLimit, entry.handler) }
    return router
  }
}
