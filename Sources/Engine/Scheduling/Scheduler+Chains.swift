import Checkpoints
import Ledger
import StageKit

extension Scheduler {
  /// Notes that a worker is through with a unit.
  ///
  /// - Returns: what the same worker does next before all of it is concluded; nil where the chain is at its end.
  func ended(_ assignment: Assignment, _ outcome: UnitOutcome) -> Assignment? {
    guard let chain = chains[assignment.chain] else { return nil }
    chain.running = nil
    chain.ended.append(EndedUnit(assignment: assignment, outcome: outcome))
    let othersWait = queue.hasWork(besides: chain.job.id)
    guard !isStopping, chain.slot < workerTarget, chain.isOpen(othersWait: othersWait), isCurrent(assignment),
      case .finished(let report, let files) = outcome.ending
    else { return nil }
    let artifact = ArtifactRecord(
      key: assignment.order.key, checkpoint: report.checkpoint, parts: report.parts, gaps: report.gaps,
      encrypted: chain.job.isEncrypted)
    // What the whole document waits for is begun once it is known which pages there are.
    guard !chain.job.graph.plan.roots.contains(assignment.unit),
      chain.note(UnitResult(artifact), files, othersWait: othersWait)
    else { return nil }
    let next = follower(in: chain) ?? neighbour(in: chain)
    chain.running = next
    return next
  }

  /// A unit that waited for nothing but what the chain has made.
  private func follower(in chain: UnitChain) -> Assignment? {
    let job = chain.job
    guard let unit = chain.nextOpen(), job.running[unit] == nil, job.works[unit] == nil,
      case .success(let upstream) = job.graph.upstream(of: unit, beside: chain.results),
      let row = job.graph.plan.row(of: unit),
      // What cannot be planned is told where it is evaluated.
      let work = try? UnitWork(
        unit, row: row, options: surroundings.pipeline.options(of: unit, overrides: job.overrides),
        models: surroundings.pipeline.models, upstream: upstream, source: job.source),
      // What may ask a model has workers of its own.
      work.models == nil
    else { return nil }
    job.works[unit] = work
    var machine = UnitStateMachine(unit)
    _ = machine.handle(.missing)
    job.machines[unit] = machine
    return assignment(work, in: chain, follows: true)
  }

  /// Another unit of the job, which waits for this worker or for any.
  private func neighbour(in chain: UnitChain) -> Assignment? {
    guard let claimed = queue.claim(of: chain.job.id, slot: chain.slot, sparing: idle),
      let work = chain.job.works[claimed.unit]
    else { return nil }
    return assignment(work, in: chain, follows: false)
  }

  private func assignment(_ work: UnitWork, in chain: UnitChain, follows: Bool) -> Assignment {
    let (job, unit) = (chain.job, work.unit)
    let control = UnitControl()
    let id = chain.id
    control.whenLasting { [weak self] in await self?.writeEarly(id, control) }
    job.running[unit] = control
    var machine = job.machine(of: unit)
    _ = machine.handle(.started)
    job.machines[unit] = machine
    let row = job.row(of: unit)
    let lease = Lease(
      job: job.id, unit: unit, attempt: row.attempts + 1, fence: chain.takeFence(), owner: surroundings.owner)
    return Assignment(
      lease: lease, order: order(work, key: work.key, unreadable: [], of: job),
      inputs: inputs(of: unit, job, beside: chain.results),
      limits: surroundings.limits.limits(of: unit, pages: job.graph.plan.pages.count), control: control, row: row,
      isEncrypted: job.isEncrypted, tenant: tenant(of: job), chain: id, follows: follows, loose: chain.files,
      queueSeconds: job.waited(unit))
  }

  /// Brings to the ledger what stands before a unit that takes long, and the unit's own lease with it.
  private func writeEarly(_ id: Int64, _ control: UnitControl) {
    guard let chain = chains[id], let running = chain.running, running.control === control, chain.early == nil,
      !chain.ended.isEmpty, isCurrent(running)
    else { return }
    let ended = chain.ended
    chain.ended = []
    // The chain's conclusion waits for it.
    chain.early = Task { await write(ended, of: chain, opening: running) }
  }

  /// Whether the job still waits for this very attempt.
  func isCurrent(_ assignment: Assignment) -> Bool {
    guard let job = jobs[assignment.lease.job], job.isLive else { return false }
    return job.running[assignment.unit] === assignment.control
  }

  /// Takes a unit back that ran behind what could not be written.
  func abandon(_ assignment: Assignment, _ outcome: UnitOutcome?) {
    if let outcome { discard(outcome) }
    guard isCurrent(assignment), let job = jobs[assignment.lease.job] else { return }
    job.running[assignment.unit] = nil
    job.machines[assignment.unit] = UnitStateMachine(assignment.unit)
    guard !assignment.follows, job.works[assignment.unit] != nil else { return job.works[assignment.unit] = nil }
    enqueue(assignment.unit, of: job)
    wake()
  }
}
