import Checkpoints
import Foundation
import Ledger
import StageKit
import TestSupport
import Testing

@testable import Engine

@Suite("A worker that fails")
struct WorkerFaultTests {
  @Test(
    "once costs one attempt of one unit and nothing else",
    arguments: [
      (FaultKind.crash, "killed"), (.exit, "killed"), (.hang, "timed_out"), (.spin, "timed_out"), (.eat, "killed"),
      (.child, "timed_out"),
    ])
  func faultOnce(fault: FaultKind, outcome: String) async throws {
    let harness = try EngineHarness()
    // Short only where the limit is what ends it: on a busy machine an innocent page takes its time, too.
    let isTimed = outcome == "timed_out"
    harness.limits.page = UnitLimits(
      cpuSeconds: isTimed ? 1 : 20, wallSeconds: isTimed ? 4 : 60, residentBytes: 200 << 20)
    let marker = harness.temporary.file("marker").path
    let job = try await harness.run("one\ntwo !ocr=\(fault.rawValue)@\(marker)\nthree\n")
    #expect(try await harness.job(job).manifest.state == .completed)
    #expect(try harness.markdown(job) == "# other\n\none with tables\ntwo with tables\nthree with tables\n")
    let attempts = try await harness.attempts(job)
    #expect(attempts.filter { $0.outcome != .succeeded }.map(\.unit) == [UnitID("ocr/2")])
    #expect(try await harness.attempts(job, "ocr/2").map { $0.outcome?.name } == [outcome, "succeeded"])
    #expect(try harness.leftovers().isEmpty)
  }

  @Test("is followed by the next attempt only once its end stands in the ledger", .timeLimit(.minutes(10)))
  func manyAtOnce() async throws {
    let harness = try EngineHarness()
    harness.workers = 4
    let pages = (1...24).map { "page \($0) !ocr=crash@\(harness.temporary.file("marker-\($0)").path)" }
    let job = try await harness.run(pages.joined(separator: "\n") + "\n")
    #expect(try await harness.job(job).manifest.state == .completed)
    for page in 1...24 {
      let attempts = try await harness.attempts(job, "ocr/\(page)")
      #expect(attempts.map { $0.outcome?.name } == ["killed", "succeeded"])
      #expect(zip(attempts, attempts.dropFirst()).allSatisfy { $0.finished ?? .infinity <= $1.started })
    }
  }

