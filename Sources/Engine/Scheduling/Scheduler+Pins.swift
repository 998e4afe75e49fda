import Checkpoints
import Ledger
import StageKit

extension Scheduler {
  /// Reads a job's pins, and brings their files in the job's folder up to date.
  ///
  /// - Throws: `StageFailure` with `checkpoint_corrupt` for a pin whose bytes are lost: a stage cannot make them again.
  func loadPins(of job: LiveJob) async throws {
    let pins = try await surroundings.ledger.pins(of: job.id)
    job.pins = PinsByUnit(pins)
    let (tree, store) = (surroundings.tree(of: job.id), surroundings.store)
    try await BlockingWork.run {
      try tree.reconcile(pins)
      for pin in pins { try store.check(pin) }
    }
    guard job.rows.values.contains(where: { $0.history > 0 }) else { return }
    try await TreeLinker(tree: tree, ledger: surroundings.ledger).linkHistory()
  }

  /// How a unit's end looks to those below it: what people pinned stands in place of what the stage made.
  func pinned(_ end: UnitEnd, _ unit: UnitID, of job: LiveJob) -> UnitEnd {
    job.pins.standing(end, unit, job.graph.plan.row(of: unit)?.scope, key: job.row(of: unit).key)
  }

  /// Notes which of a unit's pins are out of date, now that it is known what the stage makes.
  func compare(_ unit: UnitID, with end: UnitEnd, of job: LiveJob, _ effects: inout JobEffects) {
    guard case .done(let result) = end else { return }
    for pin in job.pins(of: unit) {
      let made = result.record(of: pin.unit)?.content
      let newer = made == pin.basedOn || made == pin.content ? nil : made
      guard newer != pin.newer else { continue }
      var pin = pin
      pin.newer = newer
      job.pins[pin.unit] = pin
      effects.pins.append(pin)
      effects.events.append(
        JobEvent(
          job: job.id, kind: .pinConflict, unit: pin.unit, state: newer == nil ? "none" : "conflict"))
    }
  }

  /// What to tell where a worker refused an input that is pinned; nil where it is not.
  ///
  /// Bytes that are damaged are taken out of use, as any others; nothing makes them again.
  func pinFailure(_ input: Digest, _ reader: UnitID, _ failure: StageFailure, of job: LiveJob) async throws
    -> StageFailure?
  {
    guard
      let pin = job.pins.values.sorted(by: { $0.unit < $1.unit })
        .first(where: { ([$0.record.file] + $0.files).contains { $0.digest == input } })
    else { return nil }
    let store = surroundings.store
    let length = ([pin.record.file] + pin.files).first { $0.digest == input }?.length ?? 0
    guard try await BlockingWork.run({ try store.isSound(input, length: length) }) else {
      try await BlockingWork.run { try store.quarantine(input) }
      return ObjectFolder.lost(pin)
    }
    return StageFailure(
      .invalidCheckpoint, "The pinned checkpoint of \(pin.unit) cannot be used for \(reader). \(failure.message)",
      page: pin.unit.page, hint: "Edit it again, or take the pin away with sheaf unpin.")
  }
}

extension LiveJob {
  /// A unit's pins, those of its parts among them, by page.
  func pins(of unit: UnitID) -> [PinEntry] { pins.ofUnit(unit) }

  /// The pin that stands for a unit as a whole, so that the stage's own result is not needed.
  func wholePin(of unit: UnitID) -> PinEntry? { pins.whole(unit, graph.plan.row(of: unit)?.scope) }
}

extension ObjectFolder {
  /// Whether a pin's files are all there, and its checkpoint whole.
  fileprivate func check(_ pin: PinEntry) throws {
    guard try isSound(pin.object, length: pin.length), try pin.files.allSatisfy({ try head($0.digest) == $0.length })
    else { throw Self.lost(pin) }
  }

  static func lost(_ pin: PinEntry) -> StageFailure {
    StageFailure(
      .checkpointCorrupt, "The pinned checkpoint of \(pin.unit) is missing or damaged in the data folder.",
      page: pin.unit.page, hint: "Take the pin away with sheaf unpin, or edit the unit again.")
  }
}

extension JobTree {
  /// Where the pins' files differ from the ledger, they are written again.
  fileprivate func reconcile(_ pins: [PinEntry]) throws {
    // A file that cannot be read is as good as missing.
    let there = (try? self.pins()) ?? []
    let known = Set(pins.map(\.unit))
    for pin in there where !known.contains(pin.unit) { try removePin(of: pin.unit) }
    for pin in pins {
      let record = PinRecord(pin)
      if !there.contains(record) { try write(record) }
    }
  }
}
