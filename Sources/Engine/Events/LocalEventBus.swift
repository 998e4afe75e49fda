import Synchronization

/// The bus within one process: each watcher has a bounded buffer that drops its oldest events.
package final class LocalEventBus: EventBus {
  /// Events a watcher may be behind: some seconds of a busy engine.
  private static let bufferSize = 1024

  private struct Watcher {
    let continuation: AsyncStream<EngineEvent>.Continuation
    let missed: MissedJobs
  }

  private struct Watchers {
    var next = 0
    var all: [Int: Watcher] = [:]
  }

  private let watchers = Mutex(Watchers())

  package init() {}

  package func publish(_ event: EngineEvent) {
    // Yielding outside the lock: a continuation may call back into it when it ends.
    let all = watchers.withLock { Array($0.all.values) }
    for watcher in all {
      if case .dropped(let lost) = watcher.continuation.yield(event) { watcher.missed.note(lost) }
    }
  }

  package func subscribe() -> AsyncStream<EngineEvent> { watch().events }

  package func watch() -> EngineWatch {
    let (stream, continuation) = AsyncStream.makeStream(
      of: EngineEvent.self, bufferingPolicy: .bufferingNewest(Self.bufferSize))
    let missed = MissedJobs()
    let number = watchers.withLock { watchers in
      watchers.next += 1
      watchers.all[watchers.next] = Watcher(continuation: continuation, missed: missed)
      return watchers.next
    }
    continuation.onTermination = { [weak self] _ in
      _ = self?.watchers.withLock { $0.all.removeValue(forKey: number) }
    }
    return EngineWatch(events: stream, missed: missed)
  }

  /// Ends every watcher's stream.
  func finish() {
    let all = watchers.withLock { watchers in
      defer { watchers.all = [:] }
      return Array(watchers.all.values)
    }
    for watcher in all { watcher.continuation.finish() }
  }
}
