import Checkpoints
import Ledger
import StageKit

/// Goes through a job's plan as a rerun would, without running or writing anything.
///
/// Where a unit would run, nobody knows what it would yield: what hangs on it runs for certain only if something else
/// that its own key is made of changes too.
package struct RerunForecaster: Sendable {
  private let survey: JobSurvey
  private let settings: JobSettings
  private let overrides: [OptionOverride]
  private let forced: Set<UnitID>
  private let workers: Int

  /// - Parameters:
  ///   - workers: how many would work.
  /// - Throws: as the rerun itself would.
  package init(_ survey: JobSurvey, _ request: RerunRequest, workers: Int) throws {
    let pages = try request.pages(of: survey.record, survey.pipeline)
    var manifest = survey.record.manifest
    manifest.settings = try request.settings(of: survey.record, survey.pipeline)
    try survey.pipeline.check(manifest.settings)
    self.survey = survey
    self.workers = max(1, workers)
    settings = manifest.settings
    overrides = manifest.effectiveOverrides
    // Also those that an earlier request still waits for.
    forced = request.units(among: survey.rows.values, pages)
      .union(survey.rows.values.lazy.filter { $0.again == .force }.map(\.unit))
  }

  package func forecast() async throws -> RerunForecast {
    var walk = Walk(survey, settings)
    for row in walk.plan.rows { try await pass(row, &walk) }
    let times = try await StageTimes(survey)
    let units = walk.units.map { unit in
      UnitForecast(
        unit: unit.unit, fate: unit.fate, differences: unit.differences, isForced: unit.isForced,
        isPinned: survey.wholePin(of: unit.unit) != nil, dependsOn: unit.dependsOn,
        seconds: unit.fate == .runs || unit.fate == .mayRun ? times.seconds(of: unit.unit.stage) : nil)
    }
    return RerunForecast(
      job: survey.job, name: survey.record.manifest.name, units: units, staying: walk.staying,
      certain: estimate(units.filter { $0.fate == .runs }, walk.plan),
      possible: estimate(units.filter { $0.fate == .runs || $0.fate == .mayRun }, walk.plan))
  }

  // MARK: The walk

  /// How far the walk has come.
  private struct Walk {
    let plan: JobPlan
    /// As it will be, as far as that is certain.
    var graph: JobGraph
    /// As it was.
    let before: JobGraph
    var units: [UnitForecast] = []
    var staying = 0
    /// Units whose content will be known only once they have run.
    var open: Set<UnitID> = []

    init(_ survey: JobSurvey, _ settings: JobSettings) {
      let roots = JobPlan(survey.pipeline, settings: settings, pages: [])
      plan = JobPlan(survey.pipeline, settings: settings, pages: survey.plan.pages)
      graph = JobGraph(roots)
      before = survey.graph()
      graph.expand(to: plan)
    }

    mutating func settle(_ unit: UnitID, _ end: UnitEnd) { _ = graph.settle(unit, end) }

    /// Notes that nobody knows yet what a unit will yield.
    ///
    /// - Parameter pinned: what a person put in its place, which stands whatever it yields.
    mutating func leaveOpen(_ unit: UnitID, pinned: UnitEnd?) {
      if let pinned { settle(unit, pinned) } else { open.insert(unit) }
    }
  }

  /// What stands for a unit that is pinned as a whole, whatever its stage yields; nil for others.
  private func pinned(_ unit: UnitID) -> UnitEnd? {
    survey.wholePin(of: unit) == nil ? nil : survey.standing(.gap(.engineFailed), unit)
  }

  /// Goes through the units of one stage, none of which needs another.
  private func pass(_ row: StageDescriptor, _ walk: inout Walk) async throws {
    var works: [(work: UnitWork, isOpen: Bool, dependsOn: [UnitID])] = []
    for unit in walk.plan.units where row.serves(unit) {
      let deciding = Self.unique(
        walk.plan.references(of: unit).filter { walk.open.contains($0.owner) }.map(\.owner))
      // Where something above is open, the unit is judged by what stood there before.
      switch survey.outlook(of: unit, in: deciding.isEmpty ? walk.graph : walk.before, overrides: overrides) {
      case .work(let work): works.append((work, !deciding.isEmpty, deciding))
      case .lost(let gap) where deciding.isEmpty: lose(unit, gap, &walk)
      case .lost, .open:
        walk.leaveOpen(unit, pinned: pinned(unit))
        walk.units.append(UnitForecast(unit: unit, fate: .mayRun, dependsOn: deciding))
      case .impossible(let failure): throw failure
      case .unplanned: break
      }
    }
    let found = try await results(works.map(\.work))
    for (work, isOpen, deciding) in works {
      if isOpen {
        try await decideOpen(work, found[work.key], deciding, &walk)
      } else {
        try await decide(work, found[work.key], &walk)
      }
    }
  }

  private func lose(_ unit: UnitID, _ gap: UpstreamGap, _ walk: inout Walk) {
    // Under a pin nothing is lost.
    if survey.row(of: unit).gap == gap.code || pinned(unit) != nil {
      walk.staying += 1
    } else {
      walk.units.append(UnitForecast(unit: unit, fate: .lost))
    }
    walk.settle(unit, survey.standing(.gap(gap.code), unit))
  }

  /// A unit whose upstream is certain.
  private func decide(_ work: UnitWork, _ artifact: ArtifactRecord?, _ walk: inout Walk) async throws {
    let row = survey.row(of: work.unit)
    if let artifact, !forced.contains(work.unit) {
      if row.state == .done, row.key == work.key {
        walk.staying += 1
      } else {
        walk.units.append(UnitForecast(unit: work.unit, fate: .found, differences: try await differences(work)))
      }
      walk.settle(work.unit, survey.standing(.done(UnitResult(artifact)), work.unit))
    } else if let end = settled(work) {
      walk.staying += 1
      walk.settle(work.unit, end)
    } else {
      try await run(work, [], &walk)
    }
  }

  /// A unit below one that runs, judged by what stood above it before.
  private func decideOpen(
    _ work: UnitWork, _ artifact: ArtifactRecord?, _ deciding: [UnitID], _ walk: inout Walk
  ) async throws {
    if artifact != nil || settled(work) != nil, !forced.contains(work.unit) {
      walk.leaveOpen(work.unit, pinned: pinned(work.unit))
      walk.units.append(UnitForecast(unit: work.unit, fate: .mayRun, dependsOn: deciding))
    } else {
      try await run(work, deciding, &walk)
    }
  }

  /// How a unit has ended that is not tried again, as nothing has changed since it was given up, or was pinned over that.
  private func settled(_ work: UnitWork) -> UnitEnd? {
    let row = survey.row(of: work.unit)
    guard row.key == work.key, row.again == nil, !forced.contains(work.unit) else { return nil }
    if let pinned = pinned(work.unit) { return pinned }
    switch row.state {
    case .gap: return row.gap.map { .gap($0) }
    case .failed where Criticality(of: work.unit.stage) == .format: return row.failure.map { .failed($0) }
    case .waiting, .ready, .running, .done, .failed, .cancelled: return nil
    }
  }

  private func run(_ work: UnitWork, _ deciding: [UnitID], _ walk: inout Walk) async throws {
    walk.leaveOpen(work.unit, pinned: pinned(work.unit))
    walk.units.append(
      UnitForecast(
        unit: work.unit, fate: .runs, differences: try await differences(work), isForced: forced.contains(work.unit),
        dependsOn: deciding))
  }

  /// Complete results under the works' keys that this job may use, whose files are there.
  private func results(_ works: [UnitWork]) async throws -> [Digest: ArtifactRecord] {
    let mayUseEncrypted = survey.plan.roots.contains { root in
      let row = survey.row(of: root)
      return row.state == .done && !row.reused
    }
    let found = try await survey.ledger.artifacts(keys: works.map(\.key))
      .filter { !$0.value.encrypted || mayUseEncrypted }
    let store = ObjectFolder(survey.folder)
    return try await BlockingWork.run { try found.filter { try store.has($0.value) } }
  }

  private func differences(_ work: UnitWork) async throws -> [KeyRecipe.Difference] {
    guard let artifact = survey.artifact(of: work.unit), let old = try await survey.recipe(of: artifact) else {
      return []
    }
    return work.recipe.differences(from: old)
  }

  // MARK: Time

  /// As long as the longest chain of units that wait for each other, and as all of them shared among the workers.
  private func estimate(_ units: [UnitForecast], _ plan: JobPlan) -> WorkEstimate {
    var ends: [UnitID: Double] = [:]
    var busy = 0.0
    for unit in units {
      let seconds = unit.seconds ?? 0
      busy += seconds
      let start = plan.references(of: unit.unit).reduce(0) { max($0, ends[$1.owner] ?? 0) }
      ends[unit.unit] = start + seconds
    }
    let longest = ends.values.max() ?? 0
    return WorkEstimate(
      units: units.count, unknown: units.count { $0.seconds == nil }, busySeconds: busy,
      elapsedSeconds: max(longest, busy / Double(workers)), workers: workers)
  }

  private static func unique(_ units: [UnitID]) -> [UnitID] {
    var seen: Set<UnitID> = []
    return units.filter { seen.insert($0).inserted }
  }
}
