import CanonicalJSON
import Checkpoints
import Engine
import Ledger
import StageKit

/// The versions of a checkpoint, from the oldest that is kept to the current one.
struct Versions: Sendable {
  private struct Version: Sendable {
    /// Nil for the current one.
    let entry: HistoryEntry?
    let content: Digest
    let who: String?
    let why: String?
    /// Options that are not those of the current one, with their values then.
    let options: [String: JSONValue]
    /// Whether the bytes can still be read.
    let isThere: Bool
  }

  private let versions: [Version]

  init(_ unit: FoundUnit, _ entries: [HistoryEntry], in store: ObjectFolder) throws {
    let current = unit.standing.record
    let options = try current.flatMap { try Self.options(of: $0, in: store) } ?? [:]
    var versions = try entries.map { entry in
      let then = try Self.options(of: entry.record, in: store)
      let differing = (then ?? [:]).filter { options[$0.key] != $0.value }
      return Version(
        entry: entry, content: entry.record.content, who: entry.who, why: entry.why, options: differing,
        isThere: then != nil)
    }
    if let current {
      let pin = unit.standing.pin
      versions.append(
        Version(
          entry: nil, content: current.content, who: pin?.who, why: pin.flatMap { $0.why.isEmpty ? nil : $0.why },
          options: [:], isThere: true))
    }
    self.versions = versions
  }

  /// - Returns: nil where the bytes are lost, which takes nothing from what else is known.
  private static func options(of record: CheckpointRecord, in store: ObjectFolder) throws -> [String: JSONValue]? {
    do {
      return try CheckpointReader.header(
        of: record.unit, in: store.get(record.file.digest), file: record.file.digest
      ).options.object
    } catch let failure as StageFailure where failure.code == .checkpointCorrupt {
      return nil
    }
  }

  var table: TextTable {
    var table = TextTable(["VERSION", "REPLACED", "BY", "CONTENT", "MADE BY", "OPTIONS THEN"], rightAligned: [0])
    for version in versions {
      let maker = version.who.map { who in who + (version.why.map { ": \($0)" } ?? "") } ?? "the stage"
      table.add([
        version.entry.map { String($0.number) } ?? "current", version.entry.map { Moment.local($0.at) } ?? "",
        version.entry?.cause.rawValue ?? "", String(version.content.hex.prefix(12)),
        maker, version.isThere ? Self.words(version.options) : "lost",
      ])
    }
    return table
  }

  private static func words(_ options: [String: JSONValue]) -> String {
    options.sorted { $0.key < $1.key }
      // Options came from JSON, so they can be written as JSON.
      .map { "\($0.key)=\(String(decoding: (try? $0.value.canonicalBytes) ?? [], as: UTF8.self))" }
      .joined(separator: " ")
  }

  /// One object each.
  var json: [JSONValue] {
    versions.map { version in
      var members: [String: JSONValue] = [
        "content": .string(version.content.description), "options": .object(version.options),
        "lost": .bool(!version.isThere),
      ]
      if let entry = version.entry {
        members["number"] = .integer(Int64(entry.number))
        members["replaced"] = .number(entry.at)
        members["by"] = .string(entry.cause.rawValue)
        members["object"] = .string(entry.record.file.digest.description)
      } else {
        members["current"] = true
      }
      if let who = version.who { members["who"] = .string(who) }
      if let why = version.why { members["why"] = .string(why) }
      return .object(members)
    }
  }
}
