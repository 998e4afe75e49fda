import Checkpoints
import Ledger
import StageKit

extension Scheduler {
  /// Lets a unit's machine decide, and notes what follows.
  func handle(_ event: UnitStateMachine.Event, _ unit: UnitID, of job: LiveJob, _ effects: inout JobEffects) {
    var machine = job.machine(of: unit)
    let action = machine.handle(event)
    job.machines[unit] = machine
    switch action {
    case .forget: break
    case .queue(let alone): enqueue(unit, of: job, alone: alone, &effects)
    case .queueLater(let setback):
      note(unit, .ready, .unitRetried, of: job, &effects)
      effects.later.append((unit, setback))
    case .settleDone: break  // Whoever has the result settles it.
    case .settleGap(let code, let failure):
      giveUp(unit, .gap, code, failure, of: job, &effects)
      settle(unit, .gap(code), of: job, &effects)
    case .settleFailed(let failure):
      giveUp(unit, .failed, nil, failure, of: job, &effects)
      settle(unit, .failed(failure), of: job, &effects)
    case .failJob(let failure) where job.wholePin(of: unit) != nil:
      let code = GapCode(failure.code)
      giveUp(unit, .gap, code, failure, of: job, &effects)
      settle(unit, .gap(code), of: job, &effects)
    case .failJob(let failure):
      note(unit, .failed, .unitFailed, failure, of: job, &effects)
      effects.failure = failure
    case .pauseJob(let failure):
      note(unit, .ready, .unitRetried, failure, of: job, &effects)
      effects.pause = failure
    case .repair: effects.replans = true
    }
  }

  /// Notes a unit's end; the graph learns of it once it stands in the ledger.
  func settle(_ unit: UnitID, _ end: UnitEnd, of job: LiveJob, _ effects: inout JobEffects) {
    compare(unit, with: end, of: job, &effects)
    let end = pinned(end, unit, of: job)
    if case .done(let result) = end, job.graph.plan.roots.contains(unit) {
      do { try expand(job, by: result, &effects) } catch {
        effects.failure = error
        return
      }
    }
    effects.ends.append((unit, end))
  }

  /// Writes down what was gathered, and does what it asks for.
  func apply(_ effects: JobEffects, to job: LiveJob) async throws {
    let changes = effects.changes(of: job.id, keep: job.keep)
    if !changes.isEmpty { surroundings.publish(try await surroundings.ledger.apply(changes)) }
    try await follow(effects, of: job)
  }

  /// Does what does not stand in the ledger: the queue, links, pauses, and the ends of jobs.
  func follow(_ effects: JobEffects, of job: LiveJob) async throws {
    if !effects.pins.isEmpty {
      let (pins, tree) = (effects.pins, surroundings.tree(of: job.id))
      try await BlockingWork.run { for pin in pins { try tree.write(PinRecord(pin)) } }
    }
    guard job.isLive else { return }
    if let plan = effects.plan {
      job.graph.expand(to: plan)
      surroundings.bus.publish(.planned(job.id, job.plannedCounts))
    }
    for (unit, end) in effects.ends {
      job.works[unit] = nil
      job.open += job.graph.settle(unit, end)
    }
    // What has run behind them in one chain has ended with them, is about to, or is queued for another try.
    job.open.removeAll { job.works[$0] != nil || job.graph.end(of: $0) != nil }
    for unit in effects.queued { enqueue(unit.unit, of: job, alone: unit.alone) }
    if !effects.queued.isEmpty { wake() }
    try await link(effects.links, of: job.id)
    for (unit, setback) in effects.later { enqueueLater(unit, of: job, setback: setback) }
    if let failure = effects.failure {
      try await rest(job, as: .failed, failure)
    } else if let failure = effects.pause {
      try await rest(job, as: .paused, failure)
    } else if effects.replans {
      try await replan(job)
    }
  }

  /// Puts the whole plan in place of the roots, now that the pages are known.
  private func expand(_ job: LiveJob, by result: UnitResult, _ effects: inout JobEffects) throws(StageFailure) {
    let pages = try Self.pages(of: job.settings, in: result)
    let plan = plan(job.record, pages: pages)
    effects.plan = plan
    if job.record.pageCount != result.pageCount {
      job.record.pageCount = result.pageCount
      effects.pageCount = result.pageCount
      census.note(job.record)
    }
    for unit in plan.units where job.rows[unit] == nil { set(UnitRecord(unit: unit), of: job, &effects) }
  }

  /// The pages that a job takes of a document.
  ///
  /// - Throws: `StageFailure` with `no_such_page` where it takes none.
  static func pages(of settings: JobSettings, in result: UnitResult) throws(StageFailure) -> [Int] {
    let count = result.pageCount
    let pages = settings.pages?.pages(of: count) ?? Array(1...max(1, count))
    guard !pages.isEmpty, count > 0 else {
      throw StageFailure(
        .noSuchPage, "The document has \(count) page\(count == 1 ? "" : "s"), none of which was asked for.",
        hint: "Choose from 1-\(count).")
    }
    return pages
  }

