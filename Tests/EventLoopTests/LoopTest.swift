import EventLoop
import Synchronization

/// Runs `body` with a loop that is stopped afterwards.
func withLoop<Value>(
  _ configuration: EventLoopConfiguration = .init(), _ body: (EventLoop) async throws -> Value
) async throws -> Value {
  let loop = try EventLoop.start(configuration)
  defer { loop.stop() }
  return try await body(loop)
}

extension EventLoop {
  /// Runs `body` on the loop's thread.
  func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      execute { continuation.resume(with: Result(catching: body)) }
    }
  }

  /// Returns when the loop has done everything that was to be done.
  func settle() async throws {
    wake()
    for _ in 0..<3 { try await run {} }
  }
}

/// What several threads write down, in order.
final class Log: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }

  func add(_ line: String) { lines.withLock { $0.append(line) } }
}
