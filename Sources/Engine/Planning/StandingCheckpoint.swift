import Checkpoints
import Ledger
import StageKit

/// What stands for a unit of a job, or for one page's part of a stage over the document: a pin, or what the stage made.
package struct StandingCheckpoint: Sendable {
  package let unit: UnitID
  /// The row of the unit itself, or of the stage whose part it is.
  package let row: UnitRecord
  /// What the stage makes now; nil where it makes nothing (a gap), or has not yet.
  package let made: CheckpointRecord?
  package let pin: PinEntry?
  /// All that the stage left, with its other parts.
  let artifact: ArtifactRecord?

  /// What those below it read; nil where nothing stands there.
  package var record: CheckpointRecord? { pin?.record ?? made }

  /// Finds it in the ledger, which needs no lock.
  ///
  /// - Throws: `StageFailure` with `checkpoint_not_found` where the job has no such unit.
  package init(_ unit: UnitID, of job: JobID, in ledger: any LedgerReader) async throws {
    let rows = try await ledger.units(of: job)
    let pin = try await ledger.pins(of: job).first { $0.unit == unit }
    if let row = rows.first(where: { $0.unit == unit }) {
      let artifact = try await Self.artifact(of: row, ledger)
      self.init(unit: unit, row: row, made: artifact?.checkpoint, pin: pin, artifact: artifact)
      return
    }
    guard let page = unit.page, let row = rows.first(where: { $0.unit == UnitID(unit.stage) }) else {
      throw Self.unknown(unit)
    }
    let artifact = try await Self.artifact(of: row, ledger)
    let part = artifact?.parts.first { $0.unit == unit }
    guard part != nil || artifact?.gaps[page] != nil else { throw Self.unknown(unit) }
    self.init(unit: unit, row: row, made: part, pin: pin, artifact: artifact)
  }

  private init(
    unit: UnitID, row: UnitRecord, made: CheckpointRecord?, pin: PinEntry?, artifact: ArtifactRecord?
  ) {
    self.unit = unit
    self.row = row
    self.made = made
    self.pin = pin
    self.artifact = artifact
  }

  private static func artifact(of row: UnitRecord, _ ledger: any LedgerReader) async throws -> ArtifactRecord? {
    // A gap has a key too, and nothing under it.
    guard row.content != nil, let key = row.key else { return nil }
    return try await ledger.artifact(key: key)
  }

  private static func unknown(_ unit: UnitID) -> StageFailure {
    StageFailure(
      .checkpointNotFound, "This job has no \(unit).", page: unit.page, hint: "sheaf status shows what it has.")
  }
}
