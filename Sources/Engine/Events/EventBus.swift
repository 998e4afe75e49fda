import Checkpoints

/// Tells watchers that something happened: a lossy wake-up beside the ledger, which is replayed for what was missed.
package protocol EventBus: Sendable {
  func publish(_ event: EngineEvent)
  /// Everything from now on.
  func subscribe() -> AsyncStream<EngineEvent>
  /// The same, with word of what was lost.
  func watch() -> EngineWatch
}
