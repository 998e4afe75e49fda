import Synchronization

/// The bus within one process: each watcher has a bounded buffer that drops its oldest events.
package final class LocalEventBus: EventBus {
  /// Events a watcher may be behind: some seconds of a busy engine.
  private static let bufferSize = 1024

  private struct Watchers {
    var next = 0
    var continuations: [Int: AsyncStream<EngineEvent>.Continuation] = [:]
  }

  private let watchers = Mutex(Watchers())

  package init() {}

  package func publish(_ event: EngineEvent) {
    // Yielding outside the lock: a continuation may call back into it when it ends.
    let all = watchers.withLock { Array($0.continuations.values) }
    for watcher in all { watcher.yield(event) }
  }

  package func subscribe() -> AsyncStream<EngineEvent> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: EngineEvent.self, bufferingPolicy: .bufferingNewest(Self.bufferSize))
    let number = watchers.withLock { watchers in
      watchers.next += 1
      watchers.continuations[watchers.next] = continuation
      return watchers.next
    }
    continuation.onTermination = { [weak self] _ in
      _ = self?.watchers.withLock { $0.continuations.removeValue(forKey: number) }
    }
    return stream
  }

  /// Ends every watcher's stream.
  func finish() {
    let all = watchers.withLock { watchers in
      defer { watchers.continuations = [:] }
      return Array(watchers.continuations.values)
    }
    for watcher in all { watcher.finish() }
  }
}
