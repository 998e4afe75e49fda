import Checkpoints
import GRDB
import StageKit

extension LedgerTransaction {
  /// Keeps every checkpoint of a unit that its new result replaces.
  ///
  /// Stands before the unit's new row among the changes, for the old row tells what stood there. What is pinned stays
  /// as it is and is not replaced.
  func supersede(_ unit: UnitID, of job: JobID, by key: Digest?, number: Int, keep: Int) throws {
    try requireLiving(job)
    let old = try database.first(UnitQuery.keyOfUnit, [job, unit]) { try $0.decode(Digest?.self, atIndex: 0) } ?? nil
    guard let old else { return }
    let artifacts = try database.artifacts(keys: [old, key].compactMap { $0 })
    // One that was found corrupt has no row any more: there is nothing to keep.
    guard let replaced = artifacts[old] else { return }
    let new = key.flatMap { artifacts[$0] }
    let contents = Dictionary(
      ([new?.checkpoint].compactMap { $0 } + (new?.parts ?? [])).map { ($0.unit, $0.content) }
    ) { first, _ in first }
    let pinned = Set(try database.all(UnitQuery.pinsOfJob, [job], PinEntry.init).map(\.unit))
    for record in [replaced.checkpoint] + replaced.parts
    where contents[record.unit] != record.content && !pinned.contains(record.unit) {
      try put(HistoryEntry(job: job, number: number, cause: .rerun, record: record), keep: keep)
    }
  }

  /// - Parameter keep: how many entries a checkpoint may have; the oldest go.
  func put(_ entry: HistoryEntry, keep: Int) throws {
    try requireLiving(entry.job)
    let record = entry.record
    try database.run(
      HistoryQuery.put,
      [
        entry.job, record.unit, entry.number, entry.cause, now, record.content, record.file.digest,
        record.file.length, entry.who, entry.why,
      ])
    try put(record.files, of: entry.job, record.unit, number: entry.number)
    try prune(record.unit, of: entry.job, keep: keep)
  }

  /// Removes what is beyond the bound, of all units.
  func prune(_ job: JobID, keep: Int) throws {
    try requireLiving(job)
    let crowded = try database.all(HistoryQuery.crowded, [job, max(0, keep)]) { row in
      try row.decode(UnitID.self, atIndex: 0)
    }
    for unit in crowded { try prune(unit, of: job, keep: keep) }
  }

  func put(_ pin: PinEntry) throws {
    try requireLiving(pin.job)
    try database.run(
      UnitQuery.putPin,
      [
        pin.job, pin.unit, pin.basedOn, pin.content, pin.object, pin.who, pin.at, pin.why, pin.length, pin.base,
        pin.newer,
      ])
    try put(pin.files, of: pin.job, pin.unit, number: Database.pinNumber)
  }

  func removePin(of unit: UnitID, _ job: JobID) throws {
    try requireLiving(job)
    try database.run(UnitQuery.removePin, [job, unit])
    try database.run(HistoryQuery.removeFiles, [job, unit, Database.pinNumber])
  }

  /// Removes some of a buried job's entries.
  ///
  /// - Returns: whether there may be more.
  func removeHistory(of job: JobID, step: Int) throws -> Bool {
    if try database.run(HistoryQuery.removeSomeFiles, [job, step]) > 0 { return true }
    let entries = try database.all(HistoryQuery.steps, [job, step]) { row in
      (unit: try row.decode(UnitID.self, atIndex: 0), number: try row.decode(Int.self, atIndex: 1))
    }
    guard let last = entries.last else { return false }
    return try database.run(HistoryQuery.removeUpTo, [job, last.unit, last.number]) > 0
  }

  private func prune(_ unit: UnitID, of job: JobID, keep: Int) throws {
    guard try database.run(HistoryQuery.prune, [job, unit, max(0, keep)]) > 0 else { return }
    try database.run(HistoryQuery.removeLooseFiles, [job, unit])
  }

  private func put(_ files: [FileRecord], of job: JobID, _ unit: UnitID, number: Int) throws {
    try database.run(HistoryQuery.removeFiles, [job, unit, number])
    for (position, file) in files.enumerated() {
      try database.run(HistoryQuery.putFile, [job, unit, number, position, file.name, file.digest, file.length])
    }
  }
}
