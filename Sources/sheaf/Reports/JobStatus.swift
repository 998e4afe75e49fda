import CanonicalJSON
import Checkpoints
import Engine
import Ledger
import StageKit

/// All that is known of a job at a moment.
struct JobStatus: Sendable {
  struct Stage: Sendable, Hashable {
    let stage: StageID
    var planned = 0
    var done = 0
    var running = 0
    var givenUp = 0
    /// Of the done ones, those that were found and not made.
    var reused = 0
    /// Seconds of processor time that its attempts took.
    var processorSeconds = 0.0
  }

  let record: JobRecord
  let stages: [Stage]
  /// Units that were given up, with the reason.
  let failures: [UnitRecord]
  /// What was edited by hand.
  let pins: [PinEntry]
  /// Who works in the data folder; nil where nobody does.
  let owner: DataFolderOwner?
  /// What runs now; nil where the owner does not say.
  let live: LiveStatus?

  init(
    record: JobRecord, units: [UnitRecord], attempts: [AttemptRecord], pins: [PinEntry] = [],
    owner: DataFolderOwner?, live: LiveStatus?
  ) {
    self.record = record
    self.pins = pins
    self.owner = owner
    self.live = live
    var stages: [StageID: Stage] = [:]
    for unit in units {
      var stage = stages[unit.unit.stage] ?? Stage(stage: unit.unit.stage)
      stage.planned += 1
      switch unit.state {
      case .done:
        stage.done += 1
        if unit.reused { stage.reused += 1 }
      case .running: stage.running += owner == nil ? 0 : 1
      case .gap, .failed: stage.givenUp += 1
      case .waiting, .ready, .cancelled: break
      }
      stages[unit.unit.stage] = stage
    }
    for attempt in attempts { stages[attempt.unit.stage]?.processorSeconds += attempt.use.cpuSeconds ?? 0 }
    self.stages = stages.values.sorted { $0.stage < $1.stage }
    failures = units.filter { $0.state == .gap || $0.state == .failed }
  }

  /// Whether the ledger says that it works while nobody is there to work.
  var isAbandoned: Bool {
    owner == nil && (record.manifest.state == .running || record.manifest.state == .queued)
  }

  // MARK: For people

  /// - Parameter repeated: what to add to commands that are suggested.
  func lines(repeated: String) -> [String] {
    var lines = [
      "\(record.manifest.id)  \(TerminalText.plain(record.manifest.name))", stateLine,
      "\(pages)\(Measure.bytes(record.manifest.sourceLength)), created \(Moment.local(record.created))",
    ]
    if isAbandoned || record.manifest.state == .paused {
      lines.append("Go on with: sheaf resume \(record.manifest.id)\(repeated)")
    }
    if let failure = record.manifest.failure { lines.append(FailureReport(failure).line) }
    if !stages.isEmpty { lines += [""] + table.lines }
    lines += runningLines + failureLines(repeated) + pinLines(repeated)
    return lines
  }

  private var stateLine: String {
    let state = JobSummary.state(record.manifest.state)
    let took = JobSummary.took(record).map { " in \($0)" } ?? ""
    if isAbandoned { return "\(state), but nobody works on it" }
    if !record.manifest.state.isFinished, let owner { return "\(state), by \(owner)" }
    return state + took
  }

  private var pages: String { record.pageCount.map { Measure.count($0, "page") + ", " } ?? "" }

  private var table: TextTable {
    var table = TextTable(["STAGE", "DONE", "OF", "REUSED", "MISSING", "PROCESSOR"], rightAligned: [1, 2, 3, 4, 5])
    func number(_ value: Int) -> String { value == 0 ? "" : String(value) }
    for stage in stages {
      let time = stage.processorSeconds > 0 ? Measure.duration(stage.processorSeconds) : ""
      table.add([
        stage.stage.rawValue, String(stage.done), String(stage.planned), number(stage.reused), number(stage.givenUp),
        time,
      ])
    }
    return table
  }

  private var runningLines: [String] {
    guard let running = live?.running, !running.isEmpty else { return [] }
    return ["", "Running:"]
      + running.map { "  \($0.unit)  \(Int(min(max($0.fraction, 0), 1) * 100))%  (worker \($0.worker))" }
  }

  private static let mostFailures = 50  // lines: a screenful; --json has them all

  private func failureLines(_ repeated: String) -> [String] {
    let missing = MissingParts(failures).lines
    guard !missing.isEmpty else { return [] }
    var lines = ["", "Missing:"] + missing.prefix(Self.mostFailures).map { "  " + $0 }
    if missing.count > Self.mostFailures { lines.append("  and \(missing.count - Self.mostFailures) more") }
    return lines + ["Try them again with: sheaf resume \(record.manifest.id) --retry-gaps\(repeated)"]
  }

  private func pinLines(_ repeated: String) -> [String] {
    guard !pins.isEmpty else { return [] }
    let units = pins.prefix(Self.mostPins).map(\.unit.description)
    let more = pins.count > Self.mostPins ? ", and \(pins.count - Self.mostPins) more" : ""
    return ["", "Edited by hand: \(units.joined(separator: ", "))\(more)"]
      + PinListing.advice(pins, repeated: repeated).prefix(Self.mostPins)
  }

  private static let mostPins = 10  // a line or two; sheaf pins lists them all

  // MARK: For programs

  var json: JSONValue {
    var members = JobSummary.json(record).object ?? [:]
    members["stages"] = .array(stages.map(Self.json))
    members["missing"] = .array(failures.map(Self.json))
    members["owner"] = owner.map { ["process": .integer(Int64($0.process)), "program": .string($0.program)] } ?? .null
    members["pins"] = .array(pins.map(PinListing.json))
    members["running"] = .array((live?.running ?? []).map(Self.json))
    return .object(members)
  }

  private static func json(_ stage: Stage) -> JSONValue {
    [
      "stage": .string(stage.stage.rawValue), "planned": .integer(Int64(stage.planned)),
      "done": .integer(Int64(stage.done)), "running": .integer(Int64(stage.running)),
      "missing": .integer(Int64(stage.givenUp)), "reused": .integer(Int64(stage.reused)),
      "cpu_seconds": .number(stage.processorSeconds),
    ]
  }

  private static func json(_ unit: UnitRecord) -> JSONValue {
    var members = unit.unit.members
    members["state"] = .string(unit.state.rawValue)
    members["attempts"] = .integer(Int64(unit.attempts))
    if let failure = unit.failure { members["failure"] = failure.json }
    return .object(members)
  }

  private static func json(_ running: LiveStatus.Running) -> JSONValue {
    var members = running.unit.members
    members["progress"] = .number(running.fraction)
    members["worker"] = .integer(Int64(running.worker))
    return .object(members)
  }
}
