import Checkpoints
import Ledger
import StageKit
import Testing

@testable import Engine

@Suite("A deletion beside other jobs", .timeLimit(.minutes(2)))
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
}
