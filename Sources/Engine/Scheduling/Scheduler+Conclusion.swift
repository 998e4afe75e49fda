import CanonicalJSON
import Checkpoints
import Ledger
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

extension Scheduler {
  /// Takes what a worker was at: publishes, commits, links, and opens what comes next.
  func conclude(_ chain: Int64, of kind: WorkerKind = .ordinary) async {
    defer { released(kind) }
    guard let chain = chains.removeValue(forKey: chain) else { return }
    await chain.early?.value
    await write(chain.ended, of: chain)
  }

  /// Writes down units that have ended, in one transaction under the chain's lease.
  ///
  /// - Parameter opening: the unit behind them that goes on running: the lease is its own from then on.
  func write(_ ended: [EndedUnit], of chain: UnitChain, opening: Assignment? = nil) async {
    let job = chain.job
    guard !ended.isEmpty else { return }
    guard !chain.isLost, ended.allSatisfy({ isCurrent($0.assignment) }) else {
      chain.isLost = true
      for unit in ended { abandon(unit.assignment, unit.outcome) }
      return
    }
    let digests = ended.flatMap(\.outcome.digests)
    await surroundings.claims.claim(digests)
    defer { surroundings.claims.release(digests) }
    do {
      let ended = await published(ended, of: chain, opening)
      guard ended.allSatisfy({ isCurrent($0.assignment) }) else { return chain.isLost = true }
      for unit in ended {
        // What waits keeps its worker from others as well as what computes.
        let seconds = max(unit.outcome.use.cpuSeconds ?? 0, unit.outcome.use.workSeconds ?? 0)
        if unit.assignment.order.models == nil {
          queue.charge(job.id, seconds: seconds)
        } else {
          consultations.charge(job.id, seconds: seconds)
        }
        job.workerSeconds += unit.outcome.use.cpuSeconds ?? 0
      }
      try await commit(ended, of: chain, opening: chain.isLost ? nil : opening)
      guard job.workerSeconds <= surroundings.limits.jobSeconds else {
        return try await rest(job, as: .paused, Self.jobTooLong)
      }
      await evaluate(job)
    } catch LedgerFailure.staleFence {
      // The unit was taken back while it was being committed: another attempt has it.
      chain.isLost = true
    } catch {
      chain.isLost = true
      await interrupt(job, by: error)
    }
  }

  private static let jobTooLong = StageFailure(
    .timedOut, "The job has used more processor time than it may.",
    hint: "What it has made is kept: resume it to go on, or take fewer pages.")

  /// Makes the files durable under their digests; a disk that cannot take them makes the attempts failed ones, and takes
  /// back those that build on them.
  private func published(_ ended: [EndedUnit], of chain: UnitChain, _ opening: Assignment?) async -> [EndedUnit] {
    let files = ended.flatMap { unit -> [AttemptFile] in
      if case .finished(_, let files) = unit.outcome.ending { files } else { [] }
    }
    guard !files.isEmpty else { return ended }
    let store = surroundings.store
    do {
      let began = ContinuousClock.now
      try await BlockingWork.run { try store.put(files) }
      let seconds = (ContinuousClock.now - began) / .seconds(1)
      return ended.map { unit in
        var unit = unit
        unit.outcome.use.storeSeconds = seconds * Double(unit.outcome.fileCount) / Double(files.count)
        return unit
      }
    } catch {
      let failure =
        error as? StageFailure ?? StageFailure(.inputOutput, "A result could not be stored.", retryable: true)
      if opening?.follows == true {
        chain.isLost = true
        opening?.control.stop(.released)
      }
      let isStale = { (unit: EndedUnit) in
        unit.assignment.follows && unit.assignment.lease.fence != chain.lease.fence
      }
      for unit in ended where isStale(unit) { abandon(unit.assignment, unit.outcome) }
      return ended.filter { !isStale($0) }.map { unit in
        guard case .finished = unit.outcome.ending else { return unit }
        discard(unit.outcome)
        return EndedUnit(
          assignment: unit.assignment,
          outcome: UnitOutcome(ending: .failed(failure, lastInput: nil), use: unit.outcome.use))
      }
    }
  }

  func discard(_ outcome: UnitOutcome) {
    guard case .finished(_, let files) = outcome.ending else { return }
    // What cannot be removed goes with the owner's folder.
    for file in files { unlink(file.path) }
  }

  private func commit(_ ended: [EndedUnit], of chain: UnitChain, opening: Assignment?) async throws {
    let job = chain.job
    var effects = JobEffects()
    var changes: [LedgerChange] = []
    for unit in ended {
      let assignment = unit.assignment
      if assignment.lease.fence != chain.lease.fence {
        changes.append(.begin(begin(assignment, in: chain, isRunning: false)))
      }
      var own = JobEffects()
      changes += try await self.changes(by: unit, job, &own)
      try FaultPoint.reach(.commit, assignment.unit.description)
      changes += own.changes(of: job.id, keep: job.keep)
      effects.append(own)
    }
    if let opening { changes.append(.begin(begin(opening, in: chain, isRunning: true))) }
    let events = try await surroundings.ledger.complete(chain.lease, changes)
    if let opening {
      chain.lease = opening.lease
      job.rows[opening.unit]?.state = .running
    }
    for unit in ended where isCurrent(unit.assignment) { job.running[unit.assignment.unit] = nil }
    surroundings.publish(events)
    try await link(effects.links, of: job.id)
    effects.links = []
    try await follow(effects, of: job)
  }

