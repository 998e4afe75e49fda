import Checkpoints
import Ledger
import StageKit

/// Sees that a bundle's pins and replaced versions are whole, and that its rows leave room for more of them.
struct VersionCheck {
  private let bundle: OpenBundle
  private let entries: [BundlePath: BundleEntry]
  private let rows: [UnitID: UnitRecord]

  init(_ bundle: OpenBundle, _ entries: [BundlePath: BundleEntry]) {
    self.bundle = bundle
    self.entries = entries
    rows = Dictionary(bundle.rows.units.map { ($0.unit, $0) }) { first, _ in first }
  }

  /// - Throws: `StageFailure` with `bundle_invalid`.
  func checkPins() throws {
    var seen: Set<UnitID> = []
    for pin in bundle.rows.pins {
      guard pin.job == bundle.job.id, pin.unit.stage != .export, row(of: pin.unit) != nil, Self.isMoment(pin.at),
        seen.insert(pin.unit).inserted
      else { throw StageFailure.bundle("Its pin of \(pin.unit) is not one of this job.") }
      try check(pin.record)
      guard let base = pin.base else { continue }
      let path = BundlePath(object: base)
      guard let length = entries[path]?.length, let content = pin.basedOn else {
        throw StageFailure.bundle("It lacks what the pin of \(pin.unit) is based on.")
      }
      let file = FileRecord(name: pin.unit.basename + ".json", digest: base, length: length)
      _ = try bundle.soundHeader(
        of: CheckpointRecord(unit: pin.unit, content: content, file: file, files: []), withFiles: false)
    }
  }

  /// - Throws: `StageFailure` with `bundle_invalid`.
  func checkHistory() throws {
    var seen: [UnitID: Set<Int>] = [:]
    for entry in bundle.rows.history {
      guard entry.job == bundle.job.id, let row = row(of: entry.unit), (1...max(1, row.history)).contains(entry.number),
        row.history > 0, Self.isMoment(entry.at), seen[entry.unit, default: []].insert(entry.number).inserted
      else { throw StageFailure.bundle("Its history of \(entry.unit) is not one of this job.") }
      try check(entry.record)
    }
  }

  private func check(_ record: CheckpointRecord) throws {
    for file in [record.file] + record.files {
      guard entries[BundlePath(object: file.digest)]?.length == file.length else {
        throw StageFailure.bundle("It lacks a version of \(record.unit).")
      }
    }
    _ = try bundle.soundHeader(of: record)
  }

  /// The row that counts a unit's versions: its own, or that of the stage whose part it is.
  private func row(of unit: UnitID) -> UnitRecord? { rows[unit] ?? (unit.page == nil ? nil : rows[UnitID(unit.stage)]) }

  /// Whether a time can be told as a date: before the year 10000.
  private static func isMoment(_ seconds: Double) -> Bool { (0...253_402_300_799).contains(seconds) }
}

extension OpenBundle {
  /// The envelope of a checkpoint that is what its row says.
  ///
  /// - Parameter withFiles: whether the row tells the checkpoint's files.
  /// - Throws: `StageFailure` with `bundle_invalid`.
  func soundHeader(of record: CheckpointRecord, withFiles: Bool = true) throws -> CheckpointHeader {
    let header: CheckpointHeader
    do { header = try self.header(of: record) } catch let failure as StageFailure {
      throw StageFailure.bundle("The checkpoint of \(record.unit) is not sound. \(failure.message)")
    }
    let files = Dictionary(record.files.map { ($0.name, $0.digest) }) { first, _ in first }
    guard header.source == job.source, !withFiles || header.files == files else {
      throw StageFailure.bundle("The checkpoint of \(record.unit) does not fit its row.")
    }
    for file in record.files {
      do { _ = try ArtifactName(file.name, of: record.unit) } catch { throw StageFailure.bundle(error.description) }
    }
    guard record.file.name == record.unit.basename + ".json" else {
      throw StageFailure.bundle("The checkpoint of \(record.unit) has another name.")
    }
    return header
  }
}
