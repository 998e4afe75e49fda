import Checkpoints
import Ledger
import StageKit

extension Scheduler {
  /// Leases a claimed unit and puts together what its worker needs.
  ///
  /// - Parameter slot: from 0; the ledger and the watchers know it as the worker's number, from 1.
  /// - Returns: nil where the job has come to rest meanwhile.
  func begin(_ claimed: QueuedUnit, slot: Int) async -> Assignment? {
    guard let job = jobs[claimed.job], job.isLive, let work = job.works[claimed.unit] else { return nil }
    let unit = claimed.unit
    let row = job.row(of: unit)
    let control = UnitControl()
    let queueSeconds = job.waited(unit)
    job.running[unit] = control
    var machine = job.machine(of: unit)
    _ = machine.handle(.started)
    job.machines[unit] = machine
    do {
      if job.record.manifest.state != .running { try await change(job, to: .running, nil) }
      guard job.isLive else { return nil }
      let unreadable = job.unreadable[unit] ?? []
      let key = try work.key(without: unreadable)
      let (lease, events) = try await surroundings.ledger.lease(
        unit, of: job.id, key: key, owner: surroundings.owner, worker: slot + 1,
        spare: job.isUntouched ? UnitChain.spareFences : 0)
      surroundings.publish(events)
      guard job.isLive else {
        try await giveUp(lease, of: job)
        return nil
      }
      tenants[slot] = tenant(of: job)
      job.rows[unit]?.state = .running
      job.rows[unit]?.attempts = lease.attempt
      chains[lease.fence] = UnitChain(
        lease, of: job, slot: slot,
        mayGrow: job.isUntouched && !claimed.alone && unreadable.isEmpty && work.models == nil)
      return Assignment(
        lease: lease, order: order(work, key: key, unreadable: unreadable, of: job), inputs: inputs(of: unit, job),
        limits: surroundings.limits.limits(of: unit, pages: job.graph.plan.pages.count), control: control, row: row,
        isEncrypted: job.isEncrypted, tenant: tenant(of: job), chain: lease.fence, queueSeconds: queueSeconds)
    } catch {
      await interrupt(job, by: error)
      return nil
    }
  }

  /// Ends a lease that came after its job's end.
  private func giveUp(_ lease: Lease, of job: LiveJob) async throws {
    // Taken up again, the job may have leased the unit anew, which ended this lease.
    guard jobs[job.id]?.running[lease.unit] == nil else { return }
    var row = job.row(of: lease.unit)
    row.state = job.restingState
    row.attempts = lease.attempt
    try await surroundings.ledger.apply([.fence(job.id, [lease.unit], job.ending), .units(job.id, [row])])
  }

  /// Whose worker may run the job's units.
  func tenant(of job: LiveJob) -> WorkerTenant {
    WorkerTenant(owner: job.record.manifest.owner, document: job.source, surroundings.isolation)
  }

  func order(_ work: UnitWork, key: Digest, unreadable: Set<Int>, of job: LiveJob) -> UnitOrder {
    UnitOrder(
      unit: work.unit, version: work.version, key: key, source: work.source, options: work.options,
      upstream: work.upstream, engines: work.engines, models: work.models, pages: job.graph.plan.pages,
      unreadablePages: unreadable.sorted(),
      password: job.password, scratch: "",
      trace: job.record.manifest.trace.flatMap { TraceContext($0) }?.child().description)
  }

  func inputs(
    of unit: UnitID, _ job: LiveJob, beside results: [UnitID: UnitResult] = [:]
  ) -> [UnitID: CheckpointRecord] {
    var inputs: [UnitID: CheckpointRecord] = [:]
    for reference in job.graph.plan.references(of: unit) {
      inputs[reference.name] = job.graph.record(of: reference, beside: results)
    }
    return inputs
  }
}
