import Checkpoints
import Ledger
import StageKit

/// Where a list of jobs goes on, the newest first: opaque to clients, checked here.
struct PageCursor: Sendable, Hashable {
  /// Seconds since 1970 of the last job told.
  let created: Double
  let job: JobID

  init(after record: JobRecord) {
    created = record.created
    job = record.manifest.id
  }

  /// - Throws: `Problem` with `invalid_parameter` for what this server did not write.
  init(_ text: String) throws(Problem) {
    let parts = text.split(separator: "-", maxSplits: 1)
    guard parts.count == 2, let bits = UInt64(parts[0], radix: 16), let job = JobID(String(parts[1])) else {
      throw Problem(.invalidParameter, "The cursor is none that this server gave.")
    }
    created = Double(bitPattern: bits)
    self.job = job
  }

  var text: String { String(created.bitPattern, radix: 16) + "-" + job.text }

  /// A record that stands where the list goes on; only its age and id are looked at.
  var record: JobRecord {
    JobRecord(
      manifest: JobManifest(
        id: job, name: "", source: Digest(of: []), sourceLength: 0, settings: JobSettings(), state: .queued, owner: "",
        created: ""), created: created)
  }
}
