import GRDB
import StageKit

extension Database {
  /// The artifacts of these keys that are there: four statements, however many keys.
  func artifacts(keys: [Digest]) throws -> [Digest: ArtifactRecord] {
    let rows = try all(ArtifactQuery.byKeys, [Self.list(keys.map { "\"\($0.hex)\"" })], ArtifactRow.init)
    let ids: StatementArguments = [Self.list(rows.map { "\($0.id)" })]
    let files = Dictionary(grouping: try all(ArtifactQuery.files, ids, FileRow.init), by: \.place)
    let parts = Dictionary(grouping: try all(ArtifactQuery.parts, ids, PartRow.init), by: \.artifact)
    let gaps = Dictionary(
      grouping: try all(ArtifactQuery.gaps, ids) { row in
        (
          artifact: try row.decode(Int64.self, atIndex: 0), page: try row.decode(Int.self, atIndex: 1),
          code: try row.decode(GapCode.self, atIndex: 2)
        )
      }, by: \.artifact)

    var artifacts: [Digest: ArtifactRecord] = [:]
    artifacts.reserveCapacity(rows.count)
    for row in rows {
      let pages = gaps[row.id, default: []].map { ($0.page, $0.code) }
      artifacts[row.key] = ArtifactRecord(
        key: row.key,
        checkpoint: row.checkpoint.record(files[FilePlace(artifact: row.id, page: Self.noPage)]),
        parts: parts[row.id, default: []].map { part in
          part.checkpoint.record(files[FilePlace(artifact: row.id, page: part.page)])
        },
        // The primary key lets a page stand once.
        gaps: Dictionary(pages) { first, _ in first }, encrypted: row.encrypted)
    }
    return artifacts
  }

  /// Which of these stand in some row.
  func knownObjects(among digests: [Digest]) throws -> Set<Digest> {
    Set(
      try all(ArtifactQuery.knownObjects, [Self.list(digests.map { "\"\($0.hex)\"" })]) { row in
        try row.decode(Digest.self, atIndex: 0)
      })
  }

  /// The `page` of files that belong to a unit's own checkpoint; pages count from 1.
  static let noPage = 0

  /// A JSON array for `json_each`: one argument, whatever its length.
  private static func list(_ elements: [String]) -> String { "[" + elements.joined(separator: ",") + "]" }
}

private struct ArtifactRow {
  let id: Int64
  let key: Digest
  let checkpoint: CheckpointColumns
  let encrypted: Bool

  init(_ row: Row) throws {
    id = try row.decode(atIndex: 0)
    key = try row.decode(atIndex: 1)
    checkpoint = try CheckpointColumns(row, from: 2)
    encrypted = try row.decode(atIndex: 7)
  }
}

private struct PartRow {
  let artifact: Int64
  let page: Int
  let checkpoint: CheckpointColumns

  init(_ row: Row) throws {
    artifact = try row.decode(atIndex: 0)
    page = try row.decode(atIndex: 1)
    checkpoint = try CheckpointColumns(row, from: 2)
  }
}

/// What artifacts and parts have in common.
private struct CheckpointColumns {
  let unit: UnitID
  let content: Digest
  let file: FileRecord

  init(_ row: Row, from first: Int) throws {
    unit = try row.decode(atIndex: first)
    content = try row.decode(atIndex: first + 1)
    file = FileRecord(
      name: try row.decode(atIndex: first + 3), digest: try row.decode(atIndex: first + 2),
      length: try row.decode(atIndex: first + 4))
  }

  func record(_ files: [FileRow]?) -> CheckpointRecord {
    CheckpointRecord(unit: unit, content: content, file: file, files: (files ?? []).map(\.file))
  }
}

private struct FilePlace: Hashable {
  let artifact: Int64
  let page: Int
}

private struct FileRow {
  let place: FilePlace
  let file: FileRecord

  init(_ row: Row) throws {
    place = FilePlace(artifact: try row.decode(atIndex: 0), page: try row.decode(atIndex: 1))
    file = FileRecord(
      name: try row.decode(atIndex: 2), digest: try row.decode(atIndex: 3), length: try row.decode(atIndex: 4))
  }
}
