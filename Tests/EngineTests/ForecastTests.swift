import Checkpoints
import Foundation
import Ledger
import StageKit
import Testing

@testable import Engine

@Suite("A dry run")
struct ForecastTests {
  @Test("tells what the rerun then does, and changes nothing", arguments: Case.all)
  func keepsItsWord(example: Case) async throws {
    let harness = try EngineHarness()
    let job = try await harness.run(example.document)
    for edit in example.edits { _ = try await harness.edit(job, edit.unit, #"{"text":"\#(edit.text)"}"#) }
    for request in example.before { try await harness.session { _ = try await $0.rerun(job, request) } }
    let files = try harness.tree(job)
    let seq = try await harness.job(job).seq

    let forecast = try await RerunForecaster(harness.survey(job), example.request, workers: 2).forecast()
    #expect(try harness.tree(job) == files)
    #expect(try await harness.job(job).seq == seq)
    #expect(try harness.leftovers() == [])

    let done = Set(try await harness.attempts(job).map(\.fence))
    try await harness.session { _ = try await $0.rerun(job, example.request) }
    let ran = Set(try await harness.attempts(job).filter { !done.contains($0.fence) }.map(\.unit))
    let reused = Set(
      try await harness.reader().events(of: job, since: seq, limit: 1000).filter { $0.kind == .unitReused }
        .compactMap(\.unit))
    let (certain, possible) = (Set(forecast.units(.runs).map(\.unit)), Set(forecast.units(.mayRun).map(\.unit)))
    #expect(certain.subtracting(ran) == [], "was to run and did not")
    #expect(ran.subtracting(certain.union(possible)) == [], "ran and was not told")
    #expect(Set(forecast.units(.found).map(\.unit)).subtracting(reused) == [], "was to come back and did not")
    #expect(certain.map(\.description).sorted() == example.certain)
    #expect(forecast.staying + forecast.units.count == (try await harness.units(job).count))
  }

  @Test("estimates from what the stages took: a chain one after another, the rest shared among workers")
  func estimate() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one !ocr=slow\ntwo !ocr=slow\nthree !ocr=slow\nfour !ocr=slow\n")
    func certain(_ workers: Int) async throws -> WorkEstimate {
      let request = RerunRequest(stage: .ocr, settings: ["ocr.suffix=!"])
      return try await RerunForecaster(harness.survey(job), request, workers: workers).forecast().certain
    }
    let one = try await certain(1)
    #expect(one.units == 4)
    #expect(one.unknown == 0)
    // A fifth of a second each, and what a unit costs besides.
    #expect(one.busySeconds > 0.8)
    #expect(one.elapsedSeconds == one.busySeconds)
    let many = try await certain(8)
    #expect(abs(many.elapsedSeconds - many.busySeconds / 4) < 1e-6)
  }

  @Test("refuses what the rerun would refuse")
  func refusal() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\n")
    let survey = try await harness.survey(job)
    #expect { try RerunForecaster(survey, RerunRequest(stage: .ocr, settings: ["ocr.sufix=x"]), workers: 1) } throws: {
      ($0 as? StageFailure)?.code == .unknownOption
    }
    #expect { try RerunForecaster(survey, RerunRequest(stage: .ocr, pages: PageSelection("4")), workers: 1) } throws: {
      ($0 as? StageFailure)?.code == .noSuchPage
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var document = "one\ntwo\nthree\n"
    var edits: [(unit: String, text: String)] = []
    var before: [RerunRequest] = []
    let request: RerunRequest
    let certain: [String]

    private static let suffix = RerunRequest(stage: .ocr, pages: PageSelection("3"), settings: ["ocr.suffix=!"])

    static let all =
      [
        Case(testDescription: "an option of one page", request: suffix, certain: ["ocr/3"]),
        Case(
          testDescription: "options of two stages",
          request: RerunRequest(stage: .ocr, settings: ["ocr.suffix=!", "sections.suffix=?"]),
          certain: ["ocr/1", "ocr/2", "ocr/3", "sections"]),
        Case(
          testDescription: "back to the defaults", before: [suffix], request: RerunRequest(stage: .ocr, reset: true),
          certain: []),
        Case(
          testDescription: "by force", request: RerunRequest(stage: .layout, pages: PageSelection("1-2"), force: true),
          certain: ["layout/1", "layout/2"]),
        Case(testDescription: "nothing new", request: RerunRequest(stage: .ocr), certain: []),
        Case(
          testDescription: "the first stage", request: RerunRequest(stage: .ingest, settings: ["ingest.suffix=x"]),
          certain: ["ingest"]),
        Case(
          testDescription: "an export", request: RerunRequest(stage: .export, settings: ["export.suffix=x"]),
          certain: ["export/md"]),
      ] + pinned

    private static let render = RerunRequest(stage: .render, settings: ["render.suffix=?"])
    private static let renders = ["render/1", "render/2", "render/3"]
    private static let sections = RerunRequest(stage: .sections, settings: ["sections.suffix=?"])
    /// The second page's recognition fails.
    private static let broken = "one\ntwo !ocr=fail\nthree\n"

    private static let pinned = [
      Case(testDescription: "above a pin", edits: [("ocr/3", "tree")], request: render, certain: renders),
      Case(
        testDescription: "of the pinned unit itself", edits: [("ocr/3", "tree")], request: suffix, certain: ["ocr/3"]),
      Case(
        testDescription: "by force under a pin", edits: [("ocr/3", "tree")],
        request: RerunRequest(stage: .ocr, pages: PageSelection("3"), force: true), certain: ["ocr/3"]),
      Case(
        testDescription: "below a pin", edits: [("ocr/3", "tree")], request: sections, certain: ["sections"]),
      Case(
        testDescription: "above a pin in conflict", edits: [("ocr/3", "tree")], before: [render],
        request: RerunRequest(stage: .render, reset: true), certain: []),
      Case(
        testDescription: "above a pinned part", edits: [("regions/2", "other regions")],
        request: RerunRequest(stage: .ocr, pages: PageSelection("2"), settings: ["ocr.suffix=!"]), certain: ["ocr/2"]),
      Case(
        testDescription: "below a pinned part", edits: [("regions/2", "other regions")], request: sections,
        certain: ["sections"]),
      Case(
        testDescription: "of a stage with a pinned part", edits: [("regions/2", "other regions")],
        request: RerunRequest(stage: .regions, force: true), certain: ["regions"]),
      Case(
        testDescription: "below a pin over a gap", document: broken, edits: [("ocr/2", "by hand")], request: sections,
        certain: ["sections"]),
      Case(
        testDescription: "above a pin over a gap", document: broken, edits: [("ocr/2", "by hand")], request: render,
        certain: renders),
      Case(
        testDescription: "below a pin over what a gap took with it", document: broken, edits: [("layout/2", "by hand")],
        request: sections, certain: ["sections"]),
      Case(
        testDescription: "of a stage with a page that was given up", document: broken,
        request: RerunRequest(stage: .ocr), certain: ["ocr/2"]),
      Case(
        testDescription: "of other pages than one that was given up", document: broken,
        request: RerunRequest(stage: .ocr, pages: PageSelection("1")), certain: []),
      Case(
        testDescription: "below a pinned stage over the document", edits: [("sections", "other sections")],
        request: suffix, certain: ["ocr/3"]),
      Case(
        testDescription: "nothing new under pins", edits: [("ocr/3", "tree"), ("regions/2", "other regions")],
        request: RerunRequest(stage: .ocr), certain: []),
    ]
  }
}
