import Checkpoints
import Engine
import Ledger
import StageKit
import Testing

@testable import sheaf

@Suite("Progress")
struct ProgressTests {
  static let job = JobID("0123456789")!  // Ten characters of the alphabet of ids.
  static let other = JobID("abcdefghjk")!  // Likewise.

  /// A job of so many pages, begun at 0.
  static func begun(pages: Int, name: String = "report", expected: Int = 1) -> ProgressModel {
    var model = ProgressModel(expected: expected, at: 0)
    model.admit(JobProgress(job: job, name: name))
    model.apply(.transition(JobEvent(job: job, kind: .jobState, state: "running")), at: 0)
    model.apply(.planned(job, [.ingest: 1, .render: pages, .ocr: pages, .export: 1]), at: 0)
    return model
  }

  static func event(_ kind: JobEvent.Kind, _ unit: UnitID, job: JobID = job) -> EngineEvent {
    .transition(JobEvent(job: job, kind: kind, unit: unit, state: ""))
  }

  static func finish(_ pages: ClosedRange<Int>, _ stage: StageID, of model: inout ProgressModel, at now: Double) {
    for page in pages {
      model.apply(event(.unitStarted, UnitID(stage, .page(page))), at: now)
      model.apply(event(.unitFinished, UnitID(stage, .page(page))), at: now)
    }
  }

  @Test("pages, rate and time left follow from what was done")
  func measures() throws {
    var model = Self.begun(pages: 40)
    model.apply(Self.event(.unitFinished, UnitID(.ingest)), at: 0)
    Self.finish(1...40, .render, of: &model, at: 10)
    Self.finish(1...20, .ocr, of: &model, at: 30)
    let job = try #require(model.jobs[Self.job])
    #expect(job.pageCount == 40 && job.pagesDone == 20)
    #expect(job.rate(at: 30) == 40)
    // Of 40 pages the recognition is nearly all of the work, and half of it is done.
    #expect((0.5...0.65).contains(job.fraction))
    #expect((15...30).contains(try #require(job.timeLeft(at: 30))))
  }

  @Test("nothing is foretold from the first two seconds")
  func noEarlyProphecy() throws {
    var model = Self.begun(pages: 40)
    Self.finish(1...5, .ocr, of: &model, at: 1)
    #expect(model.jobs[Self.job]?.rate(at: 1) == nil)
    #expect(model.jobs[Self.job]?.timeLeft(at: 1) == nil)
  }

  @Test("what was found again is done but is no measure of speed")
  func reuse() throws {
    var model = Self.begun(pages: 40)
    for page in 1...39 { model.apply(Self.event(.unitReused, UnitID(.ocr, .page(page))), at: 1) }
    Self.finish(40...40, .ocr, of: &model, at: 60)
    let job = try #require(model.jobs[Self.job])
    #expect(job.pagesDone == 40 && job.rate(at: 60) == 1)
  }

  @Test("a resumed job begins where its ledger stands")
  func resumed() {
    let units = (1...4).map {
      UnitRecord(unit: UnitID(.ocr, .page($0)), state: $0 < 3 ? .done : ($0 == 3 ? .gap : .ready))
    }
    let job = JobProgress(job: Self.job, name: "a", state: .paused, units: units)
    #expect(job.pageCount == 4 && job.pagesDone == 3 && job.pagesWorked == 0 && job.givenUp.count == 1)
    #expect(job.fraction == 0.75)
  }

  @Test("a unit that is tried again is no longer given up")
  func retriedGap() throws {
    var model = Self.begun(pages: 2)
    let unit = UnitID(.ocr, .page(1))
    model.apply(Self.event(.unitGap, unit), at: 1)
    #expect(model.jobs[Self.job]?.givenUp == [unit])
    model.apply(Self.event(.unitStarted, unit), at: 2)
    #expect(model.jobs[Self.job]?.givenUp.isEmpty == true)
    #expect(model.jobs[Self.job]?.pagesDone == 0)
  }

