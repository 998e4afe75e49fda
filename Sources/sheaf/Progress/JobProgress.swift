import Checkpoints
import Ledger
import Service
import StageKit

/// How far one job has come, from its events.
struct JobProgress: Sendable {
  let job: JobID
  /// What people call it.
  let name: String
  private(set) var state: JobState
  /// Why it stands there: of a failed or paused job.
  private(set) var failure: StageFailure?
  /// Units that were given up.
  private(set) var givenUp: Set<UnitID> = []
  /// Units with a fraction that run now.
  private(set) var running: [UnitID: Double] = [:]
  /// Since when it works, on the watcher's clock; nil before.
  private(set) var started: Double?
  private(set) var finished: Double?
  private var planned: [StageID: Int] = [:]
  private var settled: [StageID: Set<UnitSubject>] = [:]
  /// What was there already when the watcher came, or was found again: no measure of speed.
  private var given = 0.0
  private var givenPages = 0

  /// - Parameters:
  ///   - units: those that the ledger has; they say what is done already.
  ///   - now: for a job that is at work, since when it is watched; nil where an event will tell that it begins.
  init(
    job: JobID, name: String, state: JobState = .queued, units: [UnitRecord] = [], failure: StageFailure? = nil,
    at now: Double? = nil
  ) {
    self.job = job
    self.name = TerminalText.plain(name)
    self.state = state
    self.failure = failure
    if state == .running { started = now }
    for unit in units {
      planned[unit.unit.stage, default: 0] += 1
      if Self.isSettled(unit.state) { settle(unit.unit) }
      if unit.state == .gap || unit.state == .failed { givenUp.insert(unit.unit) }
    }
    given = doneWork
    givenPages = pagesDone
  }

  var isAtRest: Bool { state.isFinished || state == .paused }

  /// The part of the work that is done, 0…1.
  var fraction: Double {
    if state == .completed || state == .completedWithErrors { return 1 }
    let all = plannedWork
    guard all > 0 else { return 0 }
    let current = running.reduce(0) { $0 + $1.key.stage.weight * min(max($1.value, 0), 1) }
    return min(1, (doneWork + current) / all)
  }

  /// Pages in the plan; 0 while that is not known.
  var pageCount: Int { pageStage.map { planned[$0] ?? 0 } ?? 0 }

  /// Pages that the costliest stage of the plan is done with.
  var pagesDone: Int { pageStage.map { settled[$0]?.count ?? 0 } ?? 0 }

  /// Pages that were done while watching.
  var pagesWorked: Int { max(0, pagesDone - givenPages) }

  /// Units that were made while watching.
  private(set) var unitsWorked = 0

  /// The stages at work, in their order, with how many of their units are done.
  var stages: [(stage: StageID, done: Int, of: Int)] {
    Set(running.keys.map(\.stage)).sorted().map { stage in (stage, count(of: stage).done, count(of: stage).of) }
  }

  /// What was given up, in words: `24 pages`; empty where nothing was.
  var missing: String { MissingParts(givenUp.map { UnitRecord(unit: $0, state: .gap) }).summary }

  /// How many of a stage's units are done, and how many there are.
  func count(of stage: StageID) -> (done: Int, of: Int) { (settled[stage]?.count ?? 0, planned[stage] ?? 0) }

  /// Pages per minute; nil while too little is known.
  func rate(at now: Double) -> Double? {
    guard let elapsed = elapsed(at: now), elapsed >= Self.shortest, pagesWorked > 0 else { return nil }
    return Double(pagesWorked) * 60 / elapsed
  }

  /// Seconds until it is done at the pace so far; nil while too little is known.
  func timeLeft(at now: Double) -> Double? {
    let all = plannedWork
    guard !isAtRest, all > 0, let elapsed = elapsed(at: now), elapsed >= Self.shortest else { return nil }
    let pace = fraction - given / all
    return pace >= Self.smallestPart ? elapsed * (1 - fraction) / pace : nil
  }

