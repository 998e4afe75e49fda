import Foundation
import GRDB
import StageKit

extension StoredAnswer {
  init(row: Row) throws {
    self.init(
      scope: try row.decode(atIndex: 0), key: try row.decode(atIndex: 1), fingerprint: try row.decode(atIndex: 2),
      status: try row.decode(atIndex: 3), contentType: try row.decode(atIndex: 4), location: try row.decode(atIndex: 5),
      body: [UInt8](try row.decode(Data.self, atIndex: 6)), expires: try row.decode(atIndex: 7))
  }
}
