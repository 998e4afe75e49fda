import CanonicalJSON
import Checkpoints
import GRDB
import StageKit

/// What the objects of a folder say of themselves, in a file rather than in memory: enough to make every artifact again.
///
/// Every call blocks, and throws `LedgerFailure`.
package final class ObjectIndex: Sendable {
  private let queue: DatabaseQueue

  /// - Parameter path: no file may be there; the caller removes it.
  package init(path: String) throws {
    queue = try LedgerFailure.translating {
      let queue = try DatabaseQueue(path: path)
      try queue.writeWithoutTransaction { database in
        // Made anew whenever it is needed, so no loss of it matters.
        try database.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        try database.execute(sql: ObjectIndexQuery.schema)
      }
      return queue
    }
  }

  /// A sound object.
  package struct Entry: Sendable {
    package let object: ObjectReference
    /// How many names the file has.
    package let links: Int
    /// For checkpoints.
    package let header: CheckpointHeader?
    /// Whether the checkpoint says that its document is encrypted.
    package let isEncrypted: Bool

    package init(object: ObjectReference, links: Int, header: CheckpointHeader?, isEncrypted: Bool) {
      self.object = object
      self.links = links
      self.header = header
      self.isEncrypted = isEncrypted
    }
  }

  package func add(_ entries: [Entry]) throws {
    try LedgerFailure.translating {
      try queue.write { database in
        for entry in entries { try Self.add(entry, to: database) }
      }
    }
  }

  /// Artifacts by key, from just after one; those that miss a part or a file are left out.
  ///
  /// - Returns: the artifacts, the gaps that each names upstream, and the last key looked at; nil at the end.
  package func artifacts(
    after last: Digest?, limit: Int
  ) throws -> (found: [(artifact: ArtifactRecord, header: CheckpointHeader)], last: Digest?) {
    try LedgerFailure.translating {
      try queue.read { database in
        let rows = try database.all(ObjectIndexQuery.wholes, [last?.hex ?? "", limit]) { row in
          Whole(
            key: try row.decode(atIndex: 0), recipe: try row.decode(atIndex: 1), file: try row.decode(atIndex: 2),
            header: try row.decode(JSONColumn<CheckpointHeader>.self, atIndex: 3).value)
        }
        let found = try rows.compactMap { row in
          try Self.artifact(row, in: database).map { ($0, row.header) }
        }
        return (found, rows.last?.key)
      }
    }
  }

  /// The gaps that the checkpoint of a key tells of upstream, by unit.
  package func gaps(upstreamOf key: Digest) throws -> [UnitID: GapCode] {
    try LedgerFailure.translating {
      let header = try queue.read { database in
        try database.first(ObjectIndexQuery.gaps, [key]) {
          try $0.decode(JSONColumn<CheckpointHeader>.self, atIndex: 0).value
        }
      }
      var gaps: [UnitID: GapCode] = [:]
      for (name, reference) in header?.upstream ?? [:] {
        if let unit = UnitID(name), let code = UnitKey.gap(in: reference) { gaps[unit] = code }
      }
      return gaps
    }
  }

  private struct Whole {
    let key: Digest
    let recipe: Digest
    let file: Digest
    let header: CheckpointHeader
  }

  private static func add(_ entry: Entry, to database: Database) throws {
    let file = entry.object.digest
    try database.run(ObjectIndexQuery.insertObject, [file, entry.object.length])
    guard let header = entry.header else { return }
    let recipe = try recipe(of: header)
    if let key = header.key {
      // The key is what the envelope says it is, or it is nobody's result.
      guard try header.recipe?.digest() == key else { return }
      try database.run(
        ObjectIndexQuery.insertWhole,
        [key, entry.links, entry.isEncrypted, header.source, recipe, file, JSONColumn(header)])
    } else {
      try database.run(
        ObjectIndexQuery.insertPart,
        [header.content, header.unitID, header.source, recipe, file, JSONColumn(header)])
    }
  }

  /// What a document checkpoint and its parts have in common.
  private static func recipe(of header: CheckpointHeader) throws -> Digest {
    Digest(of: try CanonicalEncoder().encode(header.options) + Array(":\(header.version)".utf8))
  }

  private static func artifact(_ whole: Whole, in database: Database) throws -> ArtifactRecord? {
    let header = whole.header
    guard let checkpoint = try record(header, file: whole.file, in: database) else { return nil }
    var parts: [CheckpointRecord] = []
    var gaps: [Int: GapCode] = [:]
    for (text, reference) in header.parts ?? [:] {
      guard let page = Int(text) else { return nil }
      if let code = UnitKey.gap(in: reference) {
        gaps[page] = code
      } else {
        guard let content = Digest(reference) else { return nil }
        let unit = UnitID(header.stage, .page(page))
        let found = try database.first(ObjectIndexQuery.part, [content, unit, header.source, whole.recipe]) { row in
          (
            file: try row.decode(Digest.self, atIndex: 0),
            header: try row.decode(JSONColumn<CheckpointHeader>.self, atIndex: 1).value
          )
        }
        guard let found, let part = try record(found.header, file: found.file, in: database) else { return nil }
        parts.append(part)
      }
    }
    // `parts` came in the order of a dictionary.
    parts.sort { $0.unit < $1.unit }
    return ArtifactRecord(
      key: whole.key, checkpoint: checkpoint, parts: parts, gaps: gaps,
      encrypted: try database.exists(ObjectIndexQuery.encryptedSource, [header.source]))
  }

  private static func record(
    _ header: CheckpointHeader, file: Digest, in database: Database
  ) throws -> CheckpointRecord? {
    func length(_ file: Digest) throws -> Int? {
      try database.first(ObjectIndexQuery.length, [file]) { try $0.decode(atIndex: 0) }
    }
    var files: [FileRecord] = []
    for (name, digest) in header.files.sorted(by: { $0.key < $1.key }) {
      guard let length = try length(digest) else { return nil }
      files.append(FileRecord(name: name, digest: digest, length: length))
    }
    guard let own = try length(file) else { return nil }
    let unit = header.unitID
    return CheckpointRecord(
      unit: unit, content: header.content, file: FileRecord(name: unit.basename + ".json", digest: file, length: own),
      files: files)
  }
}
