import CanonicalJSON
import Checkpoints
import Foundation
import Ledger
import StageKit
import Synchronization
import TestSupport
import Testing

@testable import Engine

@Suite("A unit that asks a language model")
struct ConsultationTests {
  private static let enrichment = UnitID(.enrichment)

  @Test("has its question passed on by the engine, from a confined worker of another kind than the others")
  func asks() async throws {
    let harness = try EngineHarness()
    harness.sandbox = .required
    let gateway = ScriptedGateway()
    harness.models = gateway
    let job = try await harness.run("one\ntwo\n")
    #expect(try await harness.job(job).manifest.state == .completed)
    #expect(gateway.asked == [.words(prompt: "What?", schema: nil, picture: nil)])
    let checkpoint = try Self.checkpoint(of: job, in: harness)
    #expect(checkpoint["payload"]?["text"] == "small: answer 1")
    #expect(checkpoint["engines"]?["model"] == "small")
    #expect(checkpoint["recorded"]?["model.asked"] == "1" && checkpoint["recorded"]?["model.failure"] == nil)
    let attempts = try await harness.attempts(job)
    let own = Set(attempts.filter { $0.unit == Self.enrichment }.compactMap(\.worker))
    let others = Set(attempts.filter { $0.unit != Self.enrichment }.compactMap(\.worker))
    #expect(own == [harness.workers + 1] && others.isSubset(of: Set(1...harness.workers)))
  }

  @Test("is an ordinary one where its options ask nobody, with the key that it has without any model")
  func silent() async throws {
    let (harness, plain) = (try EngineHarness(), try EngineHarness())
    let gateway = ScriptedGateway()
    harness.models = gateway
    let settings = JobSettings(
      overrides: [OptionOverride(stage: .enrichment, option: "ask", value: false)], formats: [.markdown, .text])
    let (job, other) = (try await harness.run("one\n", settings), try await plain.run("one\n", settings))
    #expect(gateway.asked.isEmpty)
    let (mine, theirs) = (try await harness.units(job), try await plain.units(other))
    #expect(mine[Self.enrichment]?.key == theirs[Self.enrichment]?.key)
    #expect(try await harness.attempts(job, "enrichment").allSatisfy { ($0.worker ?? 0) <= harness.workers })
  }

  @Test("is asked again of another model, and nothing but it and what reads it")
  func otherModel() async throws {
    let harness = try EngineHarness()
    harness.models = ScriptedGateway("small")
    let job = try await harness.run("one\ntwo\n")
    let before = try await harness.attempts(job).count
    for (model, again) in [("small", 0), ("large", 1)] {
      let gateway = ScriptedGateway(model) { _ in "the same" }
      harness.models = gateway
      try await harness.session { _ = try await $0.resume(job) }
      #expect(gateway.asked.count == again)
    }
    let later = try await harness.attempts(job).dropFirst(before).map(\.unit.stage)
    #expect(Set(later).isSubset(of: [.enrichment, .export]) && later.contains(.enrichment))
    #expect(try Self.checkpoint(of: job, in: harness)["payload"]?["text"] == "large: the same")
  }

  @Test("does without the answer where there is none, says so in its checkpoint, and gets it when it is run again")
  func unavailable() async throws {
    let harness = try EngineHarness()
    harness.models = ScriptedGateway { number in
      guard number > 1 else { throw StageFailure(.modelUnavailable, "Nobody is there.") }
      return "now"
    }
    let job = try await harness.run("one\n")
    #expect(try await harness.job(job).manifest.state == .completed)
    let without = try Self.checkpoint(of: job, in: harness)
    #expect(without["payload"]?["text"] == "model_unavailable")
    #expect(
      without["recorded"]?["model.unanswered"] == "1" && without["recorded"]?["model.failure"] == "model_unavailable")
    try await harness.session { try await $0.rerun(job, RerunRequest(stage: .enrichment, force: true)) }
    #expect(try await harness.attempts(job, "enrichment").map(\.outcome) == [.succeeded, .succeeded])
    #expect(try Self.checkpoint(of: job, in: harness)["payload"]?["text"] == "small: now")
    // What stood there is kept, and is not taken for something that a person has put there.
    #expect(try await harness.reader().history(of: job, unit: Self.enrichment).map(\.cause) == [.rerun])
    #expect(try await harness.reader().pins(of: job).isEmpty)
  }

  @Test("may wait for its answer for longer than it may work, and others work meanwhile")
  func waits() async throws {
    let harness = try EngineHarness()
    harness.limits.document = UnitLimits(cpuSeconds: 30, wallSeconds: 1, residentBytes: 1 << 30)
    harness.limits.documentPage = 0
    harness.workers = 1
    let quick = Mutex<JobID?>(nil)
    let data = harness.folder
    harness.models = ScriptedGateway { _ in
      try await Task.sleep(for: .seconds(1.5))
      for _ in 0..<200 {
        try await Task.sleep(for: .milliseconds(100))
        guard let job = quick.withLock({ $0 }) else { continue }
        let state = try await SQLiteLedgerReader(path: data.ledger).job(job)?.manifest.state
        if state == .completed { return "late" }
      }
      return "alone"
    }
    let slow = try await harness.session { engine in
      let slow = try await harness.submit("one\n", to: engine)
      let other = try await harness.submit("two\n", JobSettings(until: .readingOrder, formats: [.markdown]), to: engine)
      quick.withLock { $0 = other }
      return slow
    }
    #expect(try await harness.job(slow).manifest.state == .completed)
    #expect(try Self.checkpoint(of: slow, in: harness)["payload"]?["text"] == "small: late")
    #expect(try await harness.attempts(slow, "enrichment").map(\.outcome) == [.succeeded])
  }

  @Test("that is cancelled gives its question up")
  func cancelled() async throws {
    let harness = try EngineHarness()
    let isGivenUp = Mutex(false)
    let (asked, asking) = AsyncStream.makeStream(of: Void.self)
    harness.models = ScriptedGateway { _ in
      asking.finish()
      do { try await Task.sleep(for: .seconds(60)) } catch {
        isGivenUp.withLock { $0 = true }
        throw error
      }
      return "never"
    }
    let engine = try await harness.open()
    let job = try await harness.submit("one\n", to: engine)
    let running = Task { try await engine.run() }
    for await _ in asked {}
    try await engine.cancel(job)
    try await running.value
    try await engine.close()
    #expect(isGivenUp.withLock { $0 })
    #expect(try await harness.job(job).manifest.state == .cancelled)
    #expect(try harness.leftovers().isEmpty)
  }

  @Test("is the only one that is heard: a worker taken over by its document is refused")
  func uninvited() async throws {
    let harness = try EngineHarness()
    harness.sandbox = .required
    let gateway = ScriptedGateway()
    harness.models = gateway
    let job = try await harness.run("one !ocr=ask\n")
    #expect(try await harness.job(job).manifest.state == .completed)
    #expect(gateway.asked.count == 1)
  }

  private static func checkpoint(of job: JobID, in harness: EngineHarness) throws -> JSONValue {
    let path = harness.folder.job(job) + "/14-enrichment/document.json"
    return try CanonicalDecoder().decode(JSONValue.self, from: Array(Data(contentsOf: URL(fileURLWithPath: path))))
  }
}
