import Checkpoints
import GRDB
import StageKit

/// The attempt that made a result, and whose it was.
package struct MakerRecord: Codable, Sendable, Hashable {
  package let job: JobID
  package let attempt: AttemptRecord

  package init(job: JobID, attempt: AttemptRecord) {
    self.job = job
    self.attempt = attempt
  }
}

extension MakerRecord {
  init(row: Row) throws {
    self.init(job: try row.decode(atIndex: 17), attempt: try AttemptRecord(row: row))
  }
}
