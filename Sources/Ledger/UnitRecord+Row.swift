import GRDB
import StageKit

extension UnitRecord {
  init(row: Row) throws {
    self.init(
      unit: try row.decode(atIndex: 0), state: try row.decode(atIndex: 1), key: try row.decode(atIndex: 2),
      content: try row.decode(atIndex: 3), gap: try row.decode(atIndex: 4),
      failure: try row.decode(JSONColumn<StageFailure>?.self, atIndex: 5)?.value,
      attempts: try row.decode(atIndex: 6), counted: try row.decode(atIndex: 7),
      countedKey: try row.decode(atIndex: 8), history: try row.decode(atIndex: 9), reused: try row.decode(atIndex: 10),
      again: try row.decode(atIndex: 11))
  }
}
