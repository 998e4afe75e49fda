import Checkpoints
import Foundation
import Ledger
import StageKit
import Testing

@testable import Engine

@Suite("A deletion beside other jobs", .timeLimit(.minutes(10)))
struct DeletionRaceTests {
  @Test("leaves a result that another job has looked up and is about to name")
  func lookedUp() async throws {
    let harness = try EngineHarness()
    let first = try await harness.run("one\ntwo\n")
    let keys = try await harness.units(first).values.compactMap(\.key)
    let second = try await harness.session { engine in
      // As a job that has found them does, until the ledger has its rows.
      await engine.surroundings.claims.claim(keys)
      try await engine.delete(first)
      let left = try await engine.ledger.artifacts(keys: keys)
      #expect(Set(left.keys) == Set(keys))
      for artifact in left.values { #expect(try engine.surroundings.store.has(artifact)) }
      engine.surroundings.claims.release(keys)
      return try await harness.submit("one\ntwo\n", to: engine)
    }
    #expect(try await harness.job(second).manifest.state == .completed)
    // Everything was found, so nothing ran.
    #expect(try await harness.attempts(second).isEmpty)
    #expect(try !harness.tree(second).isEmpty)
  }

  @Test("takes what nobody looks at")
  func alone() async throws {
    let harness = try EngineHarness()
    let first = try await harness.run("one\n")
    let keys = try await harness.units(first).values.compactMap(\.key)
    try await harness.session { engine in
      try await engine.delete(first)
      #expect(try await engine.ledger.artifacts(keys: keys).isEmpty)
    }
  }

  @Test("over and over, while others come to the same results, never takes what they need")
  func together() async throws {
    let harness = try EngineHarness()
    let text = "one\ntwo\nthree\n"
    let engine = try await harness.open()
    let running = Task { try await engine.run() }
    defer { running.cancel() }
    var earlier = try await harness.submit(text, to: engine)
    for _ in 0..<12 {
      try await engine.run()
      let last = earlier
      async let deletion: Void = engine.delete(last)
      earlier = try await harness.submit(text, to: engine)
      try await deletion
    }
    try await engine.run()
    let job = try #require(try await engine.ledger.job(earlier))
    #expect(job.manifest.state == .completed)
    let keys = try await engine.ledger.units(of: earlier).compactMap(\.key)
    let results = try await engine.ledger.artifacts(keys: keys)
    #expect(Set(results.keys) == Set(keys))
    for artifact in results.values { #expect(try engine.surroundings.store.has(artifact)) }
    try await engine.close()
  }

  @Test("beside reruns and exports of the same job: they come before it, or find no job; the engine goes on")
  func changes() async throws {
    let harness = try EngineHarness()
    let engine = try await harness.open()
    let other = try await harness.submit("other\n", to: engine)
    for _ in 0..<10 {
      let job = try await harness.submit("one\ntwo\nthree\n", to: engine)
      let running = Task { try await engine.run() }
      async let deletion: Void = engine.delete(job)
      async let rerun = Self.code { _ = try await engine.rerun(job, RerunRequest(stage: .ocr, force: true)) }
      async let export = Self.code { _ = try await engine.export(job, formats: [.html]) }
      try await deletion
      let codes = try await [rerun, export].compactMap { $0 }
      #expect(codes.allSatisfy { $0 == .jobNotFound })
      try await running.value
      #expect(try await engine.ledger.job(job) == nil)
      #expect(!FileManager.default.fileExists(atPath: harness.folder.job(job)))
    }
    #expect(try await engine.ledger.job(other)?.manifest.state == .completed)
    try await engine.close()
  }

  /// What a change failed with; nil where it was made.
  private static func code(_ change: () async throws -> Void) async throws -> ErrorCode? {
    do {
      try await change()
      return nil
    } catch let failure as StageFailure { return failure.code }
  }

  @Test("that the engine hears of while the job is at work ends that job alone")
  func atWork() async throws {
    let harness = try EngineHarness()
    let engine = try await harness.open()
    let job = try await harness.submit("one\ntwo !ocr=slow\nthree !layout=slow\n", to: engine)
    let other = try await harness.submit("other\n", to: engine)
    async let running: Void = engine.run()
    try await waitFor { try await engine.ledger.units(of: job).contains { $0.state == .done } }
    try await engine.ledger.bury(job)
    try await running
    #expect(try await engine.ledger.job(other)?.manifest.state == .completed)
    try await engine.finishDeletions()
    #expect(try await engine.ledger.job(job) == nil)
    try await engine.close()
  }

  @Test("that cannot be finished keeps no start and no other job from going on, and is tried again")
  func stuck() async throws {
    let harness = try EngineHarness()
    let stuck = try await harness.run("one\n")
    let gone = try await harness.run("two\n")
    var engine = try await harness.open()
    try await engine.ledger.bury(stuck)
    try await engine.ledger.bury(gone)
    let open = try await harness.submit("three\n", to: engine)
    try await engine.close()

    harness.whenDeleting = { job in
      if job == stuck { throw StageFailure(.inputOutput, "The search index is locked.") }
    }
    engine = try await harness.open()
    try await engine.recover()
    try await engine.run()
    #expect(try await engine.ledger.tombstones().map(\.manifest.id) == [stuck])
    #expect(try await engine.ledger.job(open)?.manifest.state == .completed)
    try await engine.close()

    harness.whenDeleting = nil
    try await harness.session { try await $0.finishDeletions() }
    #expect(try await harness.reader().tombstones().isEmpty)
    #expect(!FileManager.default.fileExists(atPath: harness.folder.job(stuck)))
  }
}
