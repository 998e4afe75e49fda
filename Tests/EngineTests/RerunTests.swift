import Checkpoints
import Foundation
import Ledger
import StageKit
import Testing

@testable import Engine

@Suite("A rerun")
struct RerunTests {
  @Test("runs the stage on its page and only what depends on a changed result; going back runs nothing")
  func cutoff() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\ntwo\nthree\n")
    let original = try harness.tree(job)
    var before = Set(try await harness.attempts(job).map(\.fence))

    try await harness.session { engine in
      _ = try await engine.rerun(job, RerunRequest(stage: .ocr, pages: PageSelection("3"), settings: ["ocr.suffix=!"]))
    }
    var new = try await harness.attempts(job).filter { !before.contains($0.fence) }.map(\.unit.description).sorted()
    // Layout has the same number of words, so regions, and with it the other pages, have nothing to do.
    #expect(
      new == [
        "assembly/3", "chunking", "classification", "export/md", "export/txt", "extraction", "layout/3", "ocr/3",
        "reading-order", "regions", "sections", "tables/3",
      ])
    #expect(try harness.markdown(job).contains("three! with tables"))
    #expect(try harness.tree(job)["history/03-ocr/0003.1.json"] == original["03-ocr/0003.json"])

    before = Set(try await harness.attempts(job).map(\.fence))
    try await harness.session { _ = try await $0.rerun(job, RerunRequest(stage: .ocr, reset: true)) }
    new = try await harness.attempts(job).filter { !before.contains($0.fence) }.map(\.unit.description)
    #expect(new.isEmpty)
    let back = try harness.tree(job).filter { !$0.key.hasPrefix("history/") }
    #expect(back == original)
  }

  @Test("by force runs what is there, and what is below it stays")
  func force() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\ntwo\n")
    let before = try await harness.attempts(job).count
    try await harness.session { _ = try await $0.rerun(job, RerunRequest(stage: .ocr, force: true)) }
    let new = try await harness.attempts(job).dropFirst(before).map(\.unit.description).sorted()
    #expect(new == ["ocr/1", "ocr/2"])
    let events = try await harness.reader().events(of: job, since: 0, limit: 1000)
    #expect(events.filter { $0.kind == .unitRepeated }.map(\.state) == ["equal", "equal"])
  }

  @Test("with something wrong says what, and changes nothing", arguments: WrongRequest.all)
  func wrong(request: WrongRequest) async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\n")
    let engine = try await harness.open()
    await #expect {
      _ = try await engine.rerun(job, request.request)
    } throws: { ($0 as? StageFailure)?.code == request.code }
    try await engine.close()
    #expect(try await harness.job(job).manifest.settings == EngineHarness.exports)
  }

  struct WrongRequest: Sendable, CustomTestStringConvertible {
    let request: RerunRequest
    let code: ErrorCode
    var testDescription: String { code.rawValue }

    static let all = [
      WrongRequest(request: RerunRequest(stage: .ocr, settings: ["ocr.sufix=x"]), code: .unknownOption),
      WrongRequest(request: RerunRequest(stage: .ocr, settings: ["orc.suffix=x"]), code: .unknownStage),
      WrongRequest(request: RerunRequest(stage: .ocr, settings: ["nonsense"]), code: .invalidOption),
      WrongRequest(request: RerunRequest(stage: .ocr, pages: PageSelection("4-5")), code: .noSuchPage),
      WrongRequest(request: RerunRequest(stage: .sections, pages: PageSelection("1")), code: .invalidRequest),
    ]
  }
}
