import Checkpoints
import GRDB
import Ledger
import StageKit
import TestSupport
import Testing

@Suite("Leases")
struct LeaseTests {
  private let unit = UnitID(.ocr, .page(7))

  @Test("a lease counts the attempt, runs the unit and tells its start")
  func lease() async throws {
    let bench = try LedgerBench()
    let job = try await bench.job(units: [unit])
    bench.clock.set(5)
    let (lease, events) = try await bench.ledger.lease(unit, of: job, key: digest("k"), owner: "me", worker: 4711)
    #expect(lease == Lease(job: job, unit: unit, attempt: 1, fence: 1, owner: "me"))
    let start = JobEvent(
      job: job, kind: .unitStarted, unit: unit, state: "running", attempt: 1, worker: 4711, seq: 2, at: 5)
    #expect(events == [start])
    #expect(try await bench.ledger.events(of: job, since: 1, limit: 10) == [start])
    #expect(try await bench.ledger.units(of: job) == [UnitRecord(unit: unit, state: .running, attempts: 1)])
    var attempt = AttemptRecord(
      unit: unit, attempt: 1, key: digest("k"), fence: 1, owner: "me", started: 5, worker: 4711)
    #expect(try await bench.ledger.attempts(of: job, unit: unit) == [attempt])

    bench.clock.set(8)
    var done = UnitRecord(unit: unit, state: .done, key: digest("k"), content: digest("c"), attempts: 1)
    done.history = 1
    let use = AttemptUse(
      cpuSeconds: 1.5, peakBytes: 99_000, queueSeconds: 0.5, spawnSeconds: 0.25, workSeconds: 2, storeSeconds: 0.125)
    let told = try await bench.ledger.complete(
      lease,
      [
        .units(job, [done]), .artifact(artifact("a")), .attempt(lease, .succeeded, use),
        .event(JobEvent(job: job, kind: .unitFinished, unit: unit, state: "done", attempt: 1)),
      ])
    #expect(told.map(\.seq) == [3])
    attempt.finished = 8
    attempt.outcome = .succeeded
    attempt.use = use
    #expect(try await bench.ledger.attempts(of: job, unit: nil) == [attempt])
    #expect(try await bench.ledger.units(of: job) == [done])
    #expect(try await bench.ledger.artifact(key: artifact("a").key) == artifact("a"))
  }

  @Test(
    "every outcome comes back as it was",
    arguments: [
      AttemptOutcome.succeeded, .timedOut, .killed(signal: 11), .interrupted, .cancelled,
      .failed(failure: StageFailure(.damaged, "No page tree.", page: 2, hint: "repair it")),
    ])
  func outcome(_ outcome: AttemptOutcome) async throws {
    let bench = try LedgerBench()
    let job = try await bench.job(units: [unit])
    let (lease, _) = try await bench.ledger.lease(unit, of: job, key: digest("k"), owner: "me", worker: nil)
    try await bench.ledger.complete(lease, [.attempt(lease, outcome, AttemptUse())])
    #expect(try await bench.ledger.attempts(of: job, unit: unit).map(\.outcome) == [outcome])
  }

  /// Ways in which a lease ends before its result comes.
  enum Ending: CaseIterable {
    case completed, leasedAnew, fenced, released, removed, buried

    func happen(to lease: Lease, in ledger: SQLiteLedger) async throws {
      switch self {
      case .completed: try await ledger.complete(lease, [.attempt(lease, .timedOut, AttemptUse())])
      case .leasedAnew:
        _ = try await ledger.lease(lease.unit, of: lease.job, key: digest("k"), owner: lease.owner, worker: nil)
      case .fenced: try await ledger.fence([lease.unit], of: lease.job, outcome: .cancelled)
      case .released: #expect(try await ledger.release(exceptOwner: "another") == 1)
      case .removed: try await ledger.apply([.removeUnits(lease.job, [lease.unit])])
      case .buried: try await ledger.bury(lease.job)
      }
    }

    var outcome: AttemptOutcome {
      switch self {
      case .completed: .timedOut
      case .leasedAnew, .released: .interrupted
      case .fenced, .removed, .buried: .cancelled
      }
    }
  }

