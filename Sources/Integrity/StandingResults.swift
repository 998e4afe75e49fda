import Checkpoints
import Ledger
import StageKit

/// What stands for a job's units, by the ledger.
struct StandingResults {
  /// Of the units that are done.
  let artifacts: [ArtifactRecord]
  /// Units that count as done without a result on record.
  let without: [UnitRecord]
  let pins: [PinEntry]
  let history: [HistoryEntry]

  init(of job: JobID, in ledger: LedgerInspection) throws {
    let done = try ledger.units(of: job).filter { $0.state == .done }
    let pins = try ledger.pins(of: job)
    let pinned = Set(pins.map(\.unit))
    var artifacts: [ArtifactRecord] = []
    var without: [UnitRecord] = []
    for start in stride(from: 0, to: done.count, by: Self.step) {
      let units = done[start..<min(start + Self.step, done.count)]
      let found = try ledger.artifacts(keys: units.compactMap(\.key))
      for unit in units {
        if let artifact = unit.key.flatMap({ found[$0] }) {
          artifacts.append(artifact)
        } else if !pinned.contains(unit.unit) {
          without.append(unit)
        }
      }
    }
    self.artifacts = artifacts
    self.without = without
    self.pins = pins
    history = try ledger.history(of: job)
  }

  private static let step = 500

  /// Every place of the job's tree with what is to stand there; a pin in place of what the stage made.
  func places() throws -> [String: (place: TreeFile, object: ObjectReference, unit: UnitID)] {
    var places: [String: (TreeFile, ObjectReference, UnitID)] = [:]
    for record in artifacts.flatMap({ [$0.checkpoint] + $0.parts }) + pins.map(\.record) {
      for (place, object) in try TreeFile.all(of: record) { places[place.path] = (place, object, record.unit) }
    }
    return places
  }
}
