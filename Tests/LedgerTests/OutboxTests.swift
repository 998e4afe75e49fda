import Checkpoints
import Ledger
import StageKit
import Testing

@Suite("The outbox of webhooks")
struct OutboxTests {
  private let target = WebhookTarget(url: "https://a.example/", secret: "whsec_x")

  private func job(_ bench: LedgerBench, _ number: Int = 1) async throws -> JobID {
    let record = bench.jobRecord(number)
    _ = try await bench.ledger.create(record, units: [], with: [.webhook(record.manifest.id, target)])
    return record.manifest.id
  }

  private func end(_ job: JobID, _ bench: LedgerBench, as state: JobState = .completed) async throws -> JobEvent {
    let event = JobEvent(job: job, kind: .jobState, state: state.rawValue)
    return try await bench.ledger.apply([.jobPages(job, 5), .jobState(job, state, nil), .event(event)])[0]
  }

  @Test("the event of a job's end brings its message, as it was then; other events bring none")
  func enqueued() async throws {
    let bench = try LedgerBench()
    let job = try await job(bench)
    _ = try await bench.ledger.apply([
      .jobState(job, .running, nil), .event(JobEvent(job: job, kind: .jobState, state: "running")),
    ])
    #expect(try await bench.ledger.dueDeliveries(before: .infinity, limit: 10).isEmpty)
    bench.clock.set(2000)
    let event = try await end(job, bench)
    let delivery = try #require(try await bench.ledger.dueDeliveries(before: 2000, limit: 10).first)
    #expect(delivery.seq == event.seq && delivery.at == 2000 && delivery.jobState == .completed)
    #expect(delivery.pageCount == 5 && delivery.target == target && delivery.owner == "key-1")
    // Run again since: the message stays what it was.
    _ = try await end(job, bench, as: .failed)
    #expect(try await bench.ledger.deliveries(of: job).map(\.delivery.jobState) == [.completed, .failed])
    #expect(try await bench.ledger.dueDeliveries(before: 1999, limit: 10).isEmpty)
  }

  @Test("a job without a webhook leaves the outbox empty")
  func none() async throws {
    let bench = try LedgerBench()
    let job = try await bench.job(1)
    _ = try await end(job, bench)
    #expect(try await bench.ledger.dueDeliveries(before: .infinity, limit: 10).isEmpty)
    #expect(try await bench.ledger.webhook(of: job) == nil)
  }

  @Test("a message is due again when its attempt says so, and an attempt of what is over changes nothing")
  func attempts() async throws {
    let bench = try LedgerBench()
    let job = try await job(bench)
    _ = try await end(job, bench)
    let delivery = try #require(try await bench.ledger.dueDeliveries(before: .infinity, limit: 1).first)
    let first = DeliveryAttempt(number: 1, at: 1001, status: 500, error: nil, seconds: 0.5)
    try await bench.ledger.record(first, .retried(due: 5000), of: delivery)
    #expect(try await bench.ledger.dueDeliveries(before: 4999, limit: 1).isEmpty)
    #expect(try await bench.ledger.nextDelivery(after: 4000) == 5000)
    let again = try #require(try await bench.ledger.dueDeliveries(before: 5000, limit: 1).first)
    #expect(again.attempts == 1)
    let second = DeliveryAttempt(number: 2, at: 5001, status: nil, error: "timed_out", seconds: 20)
    try await bench.ledger.record(second, .delivered, of: again)
    try await bench.ledger.record(
      DeliveryAttempt(number: 3, at: 5002, status: 500, error: nil, seconds: 1), .retried(due: 6000), of: again)
    let (settled, attempts) = try #require(try await bench.ledger.deliveries(of: job).first)
    #expect(settled.state == .delivered && attempts == [first, second])
    #expect(try await bench.ledger.nextDelivery(after: 0) == nil)
  }
}
