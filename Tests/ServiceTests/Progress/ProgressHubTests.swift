import CanonicalJSON
import Checkpoints
import Engine
import EventLoop
import HTTPServer
import Ledger
import StageKit
import Testing

@testable import Service

/// What subscribers are told, over real sockets.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct ProgressHubTests {
  @Test("a subscriber gets a snapshot, then every transition after it in order and once")
  func snapshotThenTransitions() async throws {
    try await ProgressBench.run { bench in
      let job = try await bench.job(pages: 50)
      try await bench.enter(.running, job)
      try await bench.happen(ProgressBench.pages(1...3, of: job))
      let client = try await bench.client()
      try await client.subscribe(job)
      let snapshot = try await client.snapshot()
      let start = try #require(snapshot["seq"]?.int)
      let happening = Task {
        for page in 4...50 { try await bench.happen(ProgressBench.pages(page...page, of: job)) }
        try await bench.enter(.completed, job)
      }
      let last = 2 + 2 * 50 + 1
      let messages = try await client.messages(untilSeq: Int64(last), of: job)
      try await happening.value
      #expect(messages.numbers(of: job) == Array((start + 1)...last))
      #expect(messages.last?["state"]?.string == "completed")
      let second = messages.first { $0["page"]?.int == 4 }
      #expect(second?["type"]?.string == "unit_started" && second?["stage"]?.string == "ocr")
      #expect(second?["at"]?.double ?? 0 > 1_000_000_000)
    }
  }

  @Test("a snapshot counts what the ledger has, and names pages as people do")
  func snapshotCounts() async throws {
    try await ProgressBench.run { bench in
      let job = try await bench.job(pages: 9)
      let client = try await bench.client()
      try await client.subscribe(job)
      _ = try await client.snapshot()
      try await bench.enter(.running, job)
      let unit = UnitID(.ocr, .page(9))
      try await bench.happen(
        ProgressBench.pages(1...4, of: job) + ProgressBench.pages(6...6, of: job) + [
          JobEvent(job: job, kind: .unitStarted, unit: UnitID(.ocr, .page(7)), state: "running"),
          JobEvent(job: job, kind: .unitGap, unit: UnitID(.ocr, .page(8)), state: "gap"),
          JobEvent(job: job, kind: .unitReused, unit: unit, state: "done"),
        ])
      _ = try await client.messages { $0["page"]?.int == 9 }
      let other = try await bench.client()
      try await other.subscribe(job)
      let snapshot = try await other.snapshot()
      let stages = try #require(snapshot["stages"]?.array)
      let ocr = try #require(stages.first { $0["stage"]?.string == "ocr" })
      #expect(ocr["planned"]?.int == 9 && ocr["done"]?.int == 6 && ocr["running"]?.int == 1)
      #expect(ocr["missing"]?.int == 1 && ocr["reused"]?.int == 1)
      #expect(ocr["pages_done"]?.string == "1-4,6,9" && ocr["pages_running"]?.string == "7")
      #expect(ocr["pages_missing"]?.string == "8")
      #expect(snapshot["status"]?.string == "running" && snapshot["name"]?.string == "job 1")
      #expect(snapshot["running"]?[0]?["page"]?.int == 7)
    }
  }

  @Test(
    "with since come exactly the transitions after it and no snapshot, whatever happens meanwhile",
    arguments: [0, 1, 77, 300])
  func since(_ start: Int64) async throws {
    try await ProgressBench.run { bench in
      let job = try await bench.job(pages: 400)
      try await bench.happen(ProgressBench.pages(1...150, of: job))
      let happening = Task {
        for page in 151...400 { try await bench.happen(ProgressBench.pages(page...page, of: job)) }
      }
      let client = try await bench.client()
      try await client.subscribe(job, since: [job: start])
      let messages = try await client.messages(untilSeq: 801, of: job)
      try await happening.value
      #expect(messages.numbers(of: job) == Array(Int(start + 1)...801))
      #expect(!messages.contains { $0["snapshot"] != nil || $0["resync"] != nil })
    }
  }

  @Test("a client that comes back with its last number, again and again, misses and repeats nothing")
  func reconnects() async throws {
    try await ProgressBench.run { bench in
      let job = try await bench.job(pages: 400)
      let happening = Task {
        for page in 1...400 { try await bench.happen(ProgressBench.pages(page...page, of: job)) }
      }
      var heard: [Int] = []
      while heard.last != 801 {
        let client = try await bench.client()
        try await client.subscribe(job, since: [job: Int64(heard.last ?? 0)])
        let messages = try await client.messages {
          [0, 801].contains(($0["seq"]?.int ?? 1) % 97) || $0["seq"]?.int == 801
        }
        heard += messages.numbers(of: job)
      }
      try await happening.value
      #expect(heard == Array(1...801))
    }
  }

  @Test("a number that there never was gets a snapshot instead")
  func unknownNumber() async throws {
    try await ProgressBench.run { bench in
      let job = try await bench.job()
      let client = try await bench.client()
      try await client.subscribe(job, since: [job: 99])
      #expect(try await client.snapshot()["seq"]?.int == 1)
    }
  }

  @Test("transitions that the engine's word of was lost are read from the ledger, at the next word or at once")
  func lostEvents() async throws {
    try await ProgressBench.run {
      // A busy machine reads late; how much may wait for a reader is for others to say.
      $0.outbox = OutboxLimits(frames: 10_000, bytes: 64 << 20)
    } _: { bench in
      let job = try await bench.job(pages: 2_000)
      let client = try await bench.client()
      try await client.subscribe(job)
      _ = try await client.snapshot()
      try await bench.happen(ProgressBench.pages(1...2, of: job))
      try await bench.happen(ProgressBench.pages(3...700, of: job), told: false)
      try await bench.happen(ProgressBench.pages(701...701, of: job))
      let heard = try await client.messages(untilSeq: 1403, of: job)
      #expect(heard.numbers(of: job) == Array(2...1403))
      #expect(bench.hub.metrics.filledGaps.value == 1)
      // Far more at once than the bus holds, and nothing after it.
      try await bench.happen(ProgressBench.pages(702...2_000, of: job))
      #expect(try await client.messages(untilSeq: 4001, of: job).numbers(of: job) == Array(1404...4001))
      #expect(bench.hub.metrics.resyncs.value == 0)
    }
  }

  @Test("who watches all is told a job's end once, though the engine's word of it comes after the ledger's")
  func endTwice() async throws {
    try await ProgressBench.run { bench in
      let client = try await bench.client()
      try await client.subscribeToAll()
      _ = try await client.messages { $0["snapshot"] != nil }
      let job = try await bench.job()
      let stored = try await bench.happen(ProgressBench.pages(1...1, of: job), told: false)
      let end = try await bench.ledger.apply([
        .jobState(job, .completed, nil),
        .event(JobEvent(job: job, kind: .jobState, state: JobState.completed.rawValue)),
      ])
      // The plan's change has the hub read the ledger, which is ahead of the engine's words.
      bench.bus.publish(.planned(job, [:]))
      bench.publish(stored + end)
      let next = try await bench.job()
      let messages = try await client.messages(untilSeq: 1, of: next)
      #expect(messages.numbers(of: job) == [1, 2, 3, 4])
      // What happens to it later is told.
      try await bench.happen(ProgressBench.pages(2...2, of: job))
      #expect(try await client.messages(untilSeq: 6, of: job).numbers(of: job) == [5, 6])
    }
  }

  @Test("ticks come at most so often, the newest last, and none of a unit that has ended")
  func ticks() async throws {
    try await ProgressBench.run {
      $0.tickPause = .milliseconds(100)
    } _: { bench in
      let job = try await bench.job(pages: 1)
      let unit = UnitID(.ocr, .page(1))
      let client = try await bench.client()
      try await client.subscribe(job)
      _ = try await client.snapshot()
      try await bench.happen([JobEvent(job: job, kind: .unitStarted, unit: unit, state: "running")])
      _ = try await client.messages(untilSeq: 2, of: job)
      let clock = ContinuousClock()
      let began = clock.now
      for step in 1...400 {
        bench.bus.publish(.tick(job, unit, Double(step) / 1000))
        try await Task.sleep(for: .milliseconds(1))
      }
      let ticks = try await client.messages { $0["tick"]?["progress"]?.double == 0.4 }
      let most = Int((clock.now - began) / .milliseconds(100)) + 2
      #expect(ticks.count <= most && ticks.allSatisfy { $0["tick"]?["page"]?.int == 1 })
      #expect(bench.hub.metrics.coalescedTicks.value > 0)
      bench.bus.publish(.tick(job, unit, 0.9))
      try await bench.happen([JobEvent(job: job, kind: .unitFinished, unit: unit, state: "done")])
      bench.bus.publish(.tick(job, unit, 0.95))
      try await bench.enter(.completed, job)
      let rest = try await client.messages(untilSeq: 4, of: job)
      let end = try #require(rest.firstIndex { $0["seq"]?.int == 3 })
      #expect(!rest[end...].contains { $0["tick"] != nil })
    }
  }

  @Test("who watches all gets the unfinished jobs in pages, then all that happens, each job without gap or repeat")
  func all() async throws {
    try await ProgressBench.run {
      $0.page = 3
    } _: { bench in
      var jobs: [JobID] = []
      for _ in 0..<10 { jobs.append(try await bench.job(pages: 30)) }
      let busy = jobs.filter { $0 != jobs[4] }
      try await bench.enter(.completed, jobs[4])
      let happening = Task {
        for page in 1...20 {
          for job in busy { try await bench.happen(ProgressBench.pages(page...page, of: job)) }
        }
      }
      let client = try await bench.client()
      try await client.subscribeToAll()
      try await happening.value
      let late = try await bench.job(pages: 1)
      try await bench.happen(ProgressBench.pages(21...30, of: jobs[4]))
      var follower = ProgressFollower()
      var messages: [JSONValue] = []
      while follower.known[jobs[4]] != 22 || busy.contains(where: { follower.known[$0] != 41 }) {
        messages.append(try await client.next())
        try follower.take(messages[messages.count - 1])
      }
      let pages = messages.compactMap { $0["snapshot"] }
      #expect(pages.last?["more"]?.bool == false && pages.dropLast().allSatisfy { $0["more"]?.bool == true })
      let listed = pages.flatMap { $0["jobs"]?.array ?? [] }
      #expect(listed.count == 9 && !listed.contains { $0["id"]?.string == jobs[4].text })
      // What happened to a finished job after it was finished, and to one that was not there yet, is told from its start.
      #expect(messages.numbers(of: jobs[4]) == Array(3...22))
      #expect(messages.numbers(of: late) == [1])
    }
  }

  @Test("who watches all and comes back with numbers gets what happened to those jobs, finished ones too")
  func allSince() async throws {
    try await ProgressBench.run { bench in
      let running = try await bench.job(pages: 200)
      let finished = try await bench.job(pages: 5)
      let unknown = try await bench.job(pages: 5)
      try await bench.happen(ProgressBench.pages(1...5, of: finished))
      try await bench.enter(.completed, finished)
      try await bench.happen(ProgressBench.pages(1...100, of: running))
      let happening = Task {
        for page in 101...200 { try await bench.happen(ProgressBench.pages(page...page, of: running)) }
      }
      let client = try await bench.client()
      try await client.subscribeToAll(since: [running: 7, finished: 4])
      let messages = try await client.messages(untilSeq: 401, of: running)
      try await happening.value
      #expect(messages.numbers(of: running) == Array(8...401))
      #expect(messages.numbers(of: finished) == Array(5...12))
      let listed = messages.flatMap { $0["snapshot"]?["jobs"]?.array ?? [] }
      #expect(listed.compactMap { $0["id"]?.string } == [unknown.text])
    }
  }

  @Test("a key hears of its own jobs only, and cannot tell another's from one that is not there")
  func permissions() async throws {
    try await ProgressBench.run { bench in
      let own = try await bench.job(owner: "ann", pages: 1)
      let other = try await bench.job(owner: "bob", pages: 1)
      let client = try await bench.client(as: "ann")
      try await client.send("{\"subscribe\":{\"jobs\":[\"\(other)\"]}}")
      let refusal = try await client.next()
      try await client.send("{\"subscribe\":{\"jobs\":[\"0000000000\"]}}")
      let absence = try await client.next()
      #expect(refusal["error"]?["code"]?.string == "job_not_found")
      #expect(refusal["error"]?["detail"] == absence["error"]?["detail"])
      try await client.subscribeToAll()
      let page = try await client.next()
      #expect(page["snapshot"]?["jobs"]?.array?.compactMap { $0["id"]?.string } == [own.text])
      try await bench.happen(ProgressBench.pages(1...1, of: other))
      let theirs = try await bench.job(owner: "bob")
      let mine = try await bench.job(owner: "ann")
      try await bench.happen(ProgressBench.pages(1...1, of: own))
      let messages = try await client.messages(untilSeq: 3, of: own)
      #expect(messages.numbers(of: mine) == [1])
      #expect(messages.numbers(of: other).isEmpty && messages.numbers(of: theirs).isEmpty)
      let stream = try await bench.events(of: other)
      _ = stream
    }
  }

  @Test("an unsubscribed job is heard of no more, a deleted one is told to be gone")
  func ends() async throws {
    try await ProgressBench.run { bench in
      let one = try await bench.job(pages: 5)
      let two = try await bench.job(pages: 5)
      let client = try await bench.client()
      try await client.subscribe(one, two)
      _ = try await client.snapshot()
      _ = try await client.snapshot()
      try await client.send("{\"unsubscribe\":{\"jobs\":[\"\(one)\"]}}")
      // An answer to something that fails says that the message before it is done.
      try await client.send("{}")
      _ = try await client.messages { $0["error"] != nil }
      try await bench.happen(ProgressBench.pages(1...2, of: one))
      try await bench.happen(ProgressBench.pages(1...1, of: two))
      let messages = try await client.messages(untilSeq: 3, of: two)
      #expect(messages.numbers(of: one).isEmpty)
      try await bench.ledger.bury(two)
      bench.bus.publish(.removed(two))
      #expect(try await client.next()["removed"]?["job"]?.string == two.text)
    }
  }

  @Test("the plan is told when it changes")
  func plan() async throws {
    try await ProgressBench.run { bench in
      let job = try await bench.job()
      let client = try await bench.client()
      try await client.subscribe(job)
      _ = try await client.snapshot()
      let units = (1...12).map { UnitRecord(unit: UnitID(.render, .page($0))) }
      try await bench.ledger.apply([.units(job, units), .jobPages(job, 12)])
      bench.bus.publish(.planned(job, [:]))
      let plan = try await client.next()["plan"]
      #expect(plan?["pages"]?.int == 12 && plan?["stages"]?["render"]?.int == 12 && plan?["job"]?.string == job.text)
    }
  }

  @Test(
    "what cannot be understood is said so, and nothing else happens",
    arguments: [
      "", "[]", "{}", "{\"subscribe\":1}", "{\"subscribe\":{\"jobs\":[1]}}", "{\"other\":{}}",
      "{\"subscribe\":{\"jobs\":\"all\"}}", "{\"subscribe\":{\"jobs\":[\"../../etc\"]}}",
      "{\"subscribe\":{\"jobs\":[],\"since\":[]}}", "{\"subscribe\":{\"jobs\":[],\"since\":{\"jb00000001\":-1}}}",
      "{\"subscribe\":{\"jobs\":[],\"since\":{\"jb00000001\":1e99}}}", "{\"subscribe\":{\"jobs\":{\"a\":",
    ])
  func malformed(_ text: String) async throws {
    try await ProgressBench.run { bench in
      let client = try await bench.client()
      try await client.send(text)
      #expect(try await client.next()["error"]?["detail"]?.string?.isEmpty == false)
      let job = try await bench.job()
      try await client.subscribe(job)
      #expect(try await client.snapshot()["id"]?.string == job.text)
    }
  }

  @Test("the number of subscriptions is bounded, and so is the number of messages")
  func bounds() async throws {
    try await ProgressBench.run {
      $0.subscriptions = 2
      $0.messagesPerSecond = 1000
    } _: { bench in
      let jobs = [try await bench.job(), try await bench.job(), try await bench.job()]
      let client = try await bench.client()
      try await client.subscribe(jobs[0], jobs[1])
      _ = try await client.snapshot()
      _ = try await client.snapshot()
      try await client.subscribe(jobs[2])
      #expect(try await client.next()["error"]?["code"]?.string == "too_many_subscriptions")
      try await client.subscribe(jobs[0], jobs[1], jobs[2])
      #expect(try await client.next()["error"]?["code"]?.string == "too_many_subscriptions")
      try await client.send("{\"unsubscribe\":{\"jobs\":[\"\(jobs[0])\"]},\"subscribe\":{\"jobs\":[\"\(jobs[2])\"]}}")
      #expect(try await client.snapshot()["id"]?.string == jobs[2].text)
    }
    try await ProgressBench.run {
      $0.messagesPerSecond = 5
    } _: { bench in
      let client = try await bench.client()
      await #expect(throws: (any Error).self) {
        while true { try await client.send("{}") }
      }
      // What it had sent beyond may break the connection before the close frame is read.
      await #expect(throws: (any Error).self) {
        while true { _ = try await client.next() }
      }
      try await eventually { bench.hub.metrics.subscribers.value == 0 }
    }
  }
}