  /// Seconds of work.
  func elapsed(at now: Double) -> Double? { started.map { max(0, (finished ?? now) - $0) } }

  // MARK: Events

  mutating func plan(_ units: [StageID: Int]) {
    planned = units
    // A rerun takes units back that were done.
    settled = settled.filter { (units[$0.key] ?? 0) > 0 }
  }

  /// Takes the next transition.
  mutating func apply(_ event: JobEvent, at now: Double) {
    if event.kind == .jobState {
      enter(JobState(rawValue: event.state) ?? state, event.failure, at: now)
    } else if let unit = event.unit {
      apply(event, to: unit, at: now)
    }
  }

  /// Takes the state that the ledger has in the end, where no event told of it.
  mutating func conclude(_ record: JobRecord, at now: Double) {
    if record.manifest.state != state { enter(record.manifest.state, record.manifest.failure, at: now) }
  }

  /// Units run by force whose results are what they were, and those whose are not.
  private(set) var repeatedEqual = 0
  private(set) var repeatedDifferent = 0

  /// Takes a unit that runs already.
  mutating func begin(_ unit: UnitID, _ fraction: Double) { running[unit] = fraction }

  mutating func tick(_ unit: UnitID, _ fraction: Double) {
    // A late tick of a unit that has ended says nothing.
    if running[unit] != nil { running[unit] = fraction }
  }

  private mutating func enter(_ state: JobState, _ failure: StageFailure?, at now: Double) {
    self.state = state
    self.failure = failure
    if isAtRest {
      finished = now
      running = [:]
    } else {
      finished = nil
      if state == .running, started == nil { started = now }
    }
  }

  private mutating func apply(_ event: JobEvent, to unit: UnitID, at now: Double) {
    switch event.kind {
    case .unitStarted:
      if started == nil { started = now }
      settled[unit.stage]?.remove(unit.subject)
      givenUp.remove(unit)
      running[unit] = 0
    case .unitReused:
      givenUp.remove(unit)
      running[unit] = nil
      let before = (work: doneWork, pages: pagesDone)
      settle(unit)
      given += doneWork - before.work
      givenPages += pagesDone - before.pages
    case .unitGap, .unitFailed:
      givenUp.insert(unit)
      running[unit] = nil
      settle(unit)
    case .unitFinished, .unitCancelled:
      running[unit] = nil
      settle(unit)
      if event.kind == .unitFinished { unitsWorked += 1 }
    case .unitRetried: running[unit] = nil
    case .unitRepeated:
      if event.state == "equal" { repeatedEqual += 1 } else { repeatedDifferent += 1 }
    case .jobState, .checkpointQuarantined, .strangeFile, .unitPinned, .unitUnpinned, .pinConflict: break
    }
  }

  private mutating func settle(_ unit: UnitID) {
    settled[unit.stage, default: []].insert(unit.subject)
    // A plan that was missed is made up for by what happens.
    planned[unit.stage] = max(planned[unit.stage] ?? 0, settled[unit.stage]?.count ?? 0)
  }

  // MARK: Work

  private static let shortest = 2.0  // seconds: a rate of less is noise
  private static let smallestPart = 0.02  // of the work: what less than that foretells is noise

  private static func isSettled(_ state: UnitState) -> Bool { state == .done || state == .gap }

  private var plannedWork: Double { StageID.allCases.reduce(0) { $0 + Double(planned[$1] ?? 0) * $1.weight } }

  private var doneWork: Double {
    StageID.allCases.reduce(0) { $0 + Double(settled[$1]?.count ?? 0) * $1.weight }
  }

  private var pageStage: StageID? { Self.pageStages.first { (planned[$0] ?? 0) > 0 } }

  /// The stages that go page by page, the costliest first.
  private static let pageStages: [StageID] = [.ocr, .layout, .render, .tables, .figures, .assembly]
}