  @Test("at every attempt leaves a gap after three, and the other pages go on", arguments: [FaultKind.crash, .fail])
  func faultAlways(fault: FaultKind) async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\ntwo !ocr=\(fault.rawValue)\nthree\n")
    let record = try await harness.job(job)
    #expect(record.manifest.state == .completedWithErrors)
    let code = fault == .crash ? GapCode.crashed : .engineFailed
    #expect(
      try harness.markdown(job) == "# other\n\none with tables\n[page 2: \(code.rawValue)]\nthree with tables\n")
    #expect(try await harness.attempts(job, "ocr/2").count == (fault == .crash ? 3 : 1))
    // What needs the page is a gap without an attempt.
    let units = try await harness.units(job)
    #expect(units[UnitID(.assembly, .page(2))]?.gap == code)
    #expect(try await harness.attempts(job, "assembly/2").isEmpty)
  }

  @Test(
    "to make sense of what is sound has it made again twice, and is a gap then", .timeLimit(.minutes(10)),
    arguments: [StageID.ocr, .tables])
  func soundInput(stage: StageID) async throws {
    let attempts = ["failed", "failed", "failed"]
    let harness = try EngineHarness()
    let job = try await harness.run("one\ntwo !\(stage.rawValue)=distrust\nthree\n")
    #expect(try await harness.job(job).manifest.state == .completedWithErrors)
    #expect(try await harness.attempts(job, "\(stage.rawValue)/2").map(\.outcome?.name) == attempts)
    #expect(try await harness.units(job)[UnitID(stage, .page(2))]?.gap == .engineFailed)
    // And not at the next start either.
    try await harness.session { _ = try await $0.resume(job) }
    #expect(try await harness.attempts(job, "\(stage.rawValue)/2").map(\.outcome?.name) == attempts)
  }

  @Test("is not tried again at the next start, but is when gaps are to be retried")
  func gapsStay() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\ntwo !tables=crash\n")
    #expect(try await harness.attempts(job, "tables/2").count == 3)
    try await harness.session { _ = try await $0.resume(job) }
    #expect(try await harness.attempts(job, "tables/2").count == 3)
    #expect(try await harness.job(job).manifest.state == .completedWithErrors)
    try await harness.session { _ = try await $0.resume(job, retryGaps: true) }
    #expect(try await harness.attempts(job, "tables/2").count == 6)
  }

  @Test("in an export is not tried again at the next start either")
  func lostFormatsStay() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("#text-fail\n")
    try await harness.session { _ = try await $0.resume(job) }
    #expect(try await harness.attempts(job, "export/txt").count == 1)
    #expect(try await harness.job(job).manifest.state == .completedWithErrors)
    #expect(try await harness.units(job)[UnitID(.export, .format("txt"))]?.failure?.code == .engineFailed)
    try await harness.session { _ = try await $0.resume(job, retryGaps: true) }
    #expect(try await harness.attempts(job, "export/txt").count == 2)
  }

  @Test(
    "is tried again, with as many attempts as ever, where its stage runs again, by force or not",
    arguments: [true, false])
  func rerunGaps(force: Bool) async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\ntwo !tables=crash\n")
    let request = RerunRequest(stage: .tables, pages: PageSelection("2"), force: force)
    try await harness.session { _ = try await $0.rerun(job, request) }
    #expect(try await harness.attempts(job, "tables/2").count == 6)
    // What was made well is left alone, unless by force.
    let whole = RerunRequest(stage: .tables, pages: PageSelection("1"), force: force)
    try await harness.session { _ = try await $0.rerun(job, whole) }
    #expect(try await harness.attempts(job, "tables/1").count == (force ? 2 : 1))
    #expect(try await harness.attempts(job, "tables/2").count == 6)
  }

  @Test("that prints whatever it likes disturbs nobody")
  func flood() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one !ocr=flood\ntwo\n")
    #expect(try await harness.job(job).manifest.state == .completed)
    #expect(try await harness.attempts(job, "ocr/1").map(\.outcome) == [.succeeded])
  }

  @Test("for a moment for want of the disk is asked again")
  func retryable() async throws {
    let harness = try EngineHarness()
    let marker = harness.temporary.file("marker").path
    let job = try await harness.run("one !ocr=retry@\(marker)\n")
    #expect(try await harness.job(job).manifest.state == .completed)
    #expect(try await harness.attempts(job, "ocr/1").count == 2)
  }

  @Test("on a page of ingest leaves that page out")
  func poisonInIngest() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\ntwo !ingest=crash\nthree\n")
    #expect(try await harness.job(job).manifest.state == .completedWithErrors)
    #expect(
      try harness.markdown(job) == "# other\n\none with tables\n[page 2: page_unreadable]\nthree with tables\n")
    #expect(try await harness.attempts(job, "ingest").count == 2)
    try await harness.session { _ = try await $0.resume(job) }
    #expect(try await harness.attempts(job, "ingest").count == 2)
  }

  @Test("on all pages fails the job and says why")
  func allPages() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one !render=fail\ntwo !render=fail\n")
    let record = try await harness.job(job)
    #expect(record.manifest.state == .failed)
    #expect(record.manifest.failure?.code == .allPagesFailed)
  }

  @Test("in a stage that the document cannot do without fails the job; a format costs only itself")
  func criticality() async throws {
    let harness = try EngineHarness()
    let sections = try await harness.run("#sections-fail\n")
    #expect(try await harness.job(sections).manifest.state == .failed)
    #expect(try await harness.job(sections).manifest.failure?.code == .engineFailed)
    let text = try await harness.run("#text-fail\n")
    #expect(try await harness.job(text).manifest.state == .completedWithErrors)
    #expect(try harness.markdown(text) == "# other\n\n#text-fail with tables\n")
    let both = try await harness.run("#text-fail\n", JobSettings(formats: [.text]))
    #expect(try await harness.job(both).manifest.state == .failed)
    let type = try await harness.run("#classification-fail\n")
    #expect(try await harness.job(type).manifest.state == .completedWithErrors)
    #expect(try harness.markdown(type) == "# unknown\n\n#classification-fail with tables\n")
  }

  enum FaultKind: String, Sendable { case crash, exit, hang, spin, eat, child, fail, distrust }
}
