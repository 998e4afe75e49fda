import Checkpoints
import Ledger
import Logging
import StageKit

extension Scheduler {
  /// Ends a job whose every unit has ended.
  func conclude(_ job: LiveJob) async throws {
    let losses = job.graph.losses
    let exports = job.graph.plan.units.filter { $0.stage == .export }
    let lostExports = losses.filter { $0.unit.stage == .export }
    if let stage = job.graph.plan.lastPageStage, job.graph.hasLostAllPages(at: stage) {
      try await rest(job, as: .failed, allPagesFailed(job))
    } else if !exports.isEmpty, lostExports.count == exports.count, case .failed(let failure)? = lostExports.first?.end
    {
      try await rest(job, as: .failed, failure)
    } else {
      try await rest(job, as: losses.isEmpty ? .completed : .completedWithErrors, nil)
    }
  }

  /// Brings a job to rest in a state.
  func rest(_ job: LiveJob, as state: JobState, _ failure: StageFailure?) async throws {
    guard job.isLive else { return }
    unsettle()
    defer { settle() }
    if state == .completed { pace.finished(pages: job.graph.plan.pages.count, workerSeconds: job.workerSeconds) }
    await retire(job, outcome: state == .cancelled ? .cancelled : .interrupted)
    passwords[job.id] = nil
    defer { fill() }
    try await change(job, to: state, failure)
    EngineMeter.rested(state)
  }

  /// Takes a job from the queue and the workers.
  func retire(_ job: LiveJob, outcome: AttemptOutcome) async {
    job.isLive = false
    job.ending = outcome
    if jobs[job.id] === job { jobs[job.id] = nil }
    queue.close(job.id)
    consultations.close(job.id)
    let units = job.running.keys.sorted()
    for control in job.running.values { control.stop(outcome == .cancelled ? .cancelled : .released) }
    job.running = [:]
    guard !units.isEmpty else { return }
    let rows = units.map { unit in
      var row = job.row(of: unit)
      row.state = job.restingState
      return row
    }
    do {
      try await surroundings.ledger.apply([.fence(job.id, units, outcome), .units(job.id, rows)])
    } catch {
      // The next owner ends these leases: nothing is lost but the outcome's name.
      surroundings.logger.warning("leases could not be ended", metadata: ["job": "\(job.id)", "error": "\(error)"])
    }
  }

  /// Plans a job anew from the ledger.
  func replan(_ job: LiveJob) async throws {
    // In between it is nowhere: an engine that ends when nothing is left must not end now.
    unsettle()
    defer { settle() }
    await retire(job, outcome: .interrupted)
    try await admit(job.id, repairs: job.repairs)
  }

  func cancel(_ id: JobID) async throws {
    waiting.remove(id)
    admissions[id] = nil
    passwords[id] = nil
    if let job = jobs[id] { return try await rest(job, as: .cancelled, nil) }
    guard let record = try await surroundings.ledger.job(id), !record.deleted else {
      throw LedgerFailure.jobNotFound(id)
    }
    // It may have been taken up meanwhile, or be about to be.
    waiting.remove(id)
    admissions[id] = nil
    if let job = jobs[id] { return try await rest(job, as: .cancelled, nil) }
    guard !record.manifest.state.isFinished else { return }
    try await change(LiveJob(record: record, graph: JobGraph(plan(record, pages: [])), rows: []), to: .cancelled, nil)
  }

  /// What went wrong in the engine itself: a job whose disk or ledger fails waits for a person; where not even that can
  /// be written down, the engine stops and says so. One that is being removed is just forgotten.
  func interrupt(_ job: LiveJob, by error: any Error) async {
    surroundings.logger.error("a job was interrupted", metadata: ["job": "\(job.id)", "error": "\(error)"])
    do {
      guard job.isLive else { return }
      if error.tellsOfRemoval { return await forget(job.id) }
      try await rest(job, as: .paused, Self.failure(error))
    } catch  where error.tellsOfRemoval {
      await forget(job.id)
    } catch let second {
      fatal = fatal ?? Self.failure(second)
      stop()
    }
  }

  /// Drops all that is held of a job that is going or gone.
  func forget(_ id: JobID) async {
    await withdraw(id)
    passwords[id] = nil
    census.forget(id)
    fill()
  }

  private static func failure(_ error: any Error) -> StageFailure {
    switch error {
    case let failure as StageFailure: failure
    case LedgerFailure.storage(_, outOfDisk: true):
      StageFailure(.outOfDisk, "The ledger has no room left.", hint: "Free some space and resume.", retryable: true)
    case LedgerFailure.storage, LedgerFailure.corrupt:
      StageFailure(.inputOutput, "The ledger could not be read or written.", hint: "Run sheaf doctor.", retryable: true)
    default: StageFailure(.internalError, "Something went wrong inside Sheaf.", hint: "The log tells more.")
    }
  }

  /// Brings places in a job's tree up to date, and tells of what a person put there.
  func link(_ tasks: [LinkTask], of job: JobID) async throws {
    guard !tasks.isEmpty else { return }
    let linker = TreeLinker(tree: surroundings.tree(of: job), ledger: surroundings.ledger)
    let kept = try await linker.run(tasks)
    guard !kept.isEmpty else { return }
    let events = kept.map { place in
      let failure = StageFailure(
        .strangeFile, "\(place.file.path) in the job's folder is not what Sheaf put there; it was left alone.",
        page: place.unit.page, hint: "Move it away and resume, and Sheaf's own takes its place.")
      return LedgerChange.event(
        JobEvent(job: job, kind: .strangeFile, unit: place.unit, state: "kept", failure: failure))
    }
    surroundings.publish(try await surroundings.ledger.apply(events))
  }
}

extension Error {
  /// Whether the ledger has no such job, or only what is left to remove of it.
  fileprivate var tellsOfRemoval: Bool {
    if case .jobNotFound? = self as? LedgerFailure { true } else { false }
  }
}
