import Checkpoints
import GRDB
import StageKit

extension JobRecord {
  init(row: Row) throws {
    let manifest = JobManifest(
      id: try row.decode(atIndex: 0), name: try row.decode(atIndex: 1), source: try row.decode(atIndex: 2),
      sourceLength: try row.decode(atIndex: 3),
      settings: try row.decode(JSONColumn<JobSettings>.self, atIndex: 4).value, state: try row.decode(atIndex: 5),
      failure: try row.decode(JSONColumn<StageFailure>?.self, atIndex: 6)?.value, owner: try row.decode(atIndex: 7),
      created: try row.decode(atIndex: 8), trace: try row.decode(atIndex: 15))
    self.init(
      manifest: manifest, pageCount: try row.decode(atIndex: 9), created: try row.decode(atIndex: 10),
      started: try row.decode(atIndex: 11), finished: try row.decode(atIndex: 12), seq: try row.decode(atIndex: 13),
      deleted: try row.decode(atIndex: 14))
  }
}
