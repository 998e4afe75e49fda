import Foundation

/// Calls that wait in the kernel for another task of the same test need a thread outside Swift's few.
enum Blocking {
  static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      // A thread each: the global queues start another one only after a second.
      Thread.detachNewThread { continuation.resume(with: Result(catching: body)) }
    }
  }
}
