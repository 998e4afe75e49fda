import CanonicalJSON
import Checkpoints
import StageKit

/// What stands in a checkpoint, as a value and as the bytes that its content digest is made of.
package struct CheckpointPayload: Sendable, Hashable {
  package let value: JSONValue
  /// Canonical JSON.
  package let bytes: [UInt8]

  /// Reads a stored checkpoint and verifies it.
  package init(of record: CheckpointRecord, in store: ObjectFolder) throws {
    try self.init(of: record.unit, object: record.file.digest, in: store)
  }

  /// - Parameter object: the digest of the checkpoint's file.
  package init(of unit: UnitID, object: Digest, in store: ObjectFolder) throws {
    bytes = try store.get(object).withBytes { bytes in
      try CheckpointReader(bytes, unit: unit, file: object).withPayload { Array($0) }
    }
    value = try CanonicalDecoder().decode(JSONValue.self, from: bytes)
  }

  /// Takes a value as it is.
  package init(_ value: JSONValue) throws {
    self.value = value
    bytes = try value.canonicalBytes
  }

  /// Reads what a person wrote: a payload, or a whole checkpoint as `sheaf show` prints it.
  ///
  /// - Throws: `PayloadFaults` that name each place where the text is no checkpoint of the unit.
  package init(text: [UInt8], of unit: UnitID, _ schema: JSONSchema) throws {
    let value: JSONValue
    do {
      // Finds keys that stand twice, too, of which reading a value would take one.
      _ = try JSONText.canonicalized(text)
      value = try CanonicalDecoder().decode(JSONValue.self, from: text)
    } catch let error as CanonicalJSONError {
      throw PayloadFaults(unit, ["\(Self.place(error.offset, in: text)): \(error.what)"])
    }
    try self.init(checked: try Self.payload(in: value, of: unit), of: unit, schema)
  }

  /// Takes a value that a person changed.
  ///
  /// - Throws: `PayloadFaults`.
  package init(checked value: JSONValue, of unit: UnitID, _ schema: JSONSchema) throws {
    let faults = schema.faults(of: value)
    guard faults.isEmpty else { throw PayloadFaults(unit, faults.map(\.description)) }
    try self.init(value)
  }

  /// For people.
  package var pretty: [UInt8] {
    get throws { try JSONText.prettyPrinted(bytes) + [UInt8(ascii: "\n")] }
  }

  private static func payload(in value: JSONValue, of unit: UnitID) throws -> JSONValue {
    guard value["format"]?.string == CheckpointHeader.currentFormat, let payload = value["payload"] else {
      return value
    }
    let subject: JSONValue =
      switch unit.subject {
      case .document: ["document": true]
      case .page(let page): ["page": .integer(Int64(page))]
      case .format(let name): ["format": .string(name)]
      }
    guard value["stage"]?.string == unit.stage.rawValue, value["unit"] == subject else {
      throw PayloadFaults(unit, ["/unit: the file is a checkpoint of another unit"])
    }
    return payload
  }

  /// `line 12, column 7`, as editors count.
  private static func place(_ offset: Int, in text: [UInt8]) -> String {
    let before = text.prefix(offset)
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let column = String(decoding: before[start...], as: UTF8.self).count + 1
    return "line \(line), column \(column)"
  }
}
