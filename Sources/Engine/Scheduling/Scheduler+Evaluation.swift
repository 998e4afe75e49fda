import Checkpoints
import Ledger
import StageKit

extension Scheduler {
  /// Looks up what stands under the keys of open units, wave by wave, until only units are left that have to run.
  func evaluate(_ job: LiveJob) async {
    guard !job.isEvaluating else { return }
    job.isEvaluating = true
    do {
      while job.isLive, !job.open.isEmpty {
        let wave = job.open
        job.open = []
        try await evaluate(wave, of: job)
      }
      job.isEvaluating = false
      wake()
      if job.isLive, job.graph.isSettled { try await conclude(job) }
    } catch {
      job.isEvaluating = false
      await interrupt(job, by: error)
    }
  }

  private func evaluate(_ wave: [UnitID], of job: LiveJob) async throws {
    var effects = JobEffects()
    if let failure = lossOfAllPages(wave, job) {
      effects.failure = failure
      return try await apply(effects, to: job)
    }
    var works: [UnitWork] = []
    for unit in wave {
      switch job.graph.upstream(of: unit) {
      case .failure(let gap): handle(.upstreamLost(gap.code), unit, of: job, &effects)
      case .success(let upstream):
        if let work = work(unit, upstream, of: job, &effects) { works.append(work) }
      }
    }
    // A result that is found must not go with another job before this one names it.
    let keys = works.flatMap { [$0.key] + [job.row(of: $0.unit).key].compactMap { $0 } }
    await surroundings.claims.claim(keys)
    defer { surroundings.claims.release(keys) }
    let found = try await results(of: works, job)
    guard job.isLive else { return }
    for work in works { decide(work, found[work.unit], job, &effects) }
    try await apply(effects, to: job)
  }

  /// The unit's work, unless its options cannot be met.
  private func work(
    _ unit: UnitID, _ upstream: [String: String], of job: LiveJob, _ effects: inout JobEffects
  ) -> UnitWork? {
    guard let row = job.graph.plan.row(of: unit) else { return nil }
    let options = surroundings.pipeline.options(of: unit, overrides: job.overrides)
    do {
      return try UnitWork(
        unit, row: row, options: options, models: surroundings.pipeline.models, upstream: upstream, source: job.source)
    } catch {
      let failure = error as? StageFailure ?? StageFailure(.internalError, "\(unit) could not be planned.")
      handle(.failed(failure), unit, of: job, &effects)
      return nil
    }
  }

  private func decide(_ work: UnitWork, _ artifact: ArtifactRecord?, _ job: LiveJob, _ effects: inout JobEffects) {
    let row = job.row(of: work.unit)
    if let artifact, row.again != .force {
      handle(.found, work.unit, of: job, &effects)
      reuse(artifact, work.unit, of: job, &effects)
    } else if row.key == work.key, job.wholePin(of: work.unit) != nil, row.again != .force {
      handle(.found, work.unit, of: job, &effects)
      keepPinned(work.unit, of: job, &effects)
    } else if let end = earlierLoss(row, under: work.key) {
      settle(work.unit, end, of: job, &effects)
    } else {
      if row.countedKey != work.key { job.machines[work.unit] = UnitStateMachine(work.unit) }
      job.works[work.unit] = work
      handle(.missing, work.unit, of: job, &effects)
    }
  }

  /// How a unit was given up in an earlier run of the job, where nothing has changed since and nobody asks for another
  /// try: what is poison is not tried at every start.
  private func earlierLoss(_ row: UnitRecord, under key: Digest) -> UnitEnd? {
    guard row.key == key, row.again == nil else { return nil }
    return switch row.state {
    case .gap: row.gap.map { .gap($0) }
    // A whole job that failed is taken up again only by somebody who asks for that.
    case .failed where Criticality(of: row.unit.stage) == .format: row.failure.map { .failed($0) }
    case .waiting, .ready, .running, .done, .failed, .cancelled: nil
    }
  }

  /// Complete results that stand under the units' keys and whose files are there.
  private func results(of works: [UnitWork], _ job: LiveJob) async throws -> [UnitID: ArtifactRecord] {
    var keys: [UnitID: Digest] = [:]
    for work in works { keys[work.unit] = work.key }
    var found = try await surroundings.ledger.artifacts(keys: works.map(\.key))
    try await addResultsWithoutPages(works, job, &keys, &found)
    let artifacts = found.values.filter { !$0.encrypted || job.hasOpenedSource }
    let store = surroundings.store
    let sound = try await BlockingWork.run { try artifacts.filter { try store.has($0) } }
    let missing = Set(artifacts.map(\.key)).subtracting(sound.map(\.key))
    if !missing.isEmpty {
      try await surroundings.ledger.apply(missing.sorted { $0.hex < $1.hex }.map { .removeArtifact(key: $0) })
    }
    let byKey = Dictionary(sound.map { ($0.key, $0) }) { first, _ in first }
    return keys.compactMapValues { byKey[$0] }
  }

  /// A unit over the document that died on pages has its result under the key that names them; it serves this job, and
  /// any other that would come to the same, unless it is to be tried again.
  private func addResultsWithoutPages(
    _ works: [UnitWork], _ job: LiveJob, _ keys: inout [UnitID: Digest], _ found: inout [Digest: ArtifactRecord]
  ) async throws {
    for work in works where work.unit.page == nil && found[work.key] == nil {
      let row = job.row(of: work.unit)
      guard row.again == nil, let key = row.key, key != work.key,
        let artifact = try await surroundings.ledger.artifact(key: key)
      else { continue }
      let unreadable = Set(artifact.gaps.filter { $0.value == .pageUnreadable }.keys)
      guard try work.key(without: unreadable) == key else { continue }
      keys[work.unit] = key
      found[key] = artifact
    }
  }

  /// Tells whether no page is left to go on with, at the first unit that looks at all of them.
  private func lossOfAllPages(_ wave: [UnitID], _ job: LiveJob) -> StageFailure? {
    guard let whole = wave.first(where: { $0.page == nil }), let row = job.graph.plan.row(of: whole),
      row.needs.contains(where: { need in
        need.reach == .everyPage && need.stage.map { job.graph.hasLostAllPages(at: $0) } == true
      }), Criticality(of: whole.stage) == .job
    else { return nil }
    return allPagesFailed(job)
  }

  func allPagesFailed(_ job: LiveJob) -> StageFailure {
    let first = job.graph.plan.units.lazy.compactMap { job.rows[$0]?.failure }.first
    return StageFailure(
      .allPagesFailed, "No page could be read\(first.map { ": \($0.message)" } ?? ".")", page: first?.page,
      hint: first?.hint)
  }
}

extension ObjectFolder {
  /// Whether every file of an artifact is there with its length.
  func has(_ artifact: ArtifactRecord) throws -> Bool {
    for checkpoint in [artifact.checkpoint] + artifact.parts {
      for file in [checkpoint.file] + checkpoint.files where try head(file.digest) != file.length { return false }
    }
    return true
  }
}
