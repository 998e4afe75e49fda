/// Decodes any `Decodable` value from JSON, canonical or written by hand.
///
/// A type's `CanonicalDecodable` conformance is used wherever it is met. Keys that a type does not ask for are ignored.
package struct CanonicalDecoder: Sendable {
  package init() {}

  /// The value that the JSON text holds.
  ///
  /// - Parameter bytes: UTF-8; blanks around the value are allowed, as a checkpoint's final newline is.
  /// - Throws: `DecodingError` with the coding path, whose `debugDescription` reads
  ///   `words[12].box.left: expected a number at byte 4711` and whose underlying error is a `CanonicalJSONError`.
  package func decode<T: Decodable>(_ type: T.Type = T.self, from bytes: some Collection<UInt8>) throws -> T {
    if let value = try bytes.withContiguousStorageIfAvailable({ try decode(type, UnsafeRawBufferPointer($0)) }) {
      return value
    }
    return try Array(bytes).withUnsafeBytes { try decode(type, $0) }
  }

  /// The value that one JSON value holds whose UTF-8 and grammar a `CanonicalReader` has checked already.
  package func decode<T: Decodable>(_ type: T.Type = T.self, fromChecked bytes: UnsafeRawBufferPointer) throws -> T {
    try DecodingSession(bytes).read(type, at: 0, path: nil)
  }

  private func decode<T: Decodable>(_ type: T.Type, _ bytes: UnsafeRawBufferPointer) throws -> T {
    let session = DecodingSession(bytes)
    var reader: CanonicalReader
    do {
      reader = try CanonicalReader(bytes)
      if let hot = type as? any CanonicalDecodable.Type {
        let value = try hot.init(from: &reader)
        try reader.finish()
        if let value = value as? T { return value }
      } else {
        try reader.skipValue()
        try reader.finish()
      }
    } catch let error as CanonicalJSONError {
      throw session.located(error, expecting: type, from: 0, path: nil)
    }
    // Of the whole text the grammar has been checked now, so the containers need not check it again.
    return try session.read(type, at: 0, path: nil)
  }
}

extension CanonicalReader {
  /// Reads a value by its `Codable` conformance: how a hand-written type reads a member that is not.
  package mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    let range = try rangeOfValue()
    return try DecodingSession(bytes).read(type, at: range.lowerBound, path: nil)
  }

  /// Reads a value of a text that is vouched for, in one go where its type reads itself.
  package mutating func decodeVouchedFor<T: Decodable>(_ type: T.Type) throws -> T {
    skipBlanks()
    let start = offset
    let session = DecodingSession(bytes)
    guard let hot = session.hotType(of: type) else {
      passCheckedValue()
      return try session.read(type, at: start, path: nil)
    }
    do {
      if let value = try hot.init(from: &self) as? T { return value }
    } catch let error as CanonicalJSONError {
      throw session.located(error, expecting: type, from: start, path: nil)
    }
    return try session.read(type, at: start, path: nil)
  }

  /// The bytes of the next value of a text that is vouched for.
  package mutating func passVouchedFor() -> UnsafeRawBufferPointer {
    skipBlanks()
    let start = offset
    passCheckedValue()
    return UnsafeRawBufferPointer(rebasing: bytes[start..<min(offset, bytes.count)])
  }
}
