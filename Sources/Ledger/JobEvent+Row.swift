import GRDB
import StageKit

extension JobEvent {
  init(row: Row) throws {
    self.init(
      job: try row.decode(atIndex: 1), kind: try row.decode(atIndex: 2), unit: try row.decode(atIndex: 3),
      state: try row.decode(atIndex: 4), attempt: try row.decode(atIndex: 5),
      failure: try row.decode(JSONColumn<StageFailure>?.self, atIndex: 7)?.value,
      worker: try row.decode(atIndex: 8), seq: try row.decode(atIndex: 0),
      at: try row.decode(atIndex: 6))
  }
}
