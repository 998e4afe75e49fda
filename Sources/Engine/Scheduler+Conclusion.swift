import CanonicalJSON
import Checkpoints
import Ledger
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

extension Scheduler {
  /// Takes the outcome of an attempt: publishes, commits, links, and opens what comes next.
  func conclude(_ assignment: Assignment, _ outcome: UnitOutcome) async {
    defer { released() }
    guard let job = current(assignment) else { return discard(outcome) }
    let digests = outcome.digests
    await surroundings.claims.claim(digests)
    defer { surroundings.claims.release(digests) }
    do {
      let outcome = await published(outcome)
      guard current(assignment) === job else { return }
      // What waits keeps its worker from others as well as what computes.
      queue.charge(job.id, seconds: max(outcome.cpuSeconds ?? 0, outcome.clockSeconds ?? 0))
      job.workerSeconds += outcome.cpuSeconds ?? 0
      try await commit(outcome, of: assignment, job)
      guard job.workerSeconds <= surroundings.limits.jobSeconds else {
        return try await rest(job, as: .paused, Self.jobTooLong)
      }
      await evaluate(job)
    } catch LedgerFailure.staleFence {
      // The unit was taken back while it was being committed: another attempt has it.
    } catch {
      await interrupt(job, by: error)
    }
  }

  private static let jobTooLong = StageFailure(
    .timedOut, "The job has used more processor time than it may.",
    hint: "What it has made is kept: resume it to go on, or take fewer pages.")

  /// The job, as long as it still waits for this very attempt.
  private func current(_ assignment: Assignment) -> LiveJob? {
    guard let job = jobs[assignment.lease.job], job.isLive, job.running[assignment.unit] === assignment.control else {
      return nil
    }
    return job
  }

  /// Makes the files durable under their digests; a disk that cannot take them makes the attempt a failed one.
  private func published(_ outcome: UnitOutcome) async -> UnitOutcome {
    guard case .finished(_, let files) = outcome.ending else { return outcome }
    let store = surroundings.store
    do {
      try await BlockingWork.run { try store.put(files) }
      return outcome
    } catch {
      discard(outcome)
      let failure =
        error as? StageFailure ?? StageFailure(.inputOutput, "A result could not be stored.", retryable: true)
      return UnitOutcome(
        ending: .failed(failure, lastInput: nil), cpuSeconds: outcome.cpuSeconds, peakBytes: outcome.peakBytes)
    }
  }

  private func discard(_ outcome: UnitOutcome) {
    guard case .finished(_, let files) = outcome.ending else { return }
    // What cannot be removed goes with the owner's folder.
    for file in files { unlink(file.path) }
  }

  private func commit(_ outcome: UnitOutcome, of assignment: Assignment, _ job: LiveJob) async throws {
    let unit = assignment.unit
    var effects = JobEffects()
    var changes: [LedgerChange] = []
    let attempt: AttemptOutcome
    var artifact: ArtifactRecord?
    switch outcome.ending {
    case .finished(let report, _):
      attempt = .succeeded
      let made = ArtifactRecord(
        key: assignment.order.key, checkpoint: report.checkpoint, parts: report.parts, gaps: report.gaps,
        encrypted: try await isEncrypted(report, assignment, job))
      artifact = made
      changes.append(.artifact(made))
      succeed(made, assignment, job, &effects)
    case .failed(let failure, let lastInput):
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
    changes.append(
      .attempt(assignment.lease, attempt, cpuSeconds: outcome.cpuSeconds, peakBytes: outcome.peakBytes))
    try FaultPoint.reach(.commit, unit.description)
    let events = try await surroundings.ledger.complete(
      assignment.lease, changes + effects.changes(of: job.id, keep: job.keep))
    EngineMeter.ended(unit.stage, attempt)
    job.running[unit] = nil
    surroundings.publish(events)
    if let artifact {
      var link = LinkTask(artifact: artifact)
      link.pins = job.pins(of: unit).map(\.record)
      link.replaces = assignment.row.key == nil ? nil : assignment.row
      link.history = job.row(of: unit).history
      try await self.link([link], of: job.id)
    }
    try await follow(effects, of: job)
  }

  private func succeed(
    _ artifact: ArtifactRecord, _ assignment: Assignment, _ job: LiveJob, _ effects: inout JobEffects
  ) {
    let unit = assignment.unit
    handle(.succeeded, unit, of: job, &effects)
    var row = job.row(of: unit)
    // Under a pin of the whole unit nothing that stands is replaced.
    if job.wholePin(of: unit) == nil, assignment.row.isReplaced(by: artifact) {
      row.history = assignment.row.history + 1
      effects.superseded.append((unit, artifact.key, row.history))
    }
    row.state = .done
    row.key = artifact.key
    row.content = artifact.checkpoint.content
    row.gap = nil
    row.failure = nil
    row.counted = 0
    row.countedKey = nil
    row.reused = false
    set(row, of: job, &effects)
    effects.events.append(
      JobEvent(
        job: job.id, kind: .unitFinished, unit: unit, state: UnitState.done.rawValue, attempt: assignment.lease.attempt)
    )
    if job.forced.remove(unit) != nil {
      let isEqual = assignment.row.content == artifact.checkpoint.content
      effects.events.append(
        JobEvent(
          job: job.id, kind: .unitRepeated, unit: unit, state: isEqual ? "equal" : "different",
          attempt: assignment.lease.attempt))
    }
    job.isEncrypted = artifact.encrypted
    settle(unit, .done(UnitResult(artifact)), of: job, &effects)
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
