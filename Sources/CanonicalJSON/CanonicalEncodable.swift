/// A type that writes its own canonical JSON: for values that come by the ten thousand, such as words.
///
/// The bytes must be those of its `encode(to:)`: keys in the order of their UTF-8 bytes, nil members left out.
package protocol CanonicalEncodable: Encodable {
  /// Writes one whole JSON value.
  func encode(into writer: inout CanonicalWriter) throws
}

extension CanonicalEncodable {
  /// This value as canonical JSON, without a final newline.
  package func canonicalBytes() throws -> [UInt8] { try CanonicalEncoder().encode(self) }
}
