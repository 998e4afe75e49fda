import CanonicalJSON
import Checkpoints
import Engine
import EventLoop
import HTTPServer
import Ledger
import StageKit

/// Jobs as archives, packed in a worker when they are first asked for, and kept for a while: a client that asks for an
/// archive in parts, or again, has the same one.
struct PackedBundles: Sendable {
  private struct Key: Hashable, Sendable {
    let job: JobID
    /// Of all that the archive is made from.
    let state: Digest
  }

  /// Archives kept, and their bytes; the newest may be larger.
  private static let most = 4
  private static let mostBytes: Int64 = 4 << 30
  /// Workers that pack at once.
  private static let width = 1
  private static let longestQueue = 16
  private static let lifetime = Duration.seconds(600)
  static let type = "application/zstd"

  private let files = MadeFiles<Key>(
    most: most, mostBytes: mostBytes, width: width, longestQueue: longestQueue, lifetime: lifetime)

  /// The archive as the request wants it. Its tag is that of its bytes, so that it holds however often it is packed.
  ///
  /// - Throws: `StageFailure` where the job cannot be packed; `Problem` with `insufficient_storage`, `overloaded`,
  ///   `job_not_found` where it is deleted meanwhile.
  func response(
    to request: Request, for job: JobRecord, history: Bool, _ engine: JobEngine, _ admission: AdmissionGate
  ) async throws -> Response {
    let id = job.manifest.id
    let made = try await files.file(Key(job: id, state: try Self.state(of: job, history: history))) {
      let bytes = try await engine.bundleSize(of: job, history: history)
      do {
        try admission.checkDisk(engine.census, for: bytes)
      } catch {
        guard await makeRoom() > 0 else { throw error }
        try admission.checkDisk(engine.census, for: bytes)
      }
      let packed = try await engine.packBundle(of: job, history: history)
      do {
        // Deleted meanwhile: what remains of it is no bundle.
        guard try await engine.ledger.job(id)?.deleted == false else { throw LedgerFailure.jobNotFound(id) }
      } catch {
        PreviewFile.remove(packed.path)
        throw error
      }
      return MadeFile(path: packed.path, entityTag: "\"\(packed.digest.hex)\"")
    }
    var response = try Response.file(
      FileResource(made.file, type: Self.type, entityTag: made.entityTag), for: request)
    response.headers["Content-Disposition"] = "attachment; filename=\"\(id).sheaf.tar.zst\""
    response.headers["Cache-Control"] = "private, no-cache"
    return response
  }

  /// Removes what there is of a job that is deleted.
  func forget(_ job: JobID) async {
    await files.remove(because: LedgerFailure.jobNotFound(job)) { $0.job == job }
  }

  /// Removes all archives that are kept, where the disk has no room.
  /// - Returns: their bytes.
  @discardableResult
  func makeRoom() async -> Int64 { await files.makeRoom() }

  /// What two requests must share to be given one archive.
  private static func state(of job: JobRecord, history: Bool) throws -> Digest {
    var fingerprint = PayloadFingerprint(method: history ? "history" : "now", path: "\(job.seq)")
    fingerprint.add(try CanonicalEncoder().encode(job.manifest))
    return fingerprint.digest
  }
}
