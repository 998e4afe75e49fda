import CanonicalJSON
import Checkpoints
import Engine
import Ledger
import StageKit
import Testing

@testable import sheaf

@Suite("Status")
struct JobStatusTests {
  static func record(_ state: JobState) -> JobRecord {
    JobRecord(
      manifest: JobManifest(
        id: ProgressTests.job, name: "report", source: Digest(of: [UInt8](arrayLiteral: 1)), sourceLength: 4200,
        settings: JobSettings(formats: [.markdown]), state: state, owner: "", created: "2026-01-01T00:00:00Z"),
      pageCount: 3, created: 0, started: 10, finished: state.isFinished ? 22 : nil, seq: 9)
  }

  static let units = [
    UnitRecord(unit: UnitID(.ingest), state: .done),
    UnitRecord(unit: UnitID(.ocr, .page(1)), state: .done, reused: true),
    UnitRecord(
      unit: UnitID(.ocr, .page(2)), state: .gap, gap: .crashed, failure: StageFailure(.crashed, "It broke.", page: 2)),
    UnitRecord(unit: UnitID(.ocr, .page(3)), state: .running),
  ]

  static let attempts = [
    AttemptRecord(
      unit: UnitID(.ocr, .page(1)), attempt: 1, key: Digest(of: [UInt8](arrayLiteral: 2)), fence: 1, owner: "o",
      started: 11, finished: 12, outcome: .succeeded, use: AttemptUse(cpuSeconds: 1.5))
  ]

  @Test("units are counted stage by stage")
  func stages() {
    let status = JobStatus(
      record: Self.record(.running), units: Self.units, attempts: Self.attempts,
      owner: DataFolderOwner(id: "o", process: 7, program: "sheaf run"),
      live: LiveStatus(running: [.init(unit: UnitID(.ocr, .page(3)), fraction: 0.5, worker: 8)]))
    #expect(status.stages.map(\.stage) == [.ingest, .ocr])
    #expect(
      status.stages.last
        == JobStatus.Stage(stage: .ocr, planned: 3, done: 1, running: 1, givenUp: 1, reused: 1, processorSeconds: 1.5))
    let lines = status.lines(repeated: "")
    #expect(lines.contains("running, by sheaf run (process 7)"))
    #expect(lines.contains("  ocr/3  50%  (worker 8)"))
    #expect(lines.contains("  page 2: ocr: It broke. [crashed]"))
  }

  @Test("a running job that nobody works on says how to go on")
  func abandoned() {
    let status = JobStatus(record: Self.record(.running), units: Self.units, attempts: [], owner: nil, live: nil)
    #expect(status.isAbandoned)
    #expect(status.lines(repeated: " --data d").contains("Go on with: sheaf resume 0123456789 --data d"))
    #expect(status.stages.last?.running == 0)
  }

  @Test("a finished job is not abandoned, and says how long it took")
  func finished() {
    let status = JobStatus(
      record: Self.record(.completedWithErrors), units: Self.units, attempts: [], owner: nil, live: nil)
    #expect(!status.isAbandoned)
    #expect(status.lines(repeated: "").contains("completed with errors in 12 s"))
  }

  @Test("for programs there is an object with stages, what is missing and what runs")
  func json() {
    let json = JobStatus(record: Self.record(.running), units: Self.units, attempts: [], owner: nil, live: nil).json
    #expect(json["state"]?.string == "running")
    #expect(json["stages"]?[1]?["missing"]?.int == 1)
    #expect(json["missing"]?[0]?["page"]?.int == 2)
    #expect(json["missing"]?[0]?["failure"]?["code"]?.string == "crashed")
    #expect(json["owner"]?.isNull == true)
  }

  @Test("a page that one stage gave up is told once, and neighbours together")
  func missingParts() {
    func gap(_ stage: StageID, _ page: Int, _ code: GapCode) -> UnitRecord {
      UnitRecord(unit: UnitID(stage, .page(page)), state: .gap, gap: code)
    }
    let units =
      (7...30).flatMap { [gap(.render, $0, .pageUnreadable), gap(.ocr, $0, .pageUnreadable)] }
      + [gap(.ocr, 3, .timedOut), UnitRecord(unit: UnitID(.export, .format("pdf")), state: .failed)]
    let missing = MissingParts(units)
    #expect(
      missing.lines == [
        "page 3: ocr: missing [timed_out]", "pages 7-30: render: missing [page_unreadable]",
        "export/pdf: missing [failed]",
      ])
    #expect(missing.summary == "25 pages, 1 part")
    #expect(MissingParts([]).summary.isEmpty)
  }
}
