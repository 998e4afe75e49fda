import Checkpoints
import StageKit

/// A job as the ledger knows it.
package struct JobRecord: Codable, Sendable, Hashable {
  package var manifest: JobManifest
  /// Pages of the document; nil until ingest is done.
  package var pageCount: Int?
  /// Seconds since 1970.
  package var created: Double
  package var started: Double?
  package var finished: Double?
  /// The number of the newest event.
  package var seq: Int64
  /// Marked for deletion: only the removal goes on.
  package var deleted: Bool

  package init(
    manifest: JobManifest, pageCount: Int? = nil, created: Double, started: Double? = nil, finished: Double? = nil,
    seq: Int64 = 0, deleted: Bool = false
  ) {
    self.manifest = manifest
    self.pageCount = pageCount
    self.created = created
    self.started = started
    self.finished = finished
    self.seq = seq
    self.deleted = deleted
  }
}
