import CanonicalJSON
import Checkpoints
import Ledger
import StageKit
import TestSupport
import Testing

@testable import Engine

@Suite("An explanation")
struct ExplainTests {
  @Test("of a first run names all that the key is made of")
  func first() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\ntwo\n")
    let ocr = try await harness.explain("ocr/2", of: job)
    #expect(ocr.cause.course == .ran)
    #expect(ocr.cause.reason == .first)
    #expect(ocr.differences.isEmpty)
    #expect(ocr.previous == nil)
    #expect(ocr.ingredients.map(\.path) == ["version", "source", "options.suffix", "upstream.render/2"])
    #expect(ocr.ingredients.first { $0.path == "options.suffix" }?.origin == .default)
    #expect(ocr.dependents.map(\.unit.description) == ["layout/2", "regions", "tables/2", "assembly/2"])
    // Regions looks at all pages, so it leads to those of page 1 too.
    #expect(ocr.reach > 10)
    #expect(ocr.attempts.map(\.outcome) == ["succeeded"])
    #expect(ocr.outlook.verdict == .current)
    #expect(ocr.recorded?["cpu"] != nil)
  }

  @Test("after a rerun names the option, and below it the upstream and where the change ended")
  func rerun() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\ntwo\nthree\n")
    try await harness.session { engine in
      _ = try await engine.rerun(job, RerunRequest(stage: .ocr, pages: PageSelection("3"), settings: ["ocr.suffix=!"]))
    }
    let ocr = try await harness.explain("ocr/3", of: job)
    #expect(ocr.cause.reason == .changed)
    #expect(ocr.differences == [KeyRecipe.Difference(what: "options.suffix", old: "", new: "!")])
    #expect(ocr.previous?.isEqual == false)
    let option = try #require(ocr.ingredients.first { $0.path == "options.suffix" })
    #expect(option.origin == .set)
    #expect(option.pages == [3])

    let layout = try await harness.explain("layout/3", of: job)
    #expect(layout.differences.map(\.what) == ["upstream.ocr/3"])
    #expect(layout.previous?.isEqual == true)
    let other = try await harness.explain("ocr/1", of: job)
    #expect(other.cause.reason == .first)
  }

  @Test("of a result that came back names this job's own attempt, and what was undone")
  func back() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\n")
    try await harness.session { _ = try await $0.rerun(job, RerunRequest(stage: .ocr, settings: ["ocr.suffix=!"])) }
    try await harness.session { _ = try await $0.rerun(job, RerunRequest(stage: .ocr, reset: true)) }
    let ocr = try await harness.explain("ocr/1", of: job)
    #expect(ocr.cause.course == .found)
    #expect(ocr.cause.maker?.job == job)
    #expect(ocr.cause.maker?.attempt == 1)
    #expect(ocr.differences == [KeyRecipe.Difference(what: "options.suffix", old: "!", new: "")])
  }

  @Test("of a second job over the same document names the first, and the second costs nothing")
  func acrossJobs() async throws {
    let harness = try EngineHarness()
    let first = try await harness.run("one\ntwo\n")
    let second = try await harness.run("one\ntwo\n")
    #expect(try await harness.attempts(second).isEmpty)
    #expect(try await harness.units(second).values.allSatisfy { $0.state == .done && $0.reused })
    let ocr = try await harness.explain("ocr/1", of: second)
    #expect(ocr.cause.course == .found)
    #expect(ocr.cause.reason == .first)
    #expect(ocr.cause.maker?.job == first)
    #expect(ocr.cause.makerName == "test")

    // Another option for one page costs that page and what hangs on it.
    let third = try await harness.run(
      "one\ntwo\n",
      JobSettings(
        overrides: [OptionOverride(stage: .ocr, option: "suffix", value: "!", pages: [2])], formats: [.markdown]))
    #expect(try await harness.attempts(third, "ocr/2").count == 1)
    #expect(try await harness.attempts(third, "ocr/1").isEmpty)
    #expect(try await harness.attempts(third, "assembly/1").isEmpty)
  }

  @Test("of a forced run says so, and that nothing changed")
  func forced() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\n")
    try await harness.session { _ = try await $0.rerun(job, RerunRequest(stage: .ocr, force: true)) }
    let ocr = try await harness.explain("ocr/1", of: job)
    #expect(ocr.cause.reason == .forced)
    #expect(ocr.cause.maker?.attempt == 2)
    #expect(ocr.differences.isEmpty)
    #expect(ocr.previous?.isEqual == true)
  }

  @Test("of a gap tells the failure; of what was lost with it, that it was not tried")
  func gaps() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\ntwo !ocr=fail\n")
    let ocr = try await harness.explain("ocr/2", of: job)
    #expect(ocr.cause.course == .gap)
    #expect(ocr.failure?.message == "The test said so.")
    #expect(ocr.ingredients.contains { $0.path == "upstream.render/2" })
    let layout = try await harness.explain("layout/2", of: job)
    #expect(layout.cause.course == .upstreamGap)
    #expect(layout.upstream.first { $0.unit.description == "ocr/2" }?.gap == .engineFailed)
    let regions = try await harness.explain("regions", of: job)
    #expect(regions.ingredients.first { $0.path == "upstream.ocr/2" }?.value == "gap:engine_failed")
  }

  @Test("counts the tries that came to nothing")
  func setbacks() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one !ocr=crash@\(harness.temporary.path)/marker\n")
    let ocr = try await harness.explain("ocr/1", of: job)
    #expect(ocr.cause.course == .ran)
    #expect(ocr.cause.setbacks == 1)
    #expect(ocr.attempts.map(\.outcome) == ["killed", "succeeded"])
  }

  @Test("of a page of a stage over the document tells its part")
  func part() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\ntwo\n")
    let part = try await harness.explain("regions/2", of: job)
    #expect(part.unit.description == "regions")
    #expect(part.part == 2)
    #expect(part.dependents.map(\.unit.description) == ["tables/2", "figures/2", "assembly/2"])
    await #expect { try await harness.explain("regions/3", of: job) } throws: {
      ($0 as? StageFailure)?.code == .checkpointNotFound
    }
  }

  @Test("says stale where another version, engine or rule is installed, and names it", arguments: Drift.allCases)
  func drift(drift: Drift) async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\n")
    let today = try await drift.applied(to: harness.pipeline())
    let ocr = try await harness.explain("ocr/1", of: job, pipeline: today)
    #expect(ocr.outlook.verdict == .stale)
    #expect(ocr.outlook.differences.map(\.what) == [drift.rawValue])
    let render = try await harness.explain("render/1", of: job, pipeline: today)
    #expect(render.outlook.verdict == .current)
  }

  enum Drift: String, CaseIterable {
    case version
    case engine = "engines.tesseract"
    case rule = "engines.rule:names"

    func applied(to pipeline: Pipeline) -> Pipeline {
      Pipeline(
        PlanDescription(
          stages: pipeline.description.stages.map { row in
            guard row.stage == .ocr else { return row }
            var ingredients = row.ingredients
            if self == .engine { ingredients.engines["tesseract"] = "9.9" }
            if self == .rule { ingredients.rules["names"] = Digest(of: Array("rule".utf8)) }
            return StageDescriptor(
              stage: row.stage, version: row.version + (self == .version ? 1 : 0), scope: row.scope, format: row.format,
              needs: row.needs, options: row.options, ingredients: ingredients)
          }, recorded: pipeline.description.recorded))
    }
  }
}

extension EngineHarness {
  func pipeline() async throws -> Pipeline {
    Pipeline(try await WorkerProgram(executable: Self.faultWorker).describe())
  }

  func survey(_ job: JobID, pipeline: Pipeline? = nil) async throws -> JobSurvey {
    let today = if let pipeline { pipeline } else { try await self.pipeline() }
    return try await JobSurvey(self.job(job), ledger: reader(), folder: folder, pipeline: today)
  }

  func explain(_ unit: String, of job: JobID, pipeline: Pipeline? = nil) async throws -> UnitExplanation {
    guard let unit = UnitID(unit) else { throw StageFailure(.internalError, "\(unit) is no unit.") }
    return try await UnitExplainer(survey(job, pipeline: pipeline)).explain(unit)
  }
}