  @Test("ticks move a unit that runs, and no other")
  func ticks() throws {
    var model = Self.begun(pages: 1)
    let unit = UnitID(.ocr, .page(1))
    model.apply(.tick(Self.job, unit, 0.5), at: 1)
    let before = try #require(model.jobs[Self.job]).fraction
    model.apply(Self.event(.unitStarted, unit), at: 1)
    model.apply(.tick(Self.job, unit, 0.5), at: 2)
    #expect(before == 0)
    #expect(try #require(model.jobs[Self.job]).fraction > 0.3)
  }

  @Test("events of jobs that nobody watches change nothing")
  func strangers() {
    var model = Self.begun(pages: 1)
    model.apply(.planned(Self.other, [.ocr: 9]), at: 1)
    model.apply(.tick(Self.other, UnitID(.ocr, .page(1)), 1), at: 1)
    #expect(model.jobs.count == 1)
  }

  @Test("a batch counts documents that became no job as done")
  func batch() {
    var model = Self.begun(pages: 1, expected: 4)
    model.refuse()
    model.apply(.transition(JobEvent(job: Self.job, kind: .jobState, state: "completed")), at: 5)
    #expect(model.atRest == 2 && model.failed == 1 && model.fraction == 0.5)
    #expect(model.active.isEmpty)
  }

  @Test("how a job ended is said in one line")
  func closing() throws {
    let style = TerminalStyle(unicode: true, color: false)
    var model = Self.begun(pages: 40)
    Self.finish(1...40, .ocr, of: &model, at: 12)
    model.apply(.transition(JobEvent(job: Self.job, kind: .jobState, state: "completed")), at: 12)
    #expect(
      JobClosing.line(try #require(model.jobs[Self.job]), at: 99, style: style)
        == "✓ report: 40 pages in 12 s (200/min)")
    var gaps = Self.begun(pages: 2)
    gaps.apply(Self.event(.unitGap, UnitID(.ocr, .page(1))), at: 4)
    gaps.apply(.transition(JobEvent(job: Self.job, kind: .jobState, state: "completed_with_errors")), at: 4)
    #expect(
      JobClosing.line(try #require(gaps.jobs[Self.job]), at: 9, style: style)
        == "! report: 2 pages in 4.0 s (15/min), 1 page missing")
    var edited = Self.begun(pages: 2)
    for page in 1...2 { edited.apply(Self.event(.unitReused, UnitID(.ocr, .page(page))), at: 1) }
    Self.finish(1...1, .layout, of: &edited, at: 3)
    edited.apply(.transition(JobEvent(job: Self.job, kind: .jobState, state: "completed")), at: 3)
    #expect(
      JobClosing.line(try #require(edited.jobs[Self.job]), at: 9, style: style)
        == "✓ report: 2 pages, 1 unit made anew in 3.0 s")
  }

  @Test("plain lines come at their pace, each stage's first at once and its last always")
  func plainLines() {
    var model = Self.begun(pages: 3)
    var plain = PlainProgress()
    var lines: [String] = []
    func take(_ event: EngineEvent, at now: Double) {
      model.apply(event, at: now)
      if let line = plain.line(after: event, model, at: now) { lines.append(line) }
    }
    take(Self.event(.unitStarted, UnitID(.ingest)), at: 0)
    take(Self.event(.unitFinished, UnitID(.ocr, .page(1))), at: 2.5)
    take(Self.event(.unitFinished, UnitID(.ocr, .page(2))), at: 2.9)
    take(Self.event(.unitFinished, UnitID(.ocr, .page(3))), at: 3.3)
    take(.tick(Self.job, UnitID(.ocr, .page(3)), 1), at: 9)
    #expect(lines == ["report: ingest", "report: ocr 1/3", "report: ocr 3/3"])
  }
}
