import Checkpoints
import Ledger
import StageKit

/// What follows from events of a job's units, gathered before any of it is done.
struct JobEffects {
  /// Rows that changed.
  var rows: [UnitID: UnitRecord] = [:]
  var events: [JobEvent] = []
  /// Results that are replaced: what stood there becomes history.
  var superseded: [(unit: UnitID, key: Digest?, number: Int)] = []
  /// Results that are replaced by others of the same key, as a stage may yield that asked a language model again.
  var overwritten: [HistoryEntry] = []
  /// Pins that have come into conflict, or out of it.
  var pins: [PinEntry] = []
  /// Units that have ended, for the graph to learn of once it stands in the ledger.
  var ends: [(unit: UnitID, end: UnitEnd)] = []
  /// The whole plan, where the pages have become known.
  var plan: JobPlan?
  /// What changes in the job's tree.
  var links: [LinkTask] = []
  /// Pages of the document, where they have become known.
  var pageCount: Int?
  /// Units to queue, once it stands in the ledger that they are ready: a unit that was claimed before that would be
  /// leased anew while the end of its last attempt is still being written.
  var queued: [QueuedUnit] = []
  /// Units to queue after a pause.
  var later: [(unit: UnitID, setback: Int)] = []
  /// The job comes to rest as failed.
  var failure: StageFailure?
  /// The job comes to rest until somebody mends what is wrong.
  var pause: StageFailure?
  /// Something that was read is damaged: the job is planned anew.
  var replans = false

  /// Adds what follows from what came later.
  mutating func append(_ later: JobEffects) {
    rows.merge(later.rows) { $1 }
    events += later.events
    superseded += later.superseded
    overwritten += later.overwritten
    pins += later.pins
    ends += later.ends
    plan = later.plan ?? plan
    links += later.links
    pageCount = later.pageCount ?? pageCount
    queued += later.queued
    self.later += later.later
    failure = failure ?? later.failure
    pause = pause ?? later.pause
    replans = replans || later.replans
  }

  /// What of it stands in the ledger.
  ///
  /// - Parameter keep: how many replaced versions of a checkpoint are kept.
  func changes(of job: JobID, keep: Int) -> [LedgerChange] {
    // The old rows tell what is replaced, so these come first.
    var changes: [LedgerChange] = superseded.map { step in
      .supersede(job, step.unit, by: step.key, number: step.number, keep: keep)
    }
    changes += overwritten.map { .history($0, keep: keep) }
    if !rows.isEmpty { changes.append(.units(job, rows.values.sorted { $0.unit < $1.unit })) }
    changes += pins.map { .pin($0) }
    if let pageCount { changes.append(.jobPages(job, pageCount)) }
    return changes + events.map { .event($0) }
  }
}
