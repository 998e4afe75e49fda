import CanonicalJSON
import Foundation
import StageKit

@testable import Checkpoints

#if canImport(Glibc)
  import Glibc
#endif

/// What lies in a data folder under a checkpoint's name.
enum EnvelopeReading {
  private static let unit = UnitID(.ocr, .page(7))
  private static let payload = Array("{\"scores\":[0.25,1],\"text\":\"words and \\\"more\\\"\"}".utf8)

  /// Read as what was written, or refused as damaged.
  static func check(_ bytes: [UInt8]) throws {
    do {
      try bytes.withUnsafeBytes { bytes in
        let reader = try CheckpointReader(bytes, unit: unit)
        // What is read is what was digested: a payload that was changed is never taken for the one that was written.
        let digest = try reader.withPayload {
          try CheckpointEnvelope.contentDigest(files: reader.header.files, payload: $0)
        }
        try BrokenPromise.unless(digest == reader.header.content, "its content has another digest")
        // What is lent without a tree of it can be read as one.
        _ = try reader.withPayload { try CanonicalDecoder().decode(JSONValue.self, from: Array($0)) }
      }
    } catch let failure as StageFailure {
      try BrokenPromise.unless(failure.code == .checkpointCorrupt, "it is refused as \(failure.code)")
    }
  }

  static var samples: [[UInt8]] {
    get throws {
      let lineage = CheckpointLineage(
        key: Digest(of: Array("key".utf8)), upstream: ["render/7": "gap:crashed"], engines: ["tesseract": "5"],
        recorded: [:], parts: [2: "gap:damaged"])
      let envelope = CheckpointEnvelope(
        unit: unit, version: 3, source: Digest(of: Array("source".utf8)), options: ["languages": ["eng"]],
        lineage: lineage)
      let files = [FileRecord(name: "0007.png", digest: Digest(of: Array("png".utf8)), length: 9)]
      return [try written(envelope, []), try written(envelope, files)]
    }
  }

  private static func written(_ envelope: CheckpointEnvelope, _ files: [FileRecord]) throws -> [UInt8] {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { unlink(path) }
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL, 0o600)
    _ = try envelope.write(
      payload: payload, files: files, to: OutputFile(name: envelope.fileName, descriptor: descriptor))
    return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }
}
