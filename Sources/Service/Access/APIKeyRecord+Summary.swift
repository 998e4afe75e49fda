import CanonicalJSON
import Ledger

extension APIKeyRecord {
  /// What is told of a key: all but salt and hash.
  package var summary: [String: JSONValue] {
    var summary: [String: JSONValue] = [
      "id": .string(id), "name": .string(name), "role": .string(role.rawValue),
      "created": .number(created),
    ]
    summary["rate"] = limits.rate.map { .number($0) }
    summary["burst"] = limits.burst.map { .integer(Int64($0)) }
    summary["concurrency"] = limits.concurrency.map { .integer(Int64($0)) }
    summary["revoked"] = revoked.map { .number($0) }
    return summary
  }
}
