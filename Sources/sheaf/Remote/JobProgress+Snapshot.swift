import CanonicalJSON
import Checkpoints
import Ledger
import StageKit

extension JobProgress {
  /// A job as a server's snapshot tells it.
  init(snapshot value: JSONValue, job: JobID, name: String, at now: Double) {
    var units: [UnitRecord] = []
    for stage in value["stages"]?.array ?? [] {
      guard let id = stage["stage"]?.string.flatMap(StageID.init) else { continue }
      units += Self.units(of: id, stage)
    }
    self.init(
      job: job, name: name, state: value["status"]?.string.flatMap(JobState.init) ?? .queued, units: units,
      failure: value["failure"].flatMap(RemoteMessage.failure), at: now)
    for running in value["running"]?.array ?? [] {
      if let unit = RemoteMessage.unit(running) { begin(unit, running["progress"]?.double ?? 0) }
    }
  }

  /// Stand-ins for a stage's units: those whose pages are told are theirs, the rest only count.
  private static func units(of stage: StageID, _ value: JSONValue) -> [UnitRecord] {
    var states: [Int: UnitState] = [:]
    for (name, state) in [("pages_done", UnitState.done), ("pages_missing", .gap)] {
      guard let text = value[name]?.string, let pages = PageSelection(text) else { continue }
      for page in pages.pages(of: mostPages) { states[page] = state }
    }
    var units = states.sorted { $0.key < $1.key }.map {
      UnitRecord(unit: UnitID(stage, .page($0.key)), state: $0.value)
    }
    let planned = min(value["planned"]?.int ?? 0, mostPages)
    let settled = min((value["done"]?.int ?? 0) + (value["missing"]?.int ?? 0), planned)
    var page = 0
    while units.count < planned {
      let isSettled = units.count { $0.state != .waiting } < settled
      page += 1
      guard states[page] == nil else { continue }
      let subject: UnitSubject =
        stage == .export ? .format("\(page)") : planned == 1 && states.isEmpty ? .document : .page(page)
      units.append(UnitRecord(unit: UnitID(stage, subject), state: isSettled ? .done : .waiting))
    }
    return units
  }

  private static let mostPages = 1_000_000  // pages: beyond what any server takes
}