  private func enqueue(_ unit: UnitID, of job: LiveJob, alone: Bool, _ effects: inout JobEffects) {
    var row = job.row(of: unit)
    if row.state != .ready {
      row.state = .ready
      set(row, of: job, &effects)
    }
    effects.queued.append(QueuedUnit(job: job.id, unit: unit, alone: alone))
  }

  /// Queues a unit after a pause. Ends by itself; a job that has come to rest by then takes nothing.
  private func enqueueLater(_ unit: UnitID, of job: LiveJob, setback: Int) {
    let pause = Backoff.pause(setback: setback, chance: Double.random(in: 0...1))
    unsettle()
    Task {
      // Sleeping is never cut short: the pause is at most half a minute.
      try? await Task.sleep(for: pause)
      if job.isLive { enqueue(unit, of: job) }
      settle()
    }
  }

  /// Settles a unit with the result that was found under its key.
  func reuse(_ artifact: ArtifactRecord, _ unit: UnitID, of job: LiveJob, _ effects: inout JobEffects) {
    EngineMeter.reused(unit.stage)
    var row = job.row(of: unit)
    var link = LinkTask(artifact: artifact)
    link.pins = job.pins(of: unit).map(\.record)
    if row.state != .done || row.key != artifact.key {
      link.replaces = row
      if job.wholePin(of: unit) == nil, row.isReplaced(by: artifact) {
        row.history += 1
        effects.superseded.append((unit, artifact.key, row.history))
      }
      row.complete(by: artifact, reused: true)
      set(row, of: job, &effects)
      effects.events.append(JobEvent(job: job.id, kind: .unitReused, unit: unit, state: UnitState.done.rawValue))
    } else if row.again != nil {
      row.again = nil
      set(row, of: job, &effects)
    }
    link.history = row.history
    effects.links.append(link)
    job.isEncrypted = job.isEncrypted || artifact.encrypted
    settle(unit, .done(UnitResult(artifact)), of: job, &effects)
  }

  /// Settles a unit that a person's checkpoint stands for, where nothing has changed that the stage would read.
  func keepPinned(_ unit: UnitID, of job: LiveJob, _ effects: inout JobEffects) {
    var row = job.row(of: unit)
    let isNew = row.state != .done
    if isNew || row.again != nil {
      row.state = .done
      row.failure = nil
      row.again = nil
      set(row, of: job, &effects)
    }
    if isNew {
      effects.events.append(JobEvent(job: job.id, kind: .unitReused, unit: unit, state: UnitState.done.rawValue))
    }
    settle(unit, .gap(row.gap ?? .engineFailed), of: job, &effects)
  }

  /// Binds a loss to the unit's key and takes what stood in its place into the history. Under a pin of the whole unit
  /// nothing is missing.
  private func giveUp(
    _ unit: UnitID, _ lost: UnitState, _ code: GapCode?, _ failure: StageFailure, of job: LiveJob,
    _ effects: inout JobEffects
  ) {
    var row = job.row(of: unit)
    let key = job.works[unit]?.key
    let isPinned = job.wholePin(of: unit) != nil
    let state: UnitState = isPinned ? .done : lost
    let wasAsked = row.again != nil
    row.again = nil
    guard row.state != state || row.gap != code || row.key != key else {
      if wasAsked { set(row, of: job, &effects) }
      return
    }
    if row.content != nil, !isPinned {
      row.history += 1
      effects.superseded.append((unit, nil, row.history))
      var link = LinkTask(gap: unit, replaces: job.row(of: unit), history: row.history)
      link.pins = job.pins(of: unit).map(\.record)
      effects.links.append(link)
    }
    row.state = state
    row.gap = code
    row.key = key
    row.content = nil
    row.failure = failure
    set(row, of: job, &effects)
    let loss: JobEvent.Kind = lost == .gap ? .unitGap : .unitFailed
    effects.events.append(
      JobEvent(
        job: job.id, kind: isPinned ? .unitReused : loss, unit: unit, state: state.rawValue, attempt: row.attempts,
        failure: failure))
  }

  private func note(
    _ unit: UnitID, _ state: UnitState, _ kind: JobEvent.Kind, _ failure: StageFailure? = nil, of job: LiveJob,
    _ effects: inout JobEffects
  ) {
    var row = job.row(of: unit)
    row.state = state
    row.failure = failure
    if state == .failed { row.again = nil }
    set(row, of: job, &effects)
    effects.events.append(
      JobEvent(job: job.id, kind: kind, unit: unit, state: state.rawValue, attempt: row.attempts, failure: failure))
  }

  func set(_ row: UnitRecord, of job: LiveJob, _ effects: inout JobEffects) {
    job.rows[row.unit] = row
    effects.rows[row.unit] = row
  }
}