  /// The start of a unit that ran behind others, now that it stands in the ledger.
  private func begin(_ assignment: Assignment, in chain: UnitChain, isRunning: Bool) -> AttemptStart {
    chain.job.rows[assignment.unit]?.attempts = assignment.lease.attempt
    return AttemptStart(
      assignment.lease, key: assignment.order.key, worker: chain.slot + 1,
      age: (ContinuousClock.now - assignment.began) / .seconds(1), isRunning: isRunning)
  }

  /// What an attempt's end changes in the ledger, but for what is gathered in the effects.
  private func changes(
    by unit: EndedUnit, _ job: LiveJob, _ effects: inout JobEffects
  ) async throws -> [LedgerChange] {
    let (assignment, outcome, unit) = (unit.assignment, unit.outcome, unit.assignment.unit)
    var changes: [LedgerChange] = []
    let attempt: AttemptOutcome
    switch outcome.ending {
    case .finished(let report, _):
      attempt = .succeeded
      let made = ArtifactRecord(
        key: assignment.order.key, checkpoint: report.checkpoint, parts: report.parts, gaps: report.gaps,
        encrypted: try await isEncrypted(report, assignment, job))
      let overwritten = try await overwritten(by: made, assignment)
      changes.append(.artifact(made))
      succeed(made, assignment, job, overwritten, &effects)
      effects.links.append(linkTask(made, assignment, job, overwritten))
    case .failed(var failure, let lastInput):
      if failure.code == .checkpointCorrupt, !job.repairs.note(lastInput, of: unit) {
        failure = StageFailure(.engineFailed, failure.message, page: failure.page, hint: failure.hint)
      }
      attempt = .failed(failure: failure)
      var pinFailure: StageFailure?
      if failure.code == .checkpointCorrupt, let lastInput {
        pinFailure = try await self.pinFailure(lastInput, unit, failure, of: job)
        if pinFailure == nil { changes += try await quarantine(lastInput, unit, job, &effects) }
      }
      if let pinFailure { effects.pause = pinFailure }
      handle(.failed(pinFailure ?? failure), unit, of: job, &effects)
    case .died(let death, let page):
      attempt = Self.outcome(of: death)
      count(death, page, assignment, job, &effects)
    case .stopped(let reason):
      attempt = reason == .cancelled ? .cancelled : .interrupted
      handle(.released, unit, of: job, &effects)
    }
    EngineMeter.ended(unit.stage, attempt)
    var use = outcome.use
    use.queueSeconds = assignment.queueSeconds
    changes.append(.attempt(assignment.lease, attempt, use))
    return changes
  }

  /// Counts a death; a stage over the document that told which page it was about to touch leaves that page out next time.
  private func count(
    _ death: UnitDeath, _ page: Int?, _ assignment: Assignment, _ job: LiveJob, _ effects: inout JobEffects
  ) {
    let unit = assignment.unit
    if let page, unit.page == nil, job.unreadable[unit, default: []].insert(page).inserted {
      // With the page left out it is another work, and its tries count anew.
      job.machines[unit] = UnitStateMachine(unit)
      handle(.missing, unit, of: job, &effects)
      return
    }
    var row = job.row(of: unit)
    row.counted = job.machine(of: unit).counted + 1
    row.countedKey = job.works[unit]?.key
    set(row, of: job, &effects)
    handle(.died(death), unit, of: job, &effects)
    if case .queued = job.machine(of: unit).phase {
      effects.events.append(
        JobEvent(
          job: job.id, kind: .unitRetried, unit: unit, state: UnitState.ready.rawValue,
          attempt: assignment.lease.attempt, failure: death.failure(of: unit)))
    }
  }

  private static func outcome(of death: UnitDeath) -> AttemptOutcome {
    switch death {
    case .crashed(let signal): .killed(signal: signal)
    case .cpuLimit, .wallLimit: .timedOut
    case .memoryLimit: .killed(signal: Int(SIGKILL))
    case .outputLimit: .killed(signal: Int(SIGXFSZ))
    }
  }

  /// Takes a damaged file out of use, so that the unit which made it runs again.
  private func quarantine(
    _ digest: Digest, _ reader: UnitID, _ job: LiveJob, _ effects: inout JobEffects
  ) async throws -> [LedgerChange] {
    guard
      let reference = job.graph.plan.references(of: reader).first(where: { reference in
        job.graph.record(of: reference).map { ([$0.file] + $0.files).contains { $0.digest == digest } } ?? false
      }), case .done(let result)? = job.graph.end(of: reference.owner)
    else { return [] }
    let store = surroundings.store
    try await BlockingWork.run { try store.quarantine(digest) }
    effects.events.append(
      JobEvent(
        job: job.id, kind: .checkpointQuarantined, unit: reference.owner, state: UnitState.ready.rawValue))
    return [.removeArtifact(key: result.key)]
  }

  /// Whether the document is guarded, as ingest says in its checkpoint; other stages know it from there.
  private func isEncrypted(_ report: UnitReport, _ assignment: Assignment, _ job: LiveJob) async throws -> Bool {
    guard job.graph.plan.roots.contains(assignment.unit) else { return job.isEncrypted }
    let store = surroundings.store
    return try await BlockingWork.run {
      let file = report.checkpoint.file
      return try store.get(file.digest).withBytes { bytes in
        let reader = try CheckpointReader(bytes, unit: report.checkpoint.unit, file: file.digest)
        return try reader.withPayload { payload in
          try CanonicalDecoder().decode(JSONValue.self, from: payload)["encrypted"]?.bool ?? false
        }
      }
    }
  }
}
