import CanonicalJSON
import Checkpoints
import Ledger
import StageKit
import WorkerChannel

/// A bundle whose every file has been unpacked and checked against its manifest, its envelopes and its own rows.
package struct OpenBundle: Sendable {
  package let manifest: BundleManifest
  package let job: JobManifest
  package let rows: BundleRows
  /// Where the files lie, by name.
  let files: [BundlePath: String]

  /// Reads and checks everything; takes as long as hashing all of it.
  ///
  /// - Throws: `StageFailure` with `bundle_invalid`.
  init(files: [BundlePath: String], limits: BundleLimits) throws {
    self.files = files
    manifest = try BundleManifest(Self.bytes(.manifest, in: files, limit: limits.manifestBytes), limits: limits)
    for entry in manifest.files {
      let file = try MeasuredFile(files[entry.path] ?? "")
      guard file.digest == entry.digest, file.length == entry.length else {
        throw StageFailure.bundle("\(entry.path) is not what the manifest says.")
      }
    }
    job = try Self.decode(.job, in: files, limits)
    rows = try Self.decode(.ledger, in: files, limits)
    try BundleCheck(self).run()
  }

  func file(_ path: BundlePath) throws -> String {
    guard let file = files[path] else { throw StageFailure.bundle("\(path) is missing.") }
    return file
  }

  /// An object that is yet to be put into a store.
  func attemptFile(_ digest: Digest) throws -> AttemptFile {
    let path = BundlePath(object: digest)
    let file = try file(path)
    return AttemptFile(path: file, digest: digest, length: FileIdentity(file)?.length ?? 0)
  }

  /// The envelope of a checkpoint, the whole of it verified.
  func header(of record: CheckpointRecord) throws -> CheckpointHeader {
    let file = try BundleExporter.open(file(BundlePath(object: record.file.digest)), 0, "A file could not be read")
    guard let number = file.take() else { throw StageFailure(.internalError, "A file was closed too early.") }
    return try CheckpointReader.header(
      of: record.unit, in: InputFile(descriptor: number), file: record.file.digest, content: record.content)
  }

  private static func bytes(_ path: BundlePath, in files: [BundlePath: String], limit: Int) throws -> [UInt8] {
    guard let file = files[path], let bytes = try AtomicFile(file).read(limit: limit) else {
      throw StageFailure.bundle("\(path) is missing.")
    }
    return bytes
  }

  private static func decode<Value: Decodable>(
    _ path: BundlePath, in files: [BundlePath: String], _ limits: BundleLimits
  ) throws -> Value {
    let bytes = try bytes(path, in: files, limit: limits.totalBytes)
    do { return try CanonicalDecoder().decode(Value.self, from: bytes) } catch {
      throw StageFailure.bundle("\(path) cannot be read.")
    }
  }
}
