import Checkpoints
import GRDB
import StageKit

/// What a write does to the database, within its savepoint.
struct LedgerTransaction {
  let database: Database
  /// Seconds since 1970, one time for all that is committed together.
  let now: Double

  func create(_ job: JobRecord, units: [UnitRecord], with changes: [LedgerChange]) throws -> [JobEvent] {
    let manifest = job.manifest
    guard try !database.exists(JobQuery.isBuried, [manifest.id]) else { throw LedgerFailure.jobExists(manifest.id) }
    try database.run(JobQuery.insertDocument, [manifest.source, manifest.sourceLength])
    try database.run(
      JobQuery.insert,
      [
        manifest.id, manifest.name, manifest.source, JSONColumn(manifest.settings), manifest.state,
        JSONColumn.ifAny(manifest.failure), manifest.owner, manifest.created, job.pageCount, job.created, job.started,
        job.finished, manifest.trace,
      ])
    try put(units, of: manifest.id)
    let event = JobEvent(
      job: manifest.id, kind: .jobState, state: manifest.state.rawValue, failure: manifest.failure)
    try count(manifest)
    return [try number(event)] + (try apply(changes))
  }

  func apply(_ changes: [LedgerChange]) throws -> [JobEvent] {
    var events: [JobEvent] = []
    for change in changes {
      switch change {
      case .units(let job, let units):
        try requireLiving(job)
        try put(units, of: job)
      case .removeUnits(let job, let units):
        try requireLiving(job)
        for unit in units {
          try fence(unit, of: job, outcome: .cancelled)
          try database.run(UnitQuery.remove, [job, unit])
        }
      case .fence(let job, let units, let outcome):
        try requireLiving(job)
        for unit in units { try fence(unit, of: job, outcome: outcome) }
      case .artifact(let artifact): try put(artifact)
      case .removeArtifact(let key): try database.run(ArtifactQuery.remove, [key])
      case .jobState(let job, let state, let failure): try setState(state, failure, of: job)
      case .jobPages(let job, let count):
        try self.count(pages: count, of: job)
        try set(job, .setPages, [job, count])
      case .jobSettings(let job, let settings): try set(job, .setSettings, [job, JSONColumn(settings)])
      case .begin(let start): events.append(try begin(start))
      case .attempt(let lease, let outcome, let use):
        try end(lease, outcome, use)
        try count(cpuSeconds: use.cpuSeconds, of: lease.job)
      case .pin(let pin): try put(pin)
      case .webhook(let job, let target): try put(target, of: job)
      case .answer(let answer): try store(answer)
      case .removePin(let job, let unit): try removePin(of: unit, job)
      case .history(let entry, let keep): try put(entry, keep: keep)
      case .supersede(let job, let unit, let key, let number, let keep):
        try supersede(unit, of: job, by: key, number: number, keep: keep)
      case .pruneHistory(let job, let keep): try prune(job, keep: keep)
      case .event(let event): events.append(try number(event))
      }
    }
    return events
  }

  /// Gives an event the next number of its job and the time, and stores it.
  func number(_ event: JobEvent) throws -> JobEvent {
    let seq = try database.first(JobQuery.nextSeq, [event.job]) { try $0.decode(Int64.self, atIndex: 0) }
    guard let seq else { throw LedgerFailure.jobNotFound(event.job) }
    var event = event
    event.seq = seq
    event.at = now
    try database.run(
      AttemptQuery.putEvent,
      [
        event.job, seq, event.kind, event.unit, event.state, event.attempt, now, JSONColumn.ifAny(event.failure),
      ])
    try enqueueDelivery(of: event)
    return event
  }

  /// - Throws: `LedgerFailure.jobNotFound` for a job that is not there or is buried.
  func requireLiving(_ job: JobID) throws {
    guard try database.exists(JobQuery.isLiving, [job]) else { throw LedgerFailure.jobNotFound(job) }
  }

  private func set(_ job: JobID, _ query: JobQuery, _ arguments: StatementArguments) throws {
    guard try database.run(query, arguments) == 1 else { throw LedgerFailure.jobNotFound(job) }
  }

  private func setState(_ state: JobState, _ failure: StageFailure?, of job: JobID) throws {
    try set(
      job, .setState,
      [
        job, state, JSONColumn.ifAny(failure), state == .running ? now : nil, state.isFinished ? now : nil,
      ])
  }

  private func put(_ units: [UnitRecord], of job: JobID) throws {
    for unit in units {
      try database.run(
        UnitQuery.put,
        [
          job, unit.unit, unit.state, unit.key, unit.content, unit.gap, JSONColumn.ifAny(unit.failure), unit.attempts,
          unit.counted, unit.countedKey, unit.history, unit.reused, unit.again,
        ])
    }
  }
}
