import Checkpoints
import Foundation
import Ledger
import StageKit
import TestSupport
import Testing

@testable import Engine

@Suite("Units that one worker does one after the other")
struct UnitChainTests {
  @Test("stand in the ledger with an attempt, its start and its end each, as those that run by themselves")
  func records() async throws {
    let harness = try EngineHarness()
    harness.workers = 1
    let job = try await harness.run("one\ntwo\n")
    let units = try await harness.units(job)
    let attempts = try await harness.attempts(job)
    #expect(attempts.count == units.count)
    #expect(Set(attempts.map(\.fence)).count == attempts.count)
    #expect(units.values.allSatisfy { $0.state == .done && $0.attempts == 1 && $0.key != nil })
    let events = try await harness.reader().events(of: job, since: 0, limit: 1_000)
    for unit in units.keys {
      let own = events.filter { $0.unit == unit }
      #expect(own.map(\.kind) == [.unitStarted, .unitFinished], "\(unit)")
      #expect(own.allSatisfy { $0.attempt == 1 }, "\(unit)")
    }
    for attempt in attempts {
      #expect(attempt.started <= attempt.finished ?? 0)
      #expect(attempt.worker == 1)
    }
  }

  @Test("leave what they would leave by themselves")
  func same() async throws {
    let (chained, single) = (try EngineHarness(), try EngineHarness())
    let text = "one\ntwo\nthree\n"
    let first = try await chained.run(text)
    // Interrupted before anything was done, a job is no longer new, and each of its units goes by itself.
    let second = try await single.run("one\ntwo\nthree\n", JobSettings(until: .ingest, formats: [.markdown, .text]))
    try await single.session { engine in
      var settings = EngineHarness.exports
      settings.until = nil
      _ = try await engine.store(settings, engine.record(of: second))
      _ = try await engine.resume(second)
    }
    #expect(try chained.tree(first) == single.tree(second))
  }

  @Test("keep what was done where a later one takes its worker with it")
  func laterDies() async throws {
    let harness = try EngineHarness()
    harness.workers = 1
    let marker = harness.temporary.file("marker").path
    let job = try await harness.run("one !ocr=crash@\(marker)\n")
    #expect(try await harness.job(job).manifest.state == .completed)
    for attempt in try await harness.attempts(job) where attempt.unit != UnitID("ocr/1") {
      #expect(attempt.outcome == .succeeded && attempt.attempt == 1, "\(attempt.unit)")
    }
    let tries = try await harness.attempts(job, "ocr/1")
    #expect(tries.map { $0.outcome?.name } == ["killed", "succeeded"])
    #expect(try harness.leftovers().isEmpty)
  }

  @Test("tell of one that takes long while it runs, with all that came before it")
  func lasting() async throws {
    let harness = try EngineHarness()
    let marker = harness.temporary.file("marker").path
    let engine = try await harness.open()
    let job = try await harness.submit("one !ocr=hang@\(marker)\n", to: engine)
    async let running: Void = engine.run()
    try await waitFor {
      let units = try await harness.units(job)
      return units[UnitID(.ocr, .page(1))]?.state == .running && units[UnitID(.render, .page(1))]?.state == .done
    }
    try await engine.cancel(job)
    await engine.stop()
    try await running
    try await engine.close()
    #expect(try await harness.attempts(job, "render/1").map(\.outcome) == [.succeeded])
    #expect(try await harness.attempts(job, "ocr/1").map(\.outcome) == [.cancelled])
  }
}
