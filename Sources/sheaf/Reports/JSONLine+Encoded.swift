import CanonicalJSON
import Service

extension JSONLine {
  /// A value's own JSON, its members named as in the server's interface: `cpu_seconds`.
  ///
  /// Only for values whose objects have members and no entries of their own naming.
  static func encoded(_ value: some Encodable) throws -> JSONValue { try JSONValue(interface: value) }
}