  @Test("a result whose lease has ended is refused and changes nothing", arguments: Ending.allCases)
  func staleFence(ending: Ending) async throws {
    let bench = try LedgerBench()
    let job = try await bench.job(units: [unit])
    let (lease, _) = try await bench.ledger.lease(unit, of: job, key: digest("k"), owner: "me", worker: nil)
    try await ending.happen(to: lease, in: bench.ledger)
    let before = try await (bench.ledger.units(of: job), bench.ledger.job(job))
    await #expect(throws: LedgerFailure.staleFence(lease)) {
      try await bench.ledger.complete(
        lease,
        [
          .artifact(artifact("late")), .units(job, [UnitRecord(unit: unit, state: .done)]),
          .attempt(lease, .succeeded, AttemptUse()),
          .event(JobEvent(job: job, kind: .unitFinished, unit: unit, state: "done")),
        ])
    }
    #expect(try await bench.ledger.units(of: job) == before.0)
    #expect(try await bench.ledger.job(job) == before.1)
    #expect(try await bench.ledger.artifact(key: artifact("late").key) == nil)
    #expect(try await bench.ledger.attempts(of: job, unit: unit).first?.outcome == ending.outcome)
  }

  @Test("an attempt behind another stands with that one's end, under a fence that nobody else gets")
  func behind() async throws {
    let bench = try LedgerBench()
    let next = UnitID(.layout, .page(7))
    let last = UnitID(.tables, .page(7))
    let job = try await bench.job(units: [unit, next, last])
    let (lease, _) = try await bench.ledger.lease(
      unit, of: job, key: digest("k"), owner: "me", worker: 1, spare: 2)
    let (foreign, _) = try await bench.ledger.lease(last, of: job, key: digest("l"), owner: "me", worker: 2)
    #expect(foreign.fence == lease.fence + 3)
    try await bench.ledger.fence([last], of: job, outcome: .interrupted)

    bench.clock.set(10)
    let second = Lease(job: job, unit: next, attempt: 1, fence: lease.fence + 1, owner: "me")
    let third = Lease(job: job, unit: last, attempt: 2, fence: lease.fence + 2, owner: "me")
    let told = try await bench.ledger.complete(
      lease,
      [
        .attempt(lease, .succeeded, AttemptUse()),
        .begin(AttemptStart(second, key: digest("n"), worker: 1, age: 4, isRunning: false)),
        .attempt(second, .timedOut, AttemptUse(cpuSeconds: 2)),
        .begin(AttemptStart(third, key: digest("t"), worker: 1, age: 1, isRunning: true)),
      ])
    #expect(told.map(\.unit) == [next, last])
    #expect(told.allSatisfy { $0.kind == .unitStarted && $0.worker == 1 })
    let ended = try await bench.ledger.attempts(of: job, unit: next)
    #expect(ended.map(\.started) == [6])
    #expect(ended.map(\.finished) == [10])
    #expect(ended.map(\.outcome) == [.timedOut])
    // What ended holds no lease; what goes on has its own.
    await #expect(throws: LedgerFailure.staleFence(second)) {
      try await bench.ledger.complete(second, [.attempt(second, .succeeded, AttemptUse())])
    }
    try await bench.ledger.complete(third, [.attempt(third, .succeeded, AttemptUse())])
    #expect(try await bench.ledger.attempts(of: job, unit: last).map(\.outcome) == [.interrupted, .succeeded])
  }

  @Test("what stands behind a lease that was taken away is refused with it")
  func behindStale() async throws {
    let bench = try LedgerBench()
    let next = UnitID(.layout, .page(7))
    let job = try await bench.job(units: [unit, next])
    let (lease, _) = try await bench.ledger.lease(
      unit, of: job, key: digest("k"), owner: "me", worker: 1, spare: 1)
    try await bench.ledger.fence([unit], of: job, outcome: .cancelled)
    let second = Lease(job: job, unit: next, attempt: 1, fence: lease.fence + 1, owner: "me")
    await #expect(throws: LedgerFailure.staleFence(lease)) {
      try await bench.ledger.complete(
        lease,
        [
          .attempt(lease, .succeeded, AttemptUse()), .artifact(artifact("late")),
          .begin(AttemptStart(second, key: digest("n"), worker: 1, age: 0, isRunning: true)),
        ])
    }
    #expect(try await bench.ledger.attempts(of: job, unit: next).isEmpty)
    #expect(try await bench.ledger.artifact(key: artifact("late").key) == nil)
  }

  @Test("a job is untouched until something is tried for it, or its document is another's too")
  func untouched() async throws {
    let bench = try LedgerBench()
    let job = try await bench.job(units: [unit])
    #expect(try await bench.ledger.isUntouched(job))
    _ = try await bench.ledger.lease(unit, of: job, key: digest("k"), owner: "me", worker: nil)
    #expect(try await !bench.ledger.isUntouched(job))
  }

  @Test("owner and fence must both be right")
  func ownerAndFence() async throws {
    let bench = try LedgerBench()
    let job = try await bench.job(units: [unit])
    let (lease, _) = try await bench.ledger.lease(unit, of: job, key: digest("k"), owner: "me", worker: nil)
    for wrong in [
      Lease(job: job, unit: unit, attempt: 1, fence: lease.fence, owner: "you"),
      Lease(job: job, unit: unit, attempt: 1, fence: lease.fence + 1, owner: "me"),
    ] {
      await #expect(throws: LedgerFailure.staleFence(wrong)) {
        try await bench.ledger.complete(wrong, [.attempt(wrong, .succeeded, AttemptUse())])
      }
    }
    try await bench.ledger.complete(lease, [.attempt(lease, .succeeded, AttemptUse())])
  }

  @Test("a completion that leaves its attempt open is refused")
  func attemptNotEnded() async throws {
    let bench = try LedgerBench()
    let job = try await bench.job(units: [unit])
    let (lease, _) = try await bench.ledger.lease(unit, of: job, key: digest("k"), owner: "me", worker: nil)
    await #expect(throws: LedgerFailure.attemptNotEnded(lease)) {
      try await bench.ledger.complete(lease, [.units(job, [UnitRecord(unit: unit, state: .done)])])
    }
    try await bench.ledger.complete(lease, [.attempt(lease, .succeeded, AttemptUse())])
  }

  @Test("a new owner ends the leases of others only, their units ready again")
  func release() async throws {
    let bench = try LedgerBench()
    let pages = (1...3).map { UnitID(.ocr, .page($0)) }
    let job = try await bench.job(units: pages)
    for (page, owner) in zip(pages, ["old", "me", "older"]) {
      _ = try await bench.ledger.lease(page, of: job, key: digest("k"), owner: owner, worker: nil)
    }
    #expect(try await bench.ledger.release(exceptOwner: "me") == 2)
    #expect(try await bench.ledger.release(exceptOwner: "me") == 0)
    #expect(try await bench.ledger.units(of: job).map(\.state) == [.ready, .running, .ready])
    #expect(
      try await bench.ledger.attempts(of: job, unit: nil).map(\.outcome) == [.interrupted, nil, .interrupted])
    let events = try await bench.ledger.events(of: job, since: 4, limit: 9)
    #expect(events.map(\.unit) == [pages[0], pages[2]])
    #expect(events.allSatisfy { $0.kind == .unitRetried && $0.state == "ready" })
  }

  @Test("attempts are counted over the job's life, fences over the ledger's")
  func counting() async throws {
    let bench = try LedgerBench()
    let other = UnitID(.layout, .page(7))
    let job = try await bench.job(units: [unit, other])
    var seen: [[Int64]] = []
    for turn in 1...3 {
      if turn == 2 {
        try await bench.ledger.apply([.removeUnits(job, [unit])])
        try await bench.ledger.apply([.units(job, [UnitRecord(unit: unit)])])
      }
      for unit in [unit, other] {
        let (lease, _) = try await bench.ledger.lease(unit, of: job, key: digest("k"), owner: "me", worker: nil)
        seen.append([Int64(lease.attempt), lease.fence])
      }
    }
    #expect(seen == [[1, 1], [1, 2], [2, 3], [2, 4], [3, 5], [3, 6]])
    try await bench.ledger.close()
    let reopened = try SQLiteLedger(path: bench.path, clock: bench.clock)
    let (lease, _) = try await reopened.lease(unit, of: job, key: digest("k"), owner: "me", worker: nil)
    #expect(lease.fence == 7)
    #expect(try await reopened.attempts(of: job, unit: nil).map(\.fence) == Array(1...7))
  }

  @Test("only what is there can be leased")
  func nothingToLease() async throws {
    let bench = try LedgerBench()
    let job = try await bench.job()
    await #expect(throws: LedgerFailure.unitNotFound(job, unit)) {
      _ = try await bench.ledger.lease(unit, of: job, key: digest("k"), owner: "me", worker: nil)
    }
    await #expect(throws: LedgerFailure.jobNotFound(jobID(2))) {
      _ = try await bench.ledger.lease(unit, of: jobID(2), key: digest("k"), owner: "me", worker: nil)
    }
  }
}
