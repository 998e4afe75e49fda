import Checkpoints
import Foundation
import Ledger
import StageKit
import TestSupport
import Testing

@testable import Engine

@Suite("Changes of a job that come together", .timeLimit(.minutes(10)))
struct JobChangeTests {
  @Test("are all made: of two reruns and an export none takes back what another wrote")
  func together() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\ntwo\n")
    for round in 0..<8 {
      try await harness.session { engine in
        async let first = engine.rerun(job, RerunRequest(stage: .ocr, settings: ["ocr.suffix=\(round)"]))
        async let second = engine.rerun(job, RerunRequest(stage: .render, settings: ["render.suffix=\(round)"]))
        async let third = engine.export(job, formats: [round.isMultiple(of: 2) ? .html : .json])
        _ = try await (first, second, third)
      }
      let settings = try await harness.job(job).manifest.settings
      #expect(Set(settings.overrides.map { "\($0.stage.rawValue).\($0.option)=\($0.value)" }).count == 2)
      let written = settings.overrides.map { "\($0.value)" }
      #expect(written.allSatisfy { $0.contains("\(round)") }, "\(written)")
    }
    let formats = try await harness.job(job).manifest.settings.formats
    #expect(Set(formats).isSuperset(of: [.markdown, .text, .html, .json]))
    #expect(try await harness.job(job).manifest.state == .completed)
  }

  @Test("as one request are all made or none")
  func several() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\n")
    let engine = try await harness.open()
    await #expect {
      _ = try await engine.rerun(
        job,
        [
          RerunRequest(stage: .ocr, settings: ["ocr.suffix=!"], force: true),
          RerunRequest(stage: .render, settings: ["render.sufix=!"]),
        ])
    } throws: { ($0 as? StageFailure)?.code == .unknownOption }
    try await engine.close()
    #expect(try await harness.job(job).manifest.settings == EngineHarness.exports)
    #expect(try await harness.units(job).values.allSatisfy { $0.again == nil })
  }

  @Test("by force are made, whether they come one after the other or as one")
  func forced() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\ntwo\n")
    var before = try await harness.attempts(job).count
    try await harness.session { engine in
      _ = try await engine.rerun(job, RerunRequest(stage: .tables, force: true))
      _ = try await engine.rerun(job, RerunRequest(stage: .ocr, pages: PageSelection("2"), force: true))
      _ = try await engine.resume(job)
    }
    #expect(
      try await harness.attempts(job).dropFirst(before).map(\.unit.description).sorted()
        == ["ocr/2", "tables/1", "tables/2"])
    before = try await harness.attempts(job).count
    try await harness.session { engine in
      let requests = [RerunRequest(stage: .figures, force: true), RerunRequest(stage: .layout, force: true)]
      _ = try await engine.rerun(job, requests)
    }
    #expect(
      try await harness.attempts(job).dropFirst(before).map(\.unit.description).sorted()
        == ["figures/1", "figures/2", "layout/1", "layout/2"])
  }

  @Test("that are asked for by force, or for another try, outlive the engine")
  func restart() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\ntwo !tables=crash\n")
    let before = try await harness.attempts(job).count
    var engine = try await harness.open()
    _ = try await engine.rerun(job, RerunRequest(stage: .ocr, pages: PageSelection("1"), force: true))
    _ = try await engine.resume(job, retryGaps: true)
    try await engine.close()

    engine = try await harness.open()
    try await engine.recover()
    try await engine.run()
    try await engine.close()
    #expect(try await harness.attempts(job, "ocr/1").count == 2)
    #expect(try await harness.attempts(job, "tables/2").count == 6)
    #expect(try await harness.attempts(job).count == before + 4)
    #expect(try await harness.units(job).values.allSatisfy { $0.again == nil })
    // And are met once.
    try await harness.session { _ = try await $0.resume(job) }
    #expect(try await harness.attempts(job).count == before + 4)
  }

  @Test("that fail leave the job at work")
  func failing() async throws {
    let harness = try EngineHarness()
    let marker = harness.temporary.file("marker").path
    let engine = try await harness.open()
    let job = try await harness.submit("one !ocr=hang@\(marker)\ntwo\n", to: engine)
    async let running: Void = engine.run()
    try await waitFor { FileManager.default.fileExists(atPath: marker) }
    await #expect {
      try await engine.unpin(job, UnitID(.render, .page(1)))
    } throws: { ($0 as? StageFailure)?.code == .checkpointNotFound }
    try await running
    try await engine.close()
    #expect(try await harness.job(job).manifest.state == .completed)
  }
}
