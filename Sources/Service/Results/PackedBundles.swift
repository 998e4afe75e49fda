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

  /// Archives kept; each may be as large as all of its job.
  private static let most = 4
  /// Workers that pack at once.
  private static let width = 1
  private static let longestQueue = 16
  private static let lifetime = Duration.seconds(600)
  static let type = "application/zstd"

  private let files = MadeFiles<Key>(most: most, width: width, longestQueue: longestQueue, lifetime: lifetime)

  /// The archive as the request wants it; nothing is packed for a client that has it.
  ///
  /// - Throws: `StageFailure` where the job cannot be packed; `Problem` with `insufficient_storage`, `overloaded`.
  func response(
    to request: Request, for job: JobRecord, history: Bool, _ engine: JobEngine, _ admission: AdmissionGate
  ) async throws -> Response {
    let id = job.manifest.id
    let state = try Self.state(of: job, history: history)
    let tag = "\"\(state.hex)\""
    var response = Response(.notModified, headers: ["ETag": tag])
    if !EntityTags.matchWeakly(request.headers.list("If-None-Match"), tag) {
      let file = try await files.file(Key(job: id, state: state)) {
        try admission.checkDisk(engine.census, for: try await engine.bundleSize(of: job, history: history))
        return try await engine.packBundle(of: job, history: history)
      }
      response = .file(FileResource(file, type: Self.type, entityTag: tag), for: request)
    }
    response.headers["Content-Disposition"] = "attachment; filename=\"\(id).sheaf.tar.zst\""
    response.headers["Cache-Control"] = "private, no-cache"
    return response
  }

  /// Removes what there is of a job.
  func forget(_ job: JobID) async { await files.remove { $0.job == job } }

  /// Equal jobs give equal archives, and whatever changes a job has a number of its own.
  private static func state(of job: JobRecord, history: Bool) throws -> Digest {
    var fingerprint = PayloadFingerprint(method: history ? "history" : "now", path: "\(job.seq)")
    fingerprint.add(try CanonicalEncoder().encode(job.manifest))
    return fingerprint.digest
  }
}
