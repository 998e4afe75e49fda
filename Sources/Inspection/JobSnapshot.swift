import CanonicalJSON
import Checkpoints
import Contracts
import Ledger
import StageKit

/// One state of a job, unit by unit: as it is, or as its history kept it. Only ever read.
///
/// Used from one thread.
package final class JobSnapshot {
  /// Where a unit's checkpoint is.
  package enum Place: Sendable, Hashable {
    case object(Digest, content: Digest)
    /// A place of the job's history, relative to the job's folder.
    case history(String)
    case gap(GapCode)
  }

  package let record: JobRecord
  /// Which state it is, for people: `now`, `before`.
  package let label: String
  private let store: ObjectFolder
  private let places: [UnitID: Place]
  /// What people put in the place of what stages made, where it stands in this state.
  private let pins: [UnitID: PinEntry]
  /// The job's pages, ascending.
  package let pages: [Int]

  package init(
    _ record: JobRecord, label: String, places: [UnitID: Place], pins: [UnitID: PinEntry] = [:], store: ObjectFolder
  ) {
    self.record = record
    self.label = label
    self.places = places
    self.pins = pins
    self.store = store
    pages = Set(places.keys.filter { $0.stage == .ingest || $0.stage == .render }.compactMap(\.page)).sorted()
  }

  /// Units with a checkpoint or a gap, by stage, then subject.
  package var units: [UnitID] { places.keys.sorted() }

  package func place(of unit: UnitID) -> Place? { places[unit] }

  /// The pin that a unit's checkpoint is; nil for what a stage made, and for what the history kept.
  package func pin(of unit: UnitID) -> PinEntry? { pins[unit] }

  /// The same job with other places for some units.
  func replacing(_ other: [UnitID: Place], label: String) -> JobSnapshot {
    JobSnapshot(
      record, label: label, places: places.merging(other) { $1 }, pins: pins.filter { other[$0.key] == nil },
      store: store)
  }

  /// Lends a unit's checkpoint, verified.
  ///
  /// - Throws: `StageFailure` with `checkpoint_not_found` or `checkpoint_corrupt`.
  package func withCheckpoint<R>(_ unit: UnitID, _ body: (CheckpointReader) throws -> R) throws -> R {
    switch places[unit] {
    case .object(let digest, let content)?:
      try store.get(digest).withBytes { try body(CheckpointReader($0, unit: unit, file: digest, content: content)) }
    case .history(let place)?:
      try kept(place).withBytes { try body(CheckpointReader($0, unit: unit)) }
    case .gap(let code)?:
      throw StageFailure(.checkpointNotFound, "\(unit) was given up (\(code.rawValue)).")
    case nil:
      throw StageFailure(
        .checkpointNotFound, "\(unit) has no checkpoint in this job.", hint: "sheaf status shows what is done.")
    }
  }

  package func header(of unit: UnitID) throws -> CheckpointHeader { try withCheckpoint(unit) { $0.header } }

  /// A unit's output; nil for a gap and for a unit that is not there.
  package func output<Output: StageOutput>(_ type: Output.Type, _ subject: UnitSubject = .document) throws -> Output? {
    let unit = UnitID(Output.stage, subject)
    switch places[unit] {
    case .object, .history: return try withCheckpoint(unit) { try $0.payload(as: type) }
    case .gap, nil: return nil
    }
  }

  /// A unit's payload, whatever it is.
  package func payload(of unit: UnitID) throws -> JSONValue {
    try withCheckpoint(unit) { try $0.withPayload { try CanonicalDecoder().decode(JSONValue.self, from: $0) } }
  }

  private func kept(_ place: String) throws -> InputFile {
    guard let file = try JobTree(record.manifest.id, in: store.folder).open(place) else {
      throw StageFailure(.checkpointNotFound, "The job has no \(place) any more.")
    }
    return file
  }
}

extension JobSnapshot: ArtifactSource {
  package func gap(of unit: UnitID) throws -> GapCode? {
    switch places[unit] {
    case .gap(let code)?: code
    // What this state does not have is no fault of whoever asks: the page is told as given up.
    case nil: .engineFailed
    case .object?, .history?: nil
    }
  }

  package func payload<Output: StageOutput>(of unit: UnitID, as type: Output.Type) throws -> Output {
    try withCheckpoint(unit) { try $0.payload(as: type) }
  }

  package func file(_ name: String, of unit: UnitID) throws -> InputFile {
    guard let digest = try header(of: unit).files[name] else {
      throw StageFailure(.checkpointNotFound, "The checkpoint of \(unit) has no file \(name).")
    }
    let file = try store.get(digest)
    guard try file.withBytes({ Digest(of: $0) }) == digest else {
      throw StageFailure(
        .checkpointCorrupt, "The file \(name) of \(unit) is damaged.", hint: "Resume the job: the unit runs again.")
    }
    return file
  }

  package func document() throws -> InputFile { try DocumentFolder(store.folder).open(record.manifest.source) }
}
