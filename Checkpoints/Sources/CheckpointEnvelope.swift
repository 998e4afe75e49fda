import CanonicalJSON
import StageKit

import struct Crypto.SHA256

/// What stands around a payload in a checkpoint file, but for what follows from the payload itself.
///
/// A part, and a checkpoint that a person edited, has no lineage: then equal results are equal files,
/// whatever made them.
package struct CheckpointEnvelope: Sendable, Hashable {
  package let unit: UnitID
  package let version: Int
  package let source: Digest
  /// The stage's effective options, defaults included.
  package let options: JSONValue
  package let lineage: CheckpointLineage?

  package init(unit: UnitID, version: Int, source: Digest, options: JSONValue, lineage: CheckpointLineage? = nil) {
    self.unit = unit
    self.version = version
    self.source = source
    self.options = options
    self.lineage = lineage
  }

  /// The envelope of the checkpoint that answers an order.
  ///
  /// - Parameter parts: for a stage with parts, every page with its part's content digest or `gap:<code>`.
  package init(order: UnitOrder, recorded: JSONValue? = nil, parts: [Int: String]? = nil) {
    self.init(
      unit: order.unit, version: order.version, source: order.source, options: order.options,
      lineage: CheckpointLineage(
        key: order.key, upstream: order.upstream, engines: order.engines, recorded: recorded, parts: parts))
  }

  /// The envelope of one page's part of the checkpoint that answers an order.
  package init(order: UnitOrder, part page: Int) {
    self.init(
      unit: UnitID(order.unit.stage, .page(page)), version: order.version, source: order.source, options: order.options)
  }

  /// The file's name within the stage's folder: `0007.json`.
  package var fileName: String { unit.basename + ".json" }

  /// What a result is, whatever made it: SHA-256 of canonical `{"files":{name:digest},"payload":…}`.
  ///
  /// - Parameter payload: canonical JSON.
  package static func contentDigest(files: [FileRecord], payload: some Sequence<UInt8>) throws -> Digest {
    let digests = try digests(of: files)
    if let digest = try payload.withContiguousStorageIfAvailable({
      try contentDigest(files: digests, payload: UnsafeRawBufferPointer($0))
    }) {
      return digest
    }
    return try Array(payload).withUnsafeBytes { try contentDigest(files: digests, payload: $0) }
  }

  static func contentDigest(files: [String: Digest], payload: UnsafeRawBufferPointer) throws -> Digest {
    var head = CanonicalWriter()
    head.beginObject()
    head.key("files")
    try files.mapValues(\.description).encode(into: &head)
    head.key("payload")
    var hash = SHA256()
    head.withBytes { hash.update(bufferPointer: $0) }
    hash.update(bufferPointer: payload)
    withUnsafeBytes(of: UInt8(ascii: "}")) { hash.update(bufferPointer: $0) }
    return Digest(hash.finalize())
  }

  /// Writes the checkpoint file.
  ///
  /// - Parameters:
  ///   - payload: canonical JSON without a final newline; it is spliced in, not encoded again.
  ///   - files: those that belong to the checkpoint, in any order.
  ///   - output: an empty file named `fileName`.
  package func write(payload: [UInt8], files: [FileRecord], to output: OutputFile) throws -> CheckpointRecord {
    let digests = try Self.digests(of: files)
    let content = try payload.withUnsafeBytes { try Self.contentDigest(files: digests, payload: $0) }
    var writer = CanonicalWriter(capacity: payload.count + 4096)
    try encode(content: content, files: digests, payload: payload, into: &writer)
    try writer.withBytes { try output.write($0) }
    try output.write("\n")
    return CheckpointRecord(
      unit: unit, content: content, file: try output.finish(), files: files.sorted { $0.name < $1.name })
  }

  /// The members in the order of their UTF-8 bytes.
  private func encode(
    content: Digest, files: [String: Digest], payload: [UInt8], into writer: inout CanonicalWriter
  ) throws {
    writer.beginObject()
    writer.key("content")
    writer.string(content.description)
    if let lineage {
      writer.key("engines")
      try lineage.engines.encode(into: &writer)
    }
    writer.key("files")
    try files.mapValues(\.description).encode(into: &writer)
    writer.key("format")
    writer.string(CheckpointHeader.currentFormat)
    if let lineage {
      writer.key("key")
      writer.string(lineage.key.description)
    }
    writer.key("options")
    try options.encode(into: &writer)
    if let parts = lineage?.parts {
      writer.key("parts")
      try Dictionary(uniqueKeysWithValues: parts.map { (String($0.key), $0.value) }).encode(into: &writer)
    }
    writer.key("payload")
    writer.raw(payload)
    if let recorded = lineage?.recorded {
      writer.key("recorded")
      try recorded.encode(into: &writer)
    }
    writer.key("source")
    writer.string(source.description)
    writer.key("stage")
    writer.string(unit.stage.rawValue)
    writer.key("unit")
    try CanonicalEncoder().encode(unit.subject, into: &writer)
    if let lineage {
      writer.key("upstream")
      try lineage.upstream.encode(into: &writer)
    }
    writer.key("version")
    writer.integer(version)
    writer.endObject()
  }

  private static func digests(of files: [FileRecord]) throws -> [String: Digest] {
    try Dictionary(files.map { ($0.name, $0.digest) }) { first, second in
      guard first == second else {
        throw StageFailure(.internalError, "A checkpoint has two different files of one name.")
      }
      return first
    }
  }
}
