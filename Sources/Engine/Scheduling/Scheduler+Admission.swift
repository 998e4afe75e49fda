import Checkpoints
import Ledger
import StageKit

extension Scheduler {
  /// Takes a job up: what stands under its keys is done, the rest is queued.
  ///
  /// - Parameter repairs: of the job before it was planned anew.
  func admit(_ id: JobID, repairs: InputRepairs = InputRepairs()) async throws {
    unsettle()
    defer { settle() }
    await withdraw(id)
    admissionCount += 1
    let number = admissionCount
    admissions[id] = number
    defer { if admissions[id] == number { admissions[id] = nil } }
    guard let record = try await surroundings.ledger.job(id), !record.deleted else {
      throw LedgerFailure.jobNotFound(id)
    }
    let rows = try await surroundings.ledger.units(of: id)
    let isUntouched = try await surroundings.ledger.isUntouched(id)
    // Cancelled, removed, edited or taken up by another since then: what was read is no longer so.
    guard admissions[id] == number else { return }
    let job = LiveJob(record: record, graph: JobGraph(plan(record, pages: [])), rows: rows)
    job.password = passwords[id]
    job.repairs = repairs
    job.isUntouched = isUntouched
    keepCounts(of: job)
    jobs[id] = job
    queue.open(id, priority: job.settings.priority, tenant: tenant(of: job))
    consultations.open(id, priority: job.settings.priority, tenant: tenant(of: job))
    try await showQueued(job)
    do { try await loadPins(of: job) } catch let failure as StageFailure {
      return try await rest(job, as: .paused, failure)
    }
    guard job.isLive else { return }
    job.open = job.graph.plan.roots
    await evaluate(job)
  }

  /// Keeps those who wait for all jobs to rest waiting while one is changed: taken back from the workers it is nowhere for
  /// a moment, and may yet go on.
  nonisolated func unsettled<Value: Sendable>(_ body: () async throws -> Value) async rethrows -> Value {
    await unsettle()
    do {
      let value = try await body()
      await settle()
      return value
    } catch {
      await settle()
      throw error
    }
  }

  /// Something is under way that may yet bring work: until it is settled, nothing is at rest.
  func unsettle() { unsettledCount += 1 }

  func settle() {
    unsettledCount -= 1
    wake()
  }

  /// Takes a job back from the workers without changing its state, before it is planned anew.
  func withdraw(_ id: JobID) async {
    waiting.remove(id)
    admissions[id] = nil
    guard let job = jobs[id] else { return }
    await retire(job, outcome: .interrupted)
  }

  func plan(_ record: JobRecord, pages: [Int]) -> JobPlan {
    JobPlan(surroundings.pipeline, settings: record.manifest.settings, pages: pages)
  }

  /// Attempts that counted before a restart still count.
  private func keepCounts(of job: LiveJob) {
    for row in job.rows.values where row.counted > 0 {
      job.machines[row.unit] = UnitStateMachine(row.unit, counted: row.counted)
    }
  }

  /// A job that had come to rest is queued again.
  private func showQueued(_ job: LiveJob) async throws {
    guard job.record.manifest.state != .queued, job.record.manifest.state != .running else { return }
    try await change(job, to: .queued, nil)
  }

  /// Writes a job's state: first into `job.json`, then into the ledger, then to the watchers.
  func change(_ job: LiveJob, to state: JobState, _ failure: StageFailure?, with changes: [LedgerChange] = [])
    async throws
  {
    job.record.manifest.state = state
    job.record.manifest.failure = failure
    let manifest = job.record.manifest
    if state == .queued || state == .running { census.note(job.record) } else { census.forget(job.id) }
    let tree = surroundings.tree(of: job.id)
    // In the order in which the states came: a cancel must not be overtaken by the start of the job's first unit.
    try await turns.during(job.id) {
      try await BlockingWork.run { try tree.write(manifest) }
      let event = JobEvent(job: job.id, kind: .jobState, state: state.rawValue, failure: failure)
      surroundings.publish(
        try await surroundings.ledger.apply(changes + [.jobState(job.id, state, failure), .event(event)]))
    }
  }
}
