import CanonicalJSON
import Checkpoints
import Ledger
import StageKit

/// Where a job stands after one of its transitions: what a snapshot tells.
///
/// Pure: what the ledger has comes in first, then transition after transition.
struct JobBoard: Sendable {
  private(set) var record: JobRecord
  private var tallies: [StageID: StageTally] = [:]
  /// Units that run, with how far they are, 0…1.
  private(set) var running: [UnitID: Double] = [:]
  private var pace = WorkPace()

  /// - Parameters:
  ///   - units: as they stand after the record's newest event.
  ///   - now: seconds since 1970.
  init(_ record: JobRecord, _ units: [UnitRecord], at now: Double) {
    self.record = record
    take(units)
    if record.manifest.state == .running { pace.begin(at: now, work: doneWork, pages: pagesDone) }
  }

  var job: JobID { record.manifest.id }
  var owner: String { record.manifest.owner }
  /// The number of the newest transition that it knows of.
  var seq: Int64 { record.seq }
  var state: JobState { record.manifest.state }
  /// Pages of the document; nil until that is known.
  var pages: Int? { record.pageCount }

  // MARK: What happens

  /// Takes the job as the ledger has it now; what is running stays as far as it is.
  mutating func reload(_ record: JobRecord, _ units: [UnitRecord]) {
    self.record = record
    let fractions = running
    tallies = [:]
    running = [:]
    take(units)
    for unit in running.keys { running[unit] = fractions[unit] ?? 0 }
  }

  private mutating func take(_ units: [UnitRecord]) {
    for unit in units {
      let mark = Self.mark(of: unit.state, reused: unit.reused)
      tallies[unit.unit.stage, default: StageTally()].set(unit.unit.subject, mark)
      if mark == .running { running[unit.unit] = 0 }
    }
  }

  /// Takes the next transition.
  mutating func apply(_ event: JobEvent) {
    record.seq = event.seq
    if event.kind == .jobState {
      enter(JobState(rawValue: event.state) ?? state, event)
    } else if let unit = event.unit, let mark = Self.mark(after: event) {
      set(unit, mark, at: event.at)
    }
  }

  /// - Returns: false for a unit that does not run: a late word of one that has ended.
  mutating func tick(_ unit: UnitID, _ fraction: Double) -> Bool {
    guard running[unit] != nil else { return false }
    running[unit] = min(max(fraction, 0), 1)
    return true
  }

  private mutating func enter(_ state: JobState, _ event: JobEvent) {
    record.manifest.state = state
    record.manifest.failure = event.failure
    record.finished = state.isFinished ? event.at : nil
    if state == .running {
      if record.started == nil { record.started = event.at }
      pace.begin(at: event.at, work: doneWork, pages: pagesDone)
    } else if state.isFinished || state == .paused {
      for unit in running.keys { tallies[unit.stage]?.set(unit.subject, .waiting) }
      running = [:]
    }
  }

  private mutating func set(_ unit: UnitID, _ mark: StageTally.Mark, at time: Double) {
    running[unit] = mark == .running ? 0 : nil
    if pace.began == nil { pace.begin(at: time, work: doneWork, pages: pagesDone) }
    let before = (work: doneWork, pages: pagesDone)
    tallies[unit.stage, default: StageTally()].set(unit.subject, mark)
    if mark == .reused { pace.give(work: doneWork - before.work, pages: pagesDone - before.pages) }
  }

  private static func mark(of state: UnitState, reused: Bool) -> StageTally.Mark {
    switch state {
    case .waiting, .ready: .waiting
    case .running: .running
    case .done: reused ? .reused : .done
    case .gap, .failed: .missing
    case .cancelled: .cancelled
    }
  }

  /// Nil where the unit stays as it is.
  private static func mark(after event: JobEvent) -> StageTally.Mark? {
    switch event.kind {
    case .unitStarted: .running
    case .unitFinished: .done
    case .unitReused: .reused
    case .unitRetried: .waiting
    case .unitGap, .unitFailed: .missing
    case .unitCancelled: .cancelled
    case .jobState, .unitRepeated, .checkpointQuarantined, .strangeFile, .unitPinned, .unitUnpinned, .pinConflict: nil
    }
  }

  // MARK: Work

  private var doneWork: Double { StageID.allCases.reduce(0) { $0 + Double(tallies[$1]?.settled ?? 0) * $1.weight } }
  private var plannedWork: Double { StageID.allCases.reduce(0) { $0 + Double(tallies[$1]?.planned ?? 0) * $1.weight } }

  /// The stages that go page by page, the costliest first.
  private static let pageStages: [StageID] = [.ocr, .layout, .render, .tables, .figures, .assembly]

  /// Pages that the costliest stage of the plan is done with.
  private var pagesDone: Int {
    Self.pageStages.first { (tallies[$0]?.planned ?? 0) > 0 }.flatMap { tallies[$0]?.settled } ?? 0
  }

  /// How far the job is and how fast, as far as that is known.
  func outlook(at now: Double) -> JobOutlook {
    let all = plannedWork
    let current = running.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.key.stage.weight * $1.value }
    let isDone = state == .completed || state == .completedWithErrors
    let isAtWork = state == .running
    return JobOutlook(
      progress: isDone ? 1 : all > 0 ? min(1, (doneWork + current) / all) : 0,
      pagesDone: pagesDone, rate: isAtWork ? pace.rate(pages: pagesDone, at: now) : nil,
      secondsLeft: isAtWork ? pace.timeLeft(done: doneWork + current, of: all, at: now) : nil)
  }

  // MARK: JSON

  var plannedCounts: [String: JSONValue] {
    Dictionary(uniqueKeysWithValues: tallies.map { ($0.key.rawValue, .integer(Int64($0.value.planned))) })
  }

  /// In short, as in a list; named as in `GET /api/v1/jobs`.
  func summary(at now: Double) -> [String: JSONValue] {
    var members: [String: JSONValue] = [
      "id": .string(job.text), "name": .string(record.manifest.name), "status": .string(state.rawValue),
      "created": .number(record.created), "seq": .integer(seq),
    ]
    if let pages { members["pages"] = .integer(Int64(pages)) }
    if let started = record.started { members["started"] = .number(started) }
    if let finished = record.finished { members["finished"] = .number(finished) }
    if let failure = record.manifest.failure { members["failure"] = failure.json }
    return members.merging(outlook(at: now).members) { $1 }
  }

  /// With stages, and what runs.
  func json(at now: Double) -> JSONValue {
    var members = summary(at: now)
    members["stages"] = .array(StageID.allCases.compactMap { stage in tallies[stage].map { $0.json(stage) } })
    members["running"] = .array(
      running.sorted { $0.key < $1.key }.map { unit, fraction in
        .object(unit.members.merging(["progress": .number(fraction)]) { $1 })
      })
    return .object(members)
  }
}
