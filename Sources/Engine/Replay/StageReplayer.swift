import Checkpoints
import Ledger
import Logging
import StageKit

/// Runs the installed version of a stage over stored checkpoints of jobs, touching neither their rows nor their files.
///
/// Needs no lock: it reads objects, which never change, and writes into a folder of its own outside the data folder.
package struct StageReplayer: Sendable {
  private let program: WorkerProgram
  private let pipeline: Pipeline
  private let workers: Int
  private let limits: WorkerLimits
  private let logger: Logger
  /// For attempt files and workers' scratch.
  private let scratch: String

  /// - Parameters:
  ///   - workers: processes at most.
  ///   - scratch: an empty folder that the caller removes.
  package init(
    _ program: WorkerProgram, _ pipeline: Pipeline, workers: Int, limits: WorkerLimits = WorkerLimits(),
    scratch: String, logger: Logger
  ) {
    self.program = program
    self.pipeline = pipeline
    self.workers = max(1, workers)
    self.limits = limits
    self.scratch = scratch
    self.logger = logger
  }

  /// - Throws: `StageFailure` with `invalid_request`, `unknown_option`, `invalid_option`, `no_such_page` where the
  ///   request does not fit; what goes wrong with single units is told in the result.
  package func replay(_ survey: JobSurvey, _ request: ReplayRequest) async throws -> JobReplay {
    let overrides = try overrides(survey, request)
    let units = try units(survey, request)
    let graph = survey.graph()
    var waiting: [Assignment] = []
    var done: [UnitReplay] = []
    for (number, unit) in units.enumerated() {
      switch survey.outlook(of: unit, in: graph, overrides: overrides) {
      case .work(let work) where work.models != nil:
        done.append(skipped(unit, "It asks a language model, whose answers are recorded and not asked for again."))
      case .work(let work): waiting.append(assignment(work, number: number, graph, survey, request))
      case .lost(let gap):
        done.append(skipped(unit, "\(gap.of) is a gap (\(gap.code.rawValue))."))
      case .open(let missing): done.append(skipped(unit, "\(missing) has no result."))
      case .impossible(let failure): done.append(UnitReplay(unit: unit, verdict: .skipped, failure: failure))
      case .unplanned: break
      }
    }
    done += try await run(waiting, survey, request)
    return JobReplay(
      job: survey.job, name: survey.record.manifest.name, units: done.sorted { $0.unit < $1.unit })
  }

  // MARK: What is to run

  private func overrides(_ survey: JobSurvey, _ request: ReplayRequest) throws -> [OptionOverride] {
    let more = try request.settings.map { try pipeline.override($0) }
    if let foreign = more.first(where: { $0.stage != request.stage }) {
      throw StageFailure(
        .invalidRequest, "\(foreign.stage.rawValue).\(foreign.option) is no option of \(request.stage.rawValue).",
        hint: "A replay runs one stage; what stands above it stays.")
    }
    return survey.record.manifest.effectiveOverrides + more
  }

  private func units(_ survey: JobSurvey, _ request: ReplayRequest) throws -> [UnitID] {
    let all = survey.plan.units.filter { $0.stage == request.stage }
    guard let selection = request.pages else { return all }
    guard pipeline.scope(of: request.stage) == .page else {
      throw StageFailure(
        .invalidRequest, "The \(request.stage.rawValue) stage runs over the whole document.",
        hint: "Leave out --pages.")
    }
    let pages = Set(selection.pages(of: survey.record.pageCount ?? 0))
    return all.filter { $0.page.map(pages.contains) ?? false }
  }

  private func assignment(
    _ work: UnitWork, number: Int, _ graph: JobGraph, _ survey: JobSurvey, _ request: ReplayRequest
  ) -> Assignment {
    var inputs: [UnitID: CheckpointRecord] = [:]
    for reference in graph.plan.references(of: work.unit) { inputs[reference.name] = graph.record(of: reference) }
    // Pages that killed a worker are left out again.
    let unreadable = survey.artifact(of: work.unit)?.gaps.filter { $0.value == .pageUnreadable }.keys.sorted() ?? []
    return Assignment(
      lease: Lease(job: survey.job, unit: work.unit, attempt: 1, fence: Int64(number), owner: "replay"),
      order: UnitOrder(
        unit: work.unit, version: work.version, key: work.key, source: work.source, options: work.options,
        upstream: work.upstream, engines: work.engines, pages: graph.plan.pages, unreadablePages: unreadable,
        password: request.password, scratch: ""),
      inputs: inputs, limits: limits.limits(of: work.unit, pages: graph.plan.pages.count), control: UnitControl(),
      row: survey.row(of: work.unit), isEncrypted: false,
      tenant: WorkerTenant(owner: survey.record.manifest.owner, document: work.source, .owner))
  }

  private func skipped(_ unit: UnitID, _ why: String) -> UnitReplay {
    UnitReplay(unit: unit, verdict: .skipped, failure: StageFailure(.checkpointNotFound, why, page: unit.page))
  }

  // MARK: The run

  private func run(
    _ assignments: [Assignment], _ survey: JobSurvey, _ request: ReplayRequest
  ) async throws -> [UnitReplay] {
    let queue = ReplayQueue(assignments)
    return try await withThrowingTaskGroup(of: [UnitReplay].self) { group in
      for number in 1...min(workers, max(1, assignments.count)) {
        group.addTask { try await serve(slot(number, survey), queue, ReplayComparison(survey, request)) }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
  }

  private func serve(
    _ slot: WorkerSlot, _ queue: ReplayQueue, _ comparison: ReplayComparison
  ) async throws -> [UnitReplay] {
    var results: [UnitReplay] = []
    do {
      while let assignment = queue.next() {
        results.append(try await comparison.result(of: assignment, await slot.run(assignment)))
      }
    } catch {
      await slot.close()
      throw error
    }
    await slot.close()
    return results
  }

  private func slot(_ number: Int, _ survey: JobSurvey) -> WorkerSlot {
    WorkerSlot(
      number: number, program: program, limits: limits, folder: "\(scratch)/worker-\(number)",
      store: ObjectFolder(survey.folder), documents: DocumentFolder(survey.folder), bus: LocalEventBus(),
      logger: logger)
  }
}
