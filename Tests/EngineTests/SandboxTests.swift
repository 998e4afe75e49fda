import Checkpoints
import Escapes
import Foundation
import Ledger
import StageKit
import TestSupport
import Testing
import WorkerChannel

@testable import Engine

@Suite("A confined worker")
struct SandboxTests {
  @Test("finds every way out closed, and its scratch folder open")
  func escapes() async throws {
    let harness = try EngineHarness()
    harness.sandbox = .required
    let job = try await harness.run("one !ocr=escape\ntwo\n")
    let told = try await harness.units(job)[UnitID(.ocr, .page(1))]?.failure?.message
    #expect(told == nil)
    #expect(try await harness.job(job).manifest.state == .completed)
    #expect(try await harness.attempts(job, "ocr/1").map(\.outcome) == [.succeeded])
    #expect(try harness.leftovers().isEmpty)
    // None of the ways was left out by the way.
    #expect((0..<100).count { escapes_name($0) != nil } >= 50)
  }

  @Test("is what closes them: without it most are open")
  func control() async throws {
    let harness = try EngineHarness()
    let open = ["read-passwd", "write-data", "make-link", "connect-tcp", "fork", "signal-parent", "writable-code"]
    let outcomes = open.map { name in
      let folder = harness.temporary.path
      return escapes_try(name, folder, folder)
    }
    #expect(outcomes == open.map { _ in 0 })
  }

  @Test("that asks for more memory than it may fails its page only, with a code that says so")
  func memory() async throws {
    let harness = try EngineHarness()
    harness.sandbox = .required
    harness.limits.page = UnitLimits(cpuSeconds: 20, wallSeconds: 60, residentBytes: 200 << 20)
    let job = try await harness.run("one !ocr=eat\ntwo\n")
    #expect(try await harness.job(job).manifest.state == .completedWithErrors)
    #expect(try harness.markdown(job) == "# other\n\n[page 1: out_of_memory]\ntwo with tables\n")
  }

  @Test(
    "that writes a file without end, or files without end, fails its page only, with a code that says so",
    arguments: ["hoard", "scatter"])
  func output(fault: String) async throws {
    let harness = try EngineHarness()
    harness.sandbox = .required
    harness.limits.outputBytes = 5 << 20
    let job = try await harness.run("one !ocr=\(fault)\ntwo\n")
    #expect(try await harness.job(job).manifest.state == .completedWithErrors)
    #expect(try harness.markdown(job) == "# other\n\n[page 1: output_too_large]\ntwo with tables\n")
    #expect(try harness.leftovers().isEmpty)
  }

  @Test("that takes too long over a job pauses it, and a resumption with more time ends it")
  func jobTime() async throws {
    let harness = try EngineHarness()
    harness.limits.jobSeconds = 0
    let job = try await harness.run("one\ntwo\n")
    #expect(try await harness.job(job).manifest.state == .paused)
    #expect(try await harness.job(job).manifest.failure?.code == .timedOut)
    harness.limits.jobSeconds = 60
    try await harness.session { _ = try await $0.resume(job) }
    #expect(try await harness.job(job).manifest.state == .completed)
    #expect(try await harness.attempts(job, "ingest").count == 1)
  }

  @Test("that dies leaves nothing to the next one in its scratch folder")
  func litter() async throws {
    let harness = try EngineHarness()
    harness.sandbox = .required
    harness.workers = 1
    let engine = try await harness.open()
    let job = try await harness.submit("one !ocr=litter\n", to: engine)
    try await engine.run()
    let scratch = try FileManager.default.subpathsOfDirectory(atPath: harness.folder.temporary)
    #expect(scratch.contains { $0.hasSuffix("/scratch") })
    #expect(!scratch.contains { $0.hasSuffix("/rest") })
    try await engine.close()
    #expect(try await harness.attempts(job, "ocr/1").map { $0.outcome?.name } == ["killed", "killed", "killed"])
  }
}

@Suite("A worker")
struct WorkerTenancyTests {
  /// The processes that ran the units of a job: a hang says which.
  private func workers(_ harness: EngineHarness, owners: [String], texts: [String]) async throws -> Int {
    harness.workers = 1
    let engine = try await harness.open()
    let watch = engine.roster
    for (owner, text) in zip(owners, texts) {
      let file = harness.temporary.file(UUID().uuidString)
      try Data(text.utf8).write(to: file)
      let handle = try FileHandle(forReadingFrom: file)
      let document = try await engine.take(from: handle.fileDescriptor)
      _ = try await engine.submit(
        document, name: "test", settings: EngineHarness.exports, password: nil, owner: owner)
    }
    let seen = Task {
      var processes: Set<Int32> = []
      while !Task.isCancelled {
        processes.formUnion(watch.all.map(\.process))
        // Ended by the cancellation that ends the loop.
        try? await Task.sleep(for: .milliseconds(5))
      }
      return processes
    }
    try await engine.run()
    seen.cancel()
    let processes = await seen.value
    try await engine.close()
    return processes.count
  }

  @Test(
    "serves one owner's documents, and one document only where that is asked for",
    arguments: [
      (WorkerIsolation.owner, ["ann", "ann"], 1), (.owner, ["ann", "bob"], 2), (.document, ["ann", "ann"], 2),
    ])
  func tenancy(isolation: WorkerIsolation, owners: [String], least: Int) async throws {
    let harness = try EngineHarness()
    harness.isolation = isolation
    let texts = ["one !ocr=slow\ntwo !ocr=slow\n", "three !ocr=slow\nfour !ocr=slow\n"]
    let count = try await workers(harness, owners: owners, texts: texts)
    #expect(least == 1 ? count == 1 : count >= least)
  }
}
