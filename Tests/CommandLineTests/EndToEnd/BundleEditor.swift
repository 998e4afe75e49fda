import Archive
import CanonicalJSON
import Checkpoints
import Engine
import Foundation
import Ledger
import StageKit
import TestSupport

#if canImport(Glibc)
  import Glibc
#endif

/// A bundle taken apart, changed, and put together so that all its digests are right again: what somebody would do who
/// wants to be believed.
final class BundleEditor {
  /// By name, the manifest left out.
  var files: [String: [UInt8]] = [:]
  var rows: BundleRows
  let job: JobID

  init(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    let reader = try ArchiveReader(descriptor: descriptor)
    while let entry = try reader.next() {
      var bytes: [UInt8] = []
      try reader.read { bytes += $0 }
      files[entry.path ?? ""] = bytes
    }
    job = try CanonicalDecoder().decode(BundleManifest.self, from: files["bundle.json"] ?? []).job
    rows = try CanonicalDecoder().decode(BundleRows.self, from: files["ledger.json"] ?? [])
    files["bundle.json"] = nil
  }

  /// Changes a unit's checkpoint, and everything that names it: its digests, its key, its row.
  func edit(_ name: String, _ change: (inout [String: JSONValue]) -> Void) throws {
    guard let unit = UnitID(name), let index = rows.artifacts.firstIndex(where: { $0.checkpoint.unit == unit }) else {
      throw StageFailure(.internalError, "There is no \(name).")
    }
    let old = rows.artifacts[index]
    let object = BundlePath(object: old.checkpoint.file.digest).text
    var envelope = try CanonicalDecoder().decode(JSONValue.self, from: files[object] ?? []).object ?? [:]
    change(&envelope)
    let payload = try CanonicalEncoder().encode(envelope["payload"] ?? .null)
    let content = try CheckpointEnvelope.contentDigest(files: old.checkpoint.files, payload: payload)
    envelope["content"] = .string(content.description)
    let recipe = KeyRecipe(
      unit: unit, version: envelope["version"]?.int ?? 0, source: Digest(envelope["source"]?.string ?? "") ?? old.key,
      options: envelope["options"] ?? .null, upstream: (envelope["upstream"]?.object ?? [:]).compactMapValues(\.string),
      engines: (envelope["engines"]?.object ?? [:]).compactMapValues(\.string))
    let key = try recipe.digest()
    envelope["key"] = .string(key.description)
    let bytes = try CanonicalEncoder().encode(JSONValue.object(envelope)) + [UInt8(ascii: "\n")]
    let digest = Digest(of: bytes)
    files[object] = nil
    files[BundlePath(object: digest).text] = bytes
    var artifacts = rows.artifacts
    artifacts[index] = ArtifactRecord(
      key: key,
      checkpoint: CheckpointRecord(
        unit: unit, content: content,
        file: FileRecord(name: old.checkpoint.file.name, digest: digest, length: bytes.count),
        files: old.checkpoint.files), parts: old.parts, gaps: old.gaps)
    let units = rows.units.map { row in
      guard row.unit == unit else { return row }
      var row = row
      row.key = key
      row.content = content
      return row
    }
    rows = BundleRows(pageCount: rows.pageCount, units: units, artifacts: artifacts, pins: rows.pins)
  }

  func manifest() -> BundleManifest {
    BundleManifest(
      job: job,
      files: files.compactMap { name, bytes in
        BundlePath(name).map { BundleEntry(path: $0, digest: Digest(of: bytes), length: bytes.count) }
      })
  }

  /// Writes the bundle as Sheaf would.
  func save(_ path: String) throws -> String {
    files["ledger.json"] = try CanonicalEncoder().encode(rows) + [UInt8(ascii: "\n")]
    var bundle = HostileBundle()
    bundle.add("bundle.json", try CanonicalEncoder().encode(manifest()))
    for (name, bytes) in files.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      bundle.add(name, bytes)
    }
    return try bundle.write(to: path)
  }
}

extension BundleEditor {
  func artifact(_ name: String) throws -> ArtifactRecord {
    guard let artifact = rows.artifacts.first(where: { $0.checkpoint.unit.description == name }) else {
      throw StageFailure(.internalError, "There is no \(name).")
    }
    return artifact
  }

  /// Changes what a unit's row tells of its checkpoint.
  func relabel(_ name: String, _ change: (CheckpointRecord) -> CheckpointRecord) throws {
    let unit = try artifact(name).checkpoint.unit
    let artifacts = rows.artifacts.map { old in
      old.checkpoint.unit == unit
        ? ArtifactRecord(key: old.key, checkpoint: change(old.checkpoint), parts: old.parts, gaps: old.gaps) : old
    }
    let contents = Dictionary(artifacts.map { ($0.checkpoint.unit, $0.checkpoint.content) }) { first, _ in first }
    let units = rows.units.map { row in
      var row = row
      row.content = contents[row.unit] ?? row.content
      return row
    }
    rows = BundleRows(pageCount: rows.pageCount, units: units, artifacts: artifacts, pins: rows.pins)
  }
}
