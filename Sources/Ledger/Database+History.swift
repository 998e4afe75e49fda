import Checkpoints
import GRDB
import StageKit

extension Database {
  /// What was replaced of a job: of a unit with its parts, or of all units.
  func history(of job: JobID, unit: UnitID?) throws -> [HistoryEntry] {
    let range = UnitRange(unit)
    let files = try keptFiles(of: job, range)
    return try all(HistoryQuery.ofUnits, [job, range.first, range.last]) { row in
      let unit: UnitID = try row.decode(atIndex: 0)
      let number: Int = try row.decode(atIndex: 1)
      return HistoryEntry(
        job: job, number: number, cause: try row.decode(atIndex: 2), at: try row.decode(atIndex: 3),
        record: CheckpointRecord(
          unit: unit, content: try row.decode(atIndex: 4),
          file: FileRecord(
            name: unit.basename + ".json", digest: try row.decode(atIndex: 5), length: try row.decode(atIndex: 6)),
          files: files[KeptPlace(unit: unit, number: number)] ?? []),
        who: try row.decode(atIndex: 7), why: try row.decode(atIndex: 8))
    }
  }

  /// A job's pins with the files that belong to them.
  func pins(of job: JobID) throws -> [PinEntry] {
    let files = try keptFiles(of: job, UnitRange(nil))
    return try all(UnitQuery.pinsOfJob, [job], PinEntry.init).map { pin in
      var pin = pin
      pin.files = files[KeptPlace(unit: pin.unit, number: Self.pinNumber)] ?? []
      return pin
    }
  }

  /// How many pins each job has, and how many of them are out of date.
  func pinCounts() throws -> [JobID: PinCounts] {
    let counts = try all(HistoryQuery.pinCounts, []) { row in
      (
        try row.decode(JobID.self, atIndex: 0),
        PinCounts(pins: try row.decode(atIndex: 1), conflicts: try row.decode(atIndex: 2))
      )
    }
    // Grouped by job, so each stands once.
    return Dictionary(counts) { first, _ in first }
  }

  /// The `number` of files that a pin holds on to; entries of the history count from 1.
  static let pinNumber = 0

  private func keptFiles(of job: JobID, _ range: UnitRange) throws -> [KeptPlace: [FileRecord]] {
    let rows = try all(HistoryQuery.filesOfUnits, [job, range.first, range.last]) { row in
      (
        place: KeptPlace(unit: try row.decode(atIndex: 0), number: try row.decode(atIndex: 1)),
        file: FileRecord(
          name: try row.decode(atIndex: 2), digest: try row.decode(atIndex: 3), length: try row.decode(atIndex: 4))
      )
    }
    return Dictionary(grouping: rows, by: \.place).mapValues { $0.map(\.file) }
  }
}

private struct KeptPlace: Hashable {
  let unit: UnitID
  let number: Int
}

/// The names in the ledger from a unit to the last of its parts.
private struct UnitRange {
  let first: String
  let last: String

  init(_ unit: UnitID?) {
    first = unit?.ledgerName ?? ""
    // "~" sorts after every letter and digit. A page has no parts, and no other page's name begins with its own.
    last = (unit?.ledgerName ?? "") + "~"
  }
}
