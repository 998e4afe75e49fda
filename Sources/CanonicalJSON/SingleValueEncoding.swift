/// The single-value container over a `ValueEncoding`.
struct SingleValueEncoding: SingleValueEncodingContainer {
  let owner: ValueEncoding

  var codingPath: [any CodingKey] { owner.codingPath }

  func encodeNil() throws { owner.writeNull() }

  func encode<T: Encodable>(_ value: T) throws { try owner.writeSingle(value) }
}
