import GRDB

extension Lease {
  init(row: Row) throws {
    self.init(
      job: try row.decode(atIndex: 0), unit: try row.decode(atIndex: 1), attempt: try row.decode(atIndex: 2),
      fence: try row.decode(atIndex: 3), owner: try row.decode(atIndex: 4))
  }
}
