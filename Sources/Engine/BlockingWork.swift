import Dispatch

/// Runs what waits for the disk on threads of its own, so that Swift's few stay free.
///
/// Callers bound how much of it runs at once: each worker has one unit, and with it one piece of such work.
enum BlockingWork {
  private static let queue = DispatchQueue(label: "blocking work", attributes: .concurrent)

  static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result(catching: body)) }
    }
  }
}
