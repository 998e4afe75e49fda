import Checkpoints
import Ledger
import StageKit

/// Where a list of jobs goes on, the newest first.
struct JobCursor: Sendable, Hashable {
  private let created: Double
  private let job: JobID

  init(after record: JobRecord) {
    created = record.created
    job = record.manifest.id
  }

  /// A record that stands where the list goes on; only its age and id are looked at.
  var record: JobRecord {
    JobRecord(
      manifest: JobManifest(
        id: job, name: "", source: Digest(of: []), sourceLength: 0, settings: JobSettings(), state: .queued, owner: "",
        created: ""), created: created)
  }
}
