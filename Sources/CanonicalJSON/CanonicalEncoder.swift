/// Encodes any `Encodable` value as canonical JSON.
///
/// Keys are sorted by their UTF-8 bytes, doubles keep at most four decimals, and a type's `CanonicalEncodable`
/// conformance is used wherever it is met. Values go by their own `Codable`: no special case for dates, data, URLs.
/// A `Set`, and a `Dictionary` whose keys are not written as strings, are refused: their order changes from run to run.
package struct CanonicalEncoder: Sendable {
  package init() {}

  /// The value as canonical JSON, without a final newline.
  ///
  /// - Throws: `CanonicalJSONError` or `EncodingError` for NaN, infinities, too deep nesting and unordered collections,
  ///   and whatever the value's own `encode(to:)` throws.
  package func encode<T: Encodable>(_ value: T) throws -> [UInt8] {
    var writer = CanonicalWriter()
    try encode(value, into: &writer)
    return writer.bytes
  }

  /// Writes the value where the writer stands.
  package func encode<T: Encodable>(_ value: T, into writer: inout CanonicalWriter) throws {
    if EncodingSession.writesItself(T.self), let hot = value as? any CanonicalEncodable {
      try hot.encode(into: &writer)
    } else {
      try writer.encode(value)
    }
    guard writer.deepest <= NestingLimit.standard else {
      throw CanonicalJSONError(.nestedTooDeep(limit: NestingLimit.standard), at: writer.count)
    }
  }
}

extension CanonicalWriter {
  /// Writes a value by its `Codable` conformance: how a hand-written type writes a member that is not.
  package mutating func encode<T: Encodable>(_ value: T) throws {
    let session = EncodingSession()
    separate()
    swap(&self, &session.writer)
    defer {
      swap(&self, &session.writer)
      noteValue()
    }
    try session.write(value, path: nil)
  }
}
