import CanonicalJSON
import Checkpoints
import GRDB
import StageKit

// How values stand in columns. GRDB asks for conformances of the values themselves.

extension Digest: DatabaseValueConvertible {
  package var databaseValue: DatabaseValue { hex.databaseValue }

  package static func fromDatabaseValue(_ value: DatabaseValue) -> Digest? {
    String.fromDatabaseValue(value).flatMap { Digest($0) }
  }
}

extension JobID: DatabaseValueConvertible {
  package var databaseValue: DatabaseValue { text.databaseValue }

  package static func fromDatabaseValue(_ value: DatabaseValue) -> JobID? {
    String.fromDatabaseValue(value).flatMap { JobID($0) }
  }
}

extension JobState: DatabaseValueConvertible {}
extension UnitState: DatabaseValueConvertible {}
extension RunAgain: DatabaseValueConvertible {}
extension GapCode: DatabaseValueConvertible {}
extension JobEvent.Kind: DatabaseValueConvertible {}
extension HistoryEntry.Cause: DatabaseValueConvertible {}

/// A value that is stored as canonical JSON.
struct JSONColumn<Value: Codable & SendableMetatype>: DatabaseValueConvertible {
  let value: Value
  private let text: String

  /// - Throws: `CanonicalJSONError` for what JSON cannot hold.
  init(_ value: Value) throws {
    self.value = value
    text = String(decoding: try CanonicalEncoder().encode(value), as: UTF8.self)
  }

  private init?(text: String) {
    // The reason is lost to GRDB's own error, which names the column and shows the text.
    guard let value = try? CanonicalDecoder().decode(Value.self, from: Array(text.utf8)) else { return nil }
    self.value = value
    self.text = text
  }

  var databaseValue: DatabaseValue { text.databaseValue }

  static func fromDatabaseValue(_ value: DatabaseValue) -> JSONColumn? {
    String.fromDatabaseValue(value).flatMap { JSONColumn(text: $0) }
  }
}

extension JSONColumn {
  /// Nil stays NULL. Not an initialiser, for that would be taken for the other with an optional `Value`.
  static func ifAny(_ value: Value?) throws -> JSONColumn? { try value.map { try JSONColumn($0) } }
}
