import Curl
import EventLoop

/// Talks to somebody else's server from a thread that may wait, and lets go when the caller's task is cancelled.
struct OutboundCall: Sendable {
  let pool: BlockingPool
  let guardian: AddressGuard

  /// - Parameter body: runs on the pool; what it sends goes through `Transfer` with the rule and the cancellation given.
  func run<Value: Sendable>(
    _ body: @escaping @Sendable (_ rule: @escaping AddressRule, _ cancellation: TransferCancellation) throws -> Value
  ) async throws -> Value {
    let cancellation = TransferCancellation()
    let rule = guardian.rule
    return try await withTaskCancellationHandler {
      try await pool.run { try body(rule, cancellation) }
    } onCancel: {
      cancellation.cancel()
    }
  }
}
