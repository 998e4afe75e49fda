import CanonicalJSON
import Checkpoints
import Foundation
import Ledger
import Logging
import StageKit
import TestSupport
import Testing

@testable import Engine

@Suite("A replay")
struct ReplayTests {
  @Test("of an unchanged stage yields what the jobs have, and touches nothing of theirs")
  func equal() async throws {
    let harness = try EngineHarness()
    let jobs = [try await harness.run("one\ntwo\n"), try await harness.run("three\n")]
    let before = try jobs.map { try harness.tree($0) }
    let objects = SheafFiles.paths(below: harness.folder.objects)
    for stage in [StageID.ocr, .regions, .readingOrder, .export] {
      for job in jobs {
        let replay = try await harness.replay(job, ReplayRequest(stage: stage))
        #expect(replay.units.allSatisfy { $0.verdict == .equal }, "\(stage)")
        #expect(!replay.units.isEmpty)
        #expect(replay.units.allSatisfy { $0.oldCost?.cpuSeconds != nil && $0.newCost?.cpuSeconds != nil })
      }
    }
    #expect(try jobs.map { try harness.tree($0) } == before)
    #expect(SheafFiles.paths(below: harness.folder.objects) == objects)
    #expect(try await harness.attempts(jobs[1]).count == (try await harness.units(jobs[1]).count))
  }

  @Test("with another option tells what would change, where, and keeps it where it is asked to")
  func changed() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\ntwo\n")
    let kept = harness.temporary.path + "/kept"
    var request = ReplayRequest(stage: .ocr, pages: PageSelection("2"), settings: ["ocr.suffix=!"])
    request.output = kept
    let replay = try await harness.replay(job, request)
    let unit = try #require(replay.units.first)
    #expect(replay.units.count == 1)
    #expect(unit.verdict == .changed)
    #expect(unit.changes.map(\.path) == ["text"])
    #expect(unit.changes.first?.changed == 1)
    let bytes = try #require(FileManager.default.contents(atPath: "\(kept)/\(job)/03-ocr/0002.json"))
    #expect(String(decoding: bytes, as: UTF8.self).contains("two!"))
    #expect(try await harness.job(job).manifest.settings == EngineHarness.exports)
  }

  @Test("tells units that fail, and leaves out those whose upstream is not there")
  func failures() async throws {
    let harness = try EngineHarness()
    let marker = harness.temporary.path + "/marker"
    let job = try await harness.run("one !tables=fail\ntwo !ocr=fail\nthree !tables=crash@\(marker)\n")
    let tables = try await harness.replay(job, ReplayRequest(stage: .tables))
    #expect(tables.units.map(\.verdict) == [.failed, .skipped, .equal])
    try FileManager.default.removeItem(atPath: marker)
    let again = try await harness.replay(job, ReplayRequest(stage: .tables, pages: PageSelection("3")))
    #expect(again.units.map(\.failure?.code) == [.crashed])
  }

  @Test("of a stage with parts names the pages that change")
  func parts() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\ntwo\n")
    let replay = try await harness.replay(job, ReplayRequest(stage: .ingest, settings: ["ingest.suffix=x"]))
    #expect(replay.units.map(\.verdict) == [.changed])
    #expect(replay.units.first?.changedPages == [1, 2])
  }

  @Test("runs over what people pinned, over a gap too, and lays what a pinned stage yields beside what it yielded")
  func pinned() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\ntwo !ocr=fail\nthree\n")
    for unit in ["ocr/2", "ocr/3", "regions/1"] { _ = try await harness.edit(job, unit, #"{"text":"by hand"}"#) }
    for stage in [StageID.layout, .regions, .tables, .assembly, .readingOrder, .export] {
      let replay = try await harness.replay(job, ReplayRequest(stage: stage))
      #expect(replay.units.count >= 1 && replay.units.allSatisfy { $0.verdict == .equal }, "\(stage)")
    }
    let ocr = try await harness.replay(job, ReplayRequest(stage: .ocr))
    #expect(ocr.units.map(\.verdict) == [.equal, .failed, .equal])
  }

  @Test("refuses options of another stage")
  func foreignOption() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\n")
    await #expect {
      try await harness.replay(job, ReplayRequest(stage: .tables, settings: ["ocr.suffix=!"]))
    } throws: { ($0 as? StageFailure)?.code == .invalidRequest }
  }

  @Test("counts places that differ, whatever their index", arguments: Difference.all)
  func places(example: Difference) {
    let found = PayloadChange.between(example.old, example.new).map { change in
      "\(change.path) \(change.changed) \(change.added) \(change.removed)"
    }
    #expect(found == example.changes)
  }

  struct Difference: Sendable, CustomTestStringConvertible {
    let old: JSONValue
    let new: JSONValue
    let changes: [String]
    var testDescription: String { "\(changes)" }

    static let all = [
      Difference(old: ["a": 1], new: ["a": 1], changes: []),
      Difference(old: ["a": 1, "b": 2], new: ["a": 2, "c": 2], changes: ["a 1 0 0", "b 0 0 1", "c 0 1 0"]),
      Difference(
        old: ["w": [["t": "x"], ["t": "y"], ["t": "z"]]], new: ["w": [["t": "x"], ["t": "q"], ["t": "z"]]],
        changes: ["w[].t 1 0 0"]),
      // One element more in the middle is one more, and nothing else.
      Difference(old: ["w": [1, 2, 3]], new: ["w": [1, 9, 2, 3]], changes: ["w[] 0 1 0"]),
      Difference(old: ["w": [1, 2, 3]], new: ["w": []], changes: ["w[] 0 0 3"]),
      Difference(old: "x", new: ["x"], changes: [" 1 0 0"]),
    ]
  }
}

enum SheafFiles {
  static func paths(below root: String) -> [String] {
    // A folder that is not there has no files.
    ((try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []).sorted()
  }
}

extension EngineHarness {
  func replay(_ job: JobID, _ request: ReplayRequest) async throws -> JobReplay {
    let scratch = try TemporaryFolder()
    let replayer = StageReplayer(
      try WorkerProgram(executable: Self.faultWorker, sandbox: SandboxPolicy(mode: .off)), try await pipeline(),
      workers: 2, limits: limits,
      scratch: scratch.path, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    return try await replayer.replay(survey(job), request)
  }
}
