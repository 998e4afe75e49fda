/// A type that reads its own JSON: for values that come by the ten thousand, such as words.
///
/// It must accept what its `init(from: any Decoder)` accepts: keys in any order, unknown keys skipped, null for nil.
package protocol CanonicalDecodable: Decodable {
  /// Reads one whole JSON value.
  ///
  /// - Throws: `CanonicalJSONError`; the decoder adds the coding path to it.
  init(from reader: inout CanonicalReader) throws
}

extension CanonicalReader {
  /// Reads a value by its fast path. The type is named, lest an optional variable make it an optional one.
  package mutating func read<T: CanonicalDecodable>(_ type: T.Type) throws -> T { try T(from: &self) }

  /// Reads a value, or nil for null.
  package mutating func readIfPresent<T: CanonicalDecodable>(_ type: T.Type = T.self) throws -> T? {
    readNullIfPresent() ? nil : try T(from: &self)
  }

  /// The value of a key that must have come, once the object has been read.
  ///
  ///     self.init(text: try reader.require(text, "text"), …)
  package func require<T>(_ value: T?, _ key: StaticString) throws(CanonicalJSONError) -> T {
    guard let value else { throw missing(key) }
    return value
  }

  // The commonest types have their own: across modules a generic function looks its types up at run time.

  package func require(_ value: Double?, _ key: StaticString) throws(CanonicalJSONError) -> Double {
    guard let value else { throw missing(key) }
    return value
  }

  package func require(_ value: Int?, _ key: StaticString) throws(CanonicalJSONError) -> Int {
    guard let value else { throw missing(key) }
    return value
  }

  package func require(_ value: Bool?, _ key: StaticString) throws(CanonicalJSONError) -> Bool {
    guard let value else { throw missing(key) }
    return value
  }

  package func require(_ value: String?, _ key: StaticString) throws(CanonicalJSONError) -> String {
    guard let value else { throw missing(key) }
    return value
  }

  /// That a key has not come, once the object has been read.
  package func missing(_ key: StaticString) -> CanonicalJSONError {
    // The byte before is the object's closing brace, by which the coding path is found.
    CanonicalJSONError(.missingKey(key.description), at: max(offset - 1, 0))
  }
}
