import Foundation
import GRDB

extension APIKeyRecord {
  init(row: Row) throws {
    let role: String = try row.decode(atIndex: 2)
    guard let role = KeyRole(rawValue: role) else { throw LedgerFailure.corrupt(message: "a key's role is \(role)") }
    self.init(
      id: try row.decode(atIndex: 0), name: try row.decode(atIndex: 1), role: role,
      salt: [UInt8](try row.decode(Data.self, atIndex: 3)), hash: [UInt8](try row.decode(Data.self, atIndex: 4)),
      limits: KeyLimits(
        rate: try row.decode(atIndex: 5), burst: try row.decode(atIndex: 6), concurrency: try row.decode(atIndex: 7)),
      created: try row.decode(atIndex: 8), revoked: try row.decode(atIndex: 9))
  }
}
