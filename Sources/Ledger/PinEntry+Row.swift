import GRDB

extension PinEntry {
  init(row: Row) throws {
    self.init(
      job: try row.decode(atIndex: 0), unit: try row.decode(atIndex: 1), basedOn: try row.decode(atIndex: 2),
      content: try row.decode(atIndex: 3), object: try row.decode(atIndex: 4), who: try row.decode(atIndex: 5),
      at: try row.decode(atIndex: 6), why: try row.decode(atIndex: 7), length: try row.decode(atIndex: 8),
      base: try row.decode(atIndex: 9), newer: try row.decode(atIndex: 10))
  }
}
