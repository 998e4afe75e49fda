import Checkpoints
import Engine
import EventLoop
import Ledger
import Logging
import Synchronization

/// Empties the outbox of webhooks: every message is sent at least once, over restarts, until it is taken, given up, or its
/// receiver is gone.
///
/// What is on its way is known in memory only. A message leaves the outbox when the ledger has stored what came of it; one
/// that was on its way when the process ended is sent again.
package final class WebhookCourier: Sendable {
  private let outbox: any WebhookLedger
  private let configuration: WebhookConfiguration
  private let attempt: WebhookAttempt
  private let clock: any ServiceClock
  private let logger: Logger
  private let pool: BlockingPool
  private let bell = Doorbell()
  private let state: Mutex<WebhookTraffic>

  package init(
    _ outbox: any WebhookLedger, _ configuration: WebhookConfiguration, clock: any ServiceClock = WallClock(),
    logger: Logger
  ) {
    self.outbox = outbox
    self.configuration = configuration
    self.clock = clock
    self.logger = logger
    state = Mutex(WebhookTraffic(configuration))
    pool = BlockingPool(threads: configuration.concurrency, waiting: configuration.concurrency, name: "sheaf-webhooks")
    attempt = WebhookAttempt(
      configuration: configuration, call: OutboundCall(pool: pool, guardian: configuration.guardian))
  }

  deinit { pool.stop() }

  /// Sends until the task is cancelled.
  ///
  /// - Parameter events: the engine's; a job's end is looked for at once. Events that were missed are found by looking
  ///   now and then.
  package func run(_ events: AsyncStream<EngineEvent>) async {
    await withDiscardingTaskGroup { group in
      group.addTask { await self.listen(to: events) }
      while !Task.isCancelled {
        do {
          try await take { delivery in group.addTask { await self.deliver(delivery) } }
          await bell.wait(upTo: try await pause())
        } catch {
          logger.warning("the outbox of webhooks could not be read", metadata: ["error": "\(error)"])
          await bell.wait(upTo: Self.longestPause)
        }
      }
      group.cancelAll()
    }
  }

  private func listen(to events: AsyncStream<EngineEvent>) async {
    for await case .transition(let event) in events
    where event.kind == .jobState && JobState(rawValue: event.state)?.isFinished == true {
      bell.ring()
    }
  }

  /// Starts what is due, as far as there is room for it; first what goes to receivers that are not slow.
  private func take(_ start: (WebhookDelivery) -> Void) async throws {
    try await take(slow: false, start)
    if state.withLock({ $0.knowsSlow }) { try await take(slow: true, start) }
  }

  private func take(slow: Bool, _ start: (WebhookDelivery) -> Void) async throws {
    while let excluded = state.withLock({ $0.hasRoom ? $0.excluded(slow: slow) : nil }) {
      state.withLock { $0.look() }
      let due = try await outbox.dueDeliveries(before: clock.now, limit: Self.batch, excluding: excluded)
      for delivery in due where state.withLock({ $0.begin(delivery, slow: slow) }) { start(delivery) }
      // Behind what some receivers had no room for, there may be what goes to others.
      guard due.count == Self.batch, state.withLock({ $0.excluded(slow: slow) }) != excluded else { return }
    }
  }

  /// Until the next message is due; a ring comes earlier where room is made or a job ends.
  private func pause() async throws -> Duration {
    let now = clock.now
    guard let next = try await outbox.nextDelivery(after: now) else { return Self.longestPause }
    return min(.seconds(max(0, next - now)), Self.longestPause)
  }

  private func deliver(_ delivery: WebhookDelivery) async {
    let began = ContinuousClock.now
    var lasted = Duration.zero
    defer {
      state.withLock { $0.end(delivery, after: lasted) }
      bell.ring()
    }
    do {
      defer { lasted = ContinuousClock.now - began }
      if let result = try await attempt.send(delivery, now: clock.now) {
        let seconds = (ContinuousClock.now - began).inSeconds
        try await record(result, of: delivery, seconds: seconds)
      }
    } catch {
      logger.warning(
        "a webhook could not be sent or its outcome not be stored",
        metadata: ["job": "\(delivery.job)", "error": "\(error)"])
      // It is due still: without a rest, a full disk would have it sent again and again. Cancelled, it rests no longer.
      try? await Task.sleep(for: Self.rest)
    }
  }

  private func record(_ result: WebhookAttempt.Result, of delivery: WebhookDelivery, seconds: Double) async throws {
    let number = delivery.attempts + 1
    let outcome = outcome(of: result, number)
    logger.info(
      "webhook",
      metadata: [
        "job": "\(delivery.job)", "attempt": "\(number)", "outcome": "\(outcome)",
        "answer": "\(result.status.map(String.init) ?? result.error ?? "")",
      ])
    let attempt = DeliveryAttempt(
      number: number, at: clock.now, status: result.status, error: result.error, seconds: seconds)
    try await outbox.record(attempt, outcome, of: delivery)
  }

  private func outcome(of result: WebhookAttempt.Result, _ number: Int) -> DeliveryOutcome {
    if let status = result.status {
      if (200..<300).contains(status) { return .delivered }
      if status == 410 { return .disabled }
    }
    var generator = SystemRandomNumberGenerator()
    let delay = configuration.schedule.delay(after: number, asked: result.asked, using: &generator)
    return delay.map { .retried(due: clock.now + $0) } ?? .failed
  }

  /// Messages looked at together: more than are ever sent at once.
  private static let batch = 256
  /// How long a job's end whose event was dropped may wait.
  private static let longestPause = Duration.seconds(60)
  private static let rest = Duration.seconds(30)
}
