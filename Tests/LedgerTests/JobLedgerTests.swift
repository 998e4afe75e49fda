import Checkpoints
import GRDB
import Ledger
import StageKit
import TestSupport
import Testing

@Suite("Jobs in the ledger")
struct JobLedgerTests {
  private static let failure = StageFailure(
    .passwordRequired, "The document is encrypted.", page: 3, hint: "give --password", retryable: true)

  @Test("a job comes back as it was stored, numbered by its first event", arguments: [nil, Self.failure])
  func roundTrip(failure: StageFailure?) async throws {
    let bench = try LedgerBench()
    var record = bench.jobRecord(state: .paused, failure: failure)
    record.pageCount = 12
    record.started = 3.25
    let events = try await bench.ledger.create(record, units: [UnitRecord(unit: UnitID(.ingest), state: .ready)])
    #expect(
      events == [
        JobEvent(job: record.manifest.id, kind: .jobState, state: "paused", failure: failure, seq: 1, at: 1000)
      ])
    record.seq = 1
    #expect(try await bench.ledger.job(record.manifest.id) == record)
    #expect(try await bench.ledger.events(of: record.manifest.id, since: 0, limit: 5) == events)
    let nulls = try await bench.pool.read { try Bool.fetchOne($0, sql: "SELECT failure IS NULL FROM jobs") }
    #expect(nulls == (failure == nil))
  }

  @Test("a second job of one id is refused, buried or not")
  func jobExists() async throws {
    let bench = try LedgerBench()
    let job = try await bench.job()
    let again = bench.jobRecord()
    await #expect(throws: LedgerFailure.jobExists(job)) { _ = try await bench.ledger.create(again, units: []) }
    try await bench.ledger.bury(job)
    await #expect(throws: LedgerFailure.jobExists(job)) { _ = try await bench.ledger.create(again, units: []) }
  }

  @Test("a job keeps when it first ran and when it last ended")
  func times() async throws {
    let bench = try LedgerBench()
    let job = try await bench.job()
    var seen: [[Double?]] = []
    for (time, state) in [
      (10.0, JobState.running), (20, .failed), (30, .running), (40, .paused), (50, .completed),
    ] {
      bench.clock.set(time)
      try await bench.ledger.apply([.jobState(job, state, state == .failed ? Self.failure : nil)])
      let record = try await bench.ledger.job(job)
      #expect(record?.manifest.state == state)
      #expect(record?.manifest.failure == (state == .failed ? Self.failure : nil))
      seen.append([record?.started, record?.finished])
    }
    #expect(seen == [[10, nil], [10, 20], [10, nil], [10, nil], [10, 50]])
  }

  @Test("settings and pages change, for living jobs only")
  func settings() async throws {
    let bench = try LedgerBench()
    let job = try await bench.job()
    let settings = JobSettings(pages: nil, until: nil, formats: [.html], priority: -3)
    try await bench.ledger.apply([.jobSettings(job, settings), .jobPages(job, 77)])
    let record = try await bench.ledger.job(job)
    #expect(record?.manifest.settings == settings)
    #expect(record?.pageCount == 77)
    let changes: [LedgerChange] = [
      .jobSettings(job, settings), .jobPages(job, 1), .jobState(job, .running, nil),
      .units(job, [UnitRecord(unit: UnitID(.ingest))]), .removeUnits(job, []), .fence(job, [], .cancelled),
      .removePin(job, UnitID(.ingest)), .event(JobEvent(job: job, kind: .jobState, state: "running")),
    ]
    try await bench.ledger.bury(job)
    for change in changes {
      await #expect(throws: LedgerFailure.jobNotFound(job)) { try await bench.ledger.apply([change]) }
    }
  }

  @Test("jobs are listed newest first, page by page, without repetition")
  func listing() async throws {
    let bench = try LedgerBench()
    // Three at each time, so that the id must break ties.
    for number in 1...30 { try await bench.job(number, created: Double(number / 3)) }
    try await bench.ledger.bury(jobID(15))
    var listed: [JobRecord] = []
    while true {
      let page = try await bench.ledger.jobs(states: nil, before: listed.last, limit: 7)
      listed += page
      if page.count < 7 { break }
    }
    #expect(listed.map(\.manifest.id) == (1...30).reversed().filter { $0 != 15 }.map(jobID))
  }

  @Test("listing by states merges them in order")
  func listingByState() async throws {
    let bench = try LedgerBench()
    let states = JobState.allCases
    for number in 1...28 { try await bench.job(number, state: states[number % states.count]) }
    let wanted: Set<JobState> = [.failed, .queued, .completed]
    let expected = (1...28).reversed().filter { wanted.contains(states[$0 % states.count]) }.map(jobID)
    let first = try await bench.ledger.jobs(states: wanted, before: nil, limit: 5)
    let rest = try await bench.ledger.jobs(states: wanted, before: first.last, limit: 100)
    #expect((first + rest).map(\.manifest.id) == expected)
    #expect(try await bench.ledger.jobs(states: [], before: nil, limit: 5).isEmpty)
    #expect(try await bench.ledger.jobs(states: wanted, before: nil, limit: -1).isEmpty)
  }

  @Test("unfinished jobs come by priority, then age")
  func unfinished() async throws {
    let bench = try LedgerBench()
    try await bench.job(1, state: .queued)
    try await bench.job(2, state: .running, priority: 5)
    try await bench.job(3, state: .paused, priority: 5)
    try await bench.job(4, state: .completed, priority: 9)
    try await bench.job(5, state: .queued, created: 0.5)
    try await bench.job(6, state: .queued, priority: 10)
    try await bench.ledger.bury(jobID(6))
    #expect(try await bench.ledger.unfinishedJobs().map(\.manifest.id) == [2, 3, 5, 1].map(jobID))
    #expect(try await bench.ledger.tombstones().map(\.manifest.id) == [jobID(6)])
  }

  @Test(
    "a prefix finds one job, or two where it is ambiguous",
    arguments: [
      ("jb00000012", [12]), ("jb0000001", [10, 11]), ("jb00000013", []), ("", [10, 11]), ("x", []), ("JB", []),
    ])
  func prefix(text: String, numbers: [Int]) async throws {
    let bench = try LedgerBench()
    for number in 10...13 { try await bench.job(number) }
    try await bench.ledger.bury(jobID(13))
    #expect(try await bench.ledger.jobs(prefix: text).map(\.manifest.id) == numbers.map(jobID))
  }

  @Test("units come by stage, then subject, with all they hold")
  func units() async throws {
    let bench = try LedgerBench()
    let names = [
      "ingest", "ingest/2", "render/1", "ocr/2", "ocr/9", "ocr/10", "ocr/10000", "regions", "regions/3", "export/csv",
      "export/md",
    ]
    let units = names.compactMap { UnitID($0) }
    #expect(units.count == names.count)
    let job = try await bench.job(units: units.reversed())
    #expect(try await bench.ledger.units(of: job).map(\.unit) == units)
    #expect(units == units.sorted())

    let full = UnitRecord(
      unit: units[3], state: .gap, key: digest("k"), content: digest("c"), gap: .crashed, failure: Self.failure,
      attempts: 4, counted: 3, countedKey: digest("k"), history: 2, reused: true, again: .force)
    let plain = UnitRecord(unit: units[4], state: .ready)
    try await bench.ledger.apply([.units(job, [full, plain])])
    #expect(try await Array(bench.ledger.units(of: job)[3...4]) == [full, plain])
    try await bench.ledger.apply([.units(job, [UnitRecord(unit: units[3])]), .removeUnits(job, [units[4], units[0]])])
    #expect(try await bench.ledger.units(of: job)[2] == UnitRecord(unit: units[3]))
    #expect(try await bench.ledger.units(of: job).count == names.count - 2)
  }

  @Test("events are numbered per job and read from any number on")
  func events() async throws {
    let bench = try LedgerBench()
    let jobs = try await [bench.job(1), bench.job(2)]
    bench.clock.set(2000.5)
    for turn in 1...5 {
      let events = try await bench.ledger.apply(
        jobs.map {
          .event(
            JobEvent(
              job: $0, kind: .unitFailed, unit: UnitID(.export, .format("md")), state: "failed", attempt: turn,
              failure: Self.failure))
        })
      #expect(events.map(\.seq) == [Int64(turn + 1), Int64(turn + 1)])
      #expect(events.map(\.job) == jobs)
      #expect(events.map(\.at) == [2000.5, 2000.5])
      #expect(try await bench.ledger.events(of: jobs[1], since: Int64(turn), limit: 10) == [events[1]])
    }
    #expect(try await bench.ledger.events(of: jobs[0], since: 2, limit: 2).map(\.seq) == [3, 4])
    #expect(try await bench.ledger.events(of: jobs[0], since: 6, limit: 2).isEmpty)
    #expect(try await bench.ledger.job(jobs[0])?.seq == 6)
  }

  @Test("a pin is stored, replaced, listed and removed")
  func pins() async throws {
    let bench = try LedgerBench()
    let job = try await bench.job()
    func pin(_ page: Int, basedOn: Digest?, why: String) -> PinEntry {
      PinEntry(
        job: job, unit: UnitID(.ocr, .page(page)), basedOn: basedOn, content: digest("content \(why)"),
        object: digest("object \(why)"), who: "anna", at: 12.5, why: why)
    }
    let first = pin(2, basedOn: digest("old"), why: "typo")
    let second = pin(1, basedOn: nil, why: "lost page")
    try await bench.ledger.apply([.pin(first), .pin(second)])
    #expect(try await bench.ledger.pins(of: job) == [second, first])
    let third = pin(2, basedOn: digest("older"), why: "another typo")
    try await bench.ledger.apply([.pin(third), .removePin(job, second.unit)])
    #expect(try await bench.ledger.pins(of: job) == [third])
    #expect(try await bench.ledger.knowsObject(third.object))
    #expect(try await !bench.ledger.knowsObject(first.object))
    #expect(try await !bench.ledger.knowsObject(second.object))
  }
}
