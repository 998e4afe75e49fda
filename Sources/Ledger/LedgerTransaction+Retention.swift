import Checkpoints
import GRDB
import StageKit

extension LedgerTransaction {
  func bury(_ job: JobID, finishedBefore time: Double, unlessPinned: Bool) throws -> Bool {
    try database.run(RetentionQuery.buryFinished, [job, time, unlessPinned]) == 1
  }

  func dropRasters(of job: JobID, after last: UnitID?, limit: Int) throws -> DroppedRasters {
    let rows = try database.all(
      RetentionQuery.rasters, [job, last?.ledgerName ?? UnitID(.render).ledgerName, max(1, limit)]
    ) { row in
      (
        unit: try row.decode(UnitID.self, atIndex: 0), name: try row.decode(String.self, atIndex: 1),
        object: ObjectReference(digest: try row.decode(atIndex: 2), length: try row.decode(atIndex: 3))
      )
    }
    var files: [DroppedRaster] = []
    for row in rows {
      guard let places = try idlePlaces(of: row.object.digest) else { continue }
      try database.run(RetentionQuery.drop, [row.object.digest])
      files.append(DroppedRaster(name: row.name, object: row.object, places: places))
    }
    return DroppedRasters(files: files, last: rows.count == max(1, limit) ? rows.last?.unit : nil)
  }

  /// The places of a file; nil where an unfinished job may read it, or a history shows it.
  private func idlePlaces(of file: Digest) throws -> [DroppedRaster.Place]? {
    guard try !database.exists(RetentionQuery.isKept, [file]) else { return nil }
    let users = try database.all(RetentionQuery.usersOfFile, [file]) { row in
      (
        place: DroppedRaster.Place(job: try row.decode(atIndex: 0), unit: try row.decode(atIndex: 1)),
        state: try row.decode(JobState.self, atIndex: 2)
      )
    }
    return users.allSatisfy(\.state.isFinished) ? users.map(\.place) : nil
  }
}
