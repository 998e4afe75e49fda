import Checkpoints
import Ledger
import StageKit
import Testing

@Suite("Usage")
struct UsageTests {
  private let unit = UnitID(.ingest, .document)

  @Test("documents, pages, bytes and CPU seconds are counted by owner and day, in the transactions that bring them")
  func counted() async throws {
    let bench = try LedgerBench()
    let day = 86_400.0
    bench.clock.set(10 * day)
    let job = try await bench.job(1, units: [unit])
    try await bench.ledger.apply([.jobPages(job, 12)])
    // A rerun counts no page again, but every attempt's time.
    try await bench.ledger.apply([.jobPages(job, 12)])
    bench.clock.set(11 * day)
    let (lease, _) = try await bench.ledger.lease(unit, of: job, key: digest("k"), owner: "o", worker: nil)
    try await bench.ledger.complete(lease, [.attempt(lease, .succeeded, AttemptUse(cpuSeconds: 1.5))])
    let (second, _) = try await bench.ledger.lease(unit, of: job, key: digest("k"), owner: "o", worker: nil)
    try await bench.ledger.complete(second, [.attempt(second, .timedOut, AttemptUse(cpuSeconds: 2))])
    _ = try await bench.job(2)

    let all = try await bench.ledger.usage(
      owner: nil, from: "1970-01-01", to: "1970-12-31", after: nil, limit: 10)
    #expect(
      all == [
        UsageRecord(owner: "key-1", day: "1970-01-12", documents: 1, pages: 0, bytes: 1234, cpuSeconds: 3.5),
        UsageRecord(owner: "key-1", day: "1970-01-11", documents: 1, pages: 12, bytes: 1234, cpuSeconds: 0),
      ])
    let mine = { (owner: String) in
      try await bench.ledger.usage(owner: owner, from: "1970-01-01", to: "1970-12-31", after: nil, limit: 10)
    }
    #expect(try await mine("key-1") == all)
    #expect(try await mine("key-2").isEmpty)
    let rest = try await bench.ledger.usage(
      owner: nil, from: "1970-01-01", to: "1970-12-31", after: (all[0].day, all[0].owner), limit: 10)
    #expect(rest == [all[1]])
    let bounded = try await bench.ledger.usage(
      owner: "key-1", from: "1970-01-12", to: "1970-01-12", after: nil, limit: 10)
    #expect(bounded == [all[0]])
  }

  @Test("what a transaction takes back is not counted")
  func rolledBack() async throws {
    let bench = try LedgerBench()
    await #expect(throws: LedgerFailure.self) {
      try await bench.ledger.create(
        bench.jobRecord(1), units: [], with: [.webhook(jobID(2), WebhookTarget(url: "http://a/"))])
    }
    #expect(
      try await bench.ledger.usage(owner: nil, from: "0000", to: "9999", after: nil, limit: 10).isEmpty)
  }
}
