/// The keyed container over a `ValueEncoding`.
struct KeyedEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let owner: ValueEncoding

  var codingPath: [any CodingKey] { owner.codingPath }

  func encodeNil(forKey key: Key) throws {
    try owner.writeEntry(key) { owner.session.writer.append("null") }
  }

  func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    try owner.writeEntry(key) { try owner.session.write(value, path: PathNode(owner.path, key)) }
  }

  func encode(_ value: String, forKey key: Key) throws {
    try owner.writeEntry(key) { _ = owner.session.writer.appendQuoted(value) }
  }

  func encode(_ value: Bool, forKey key: Key) throws {
    try owner.writeEntry(key) { owner.session.writer.append(value ? "true" : "false") }
  }

  func encode(_ value: Int, forKey key: Key) throws {
    try owner.writeEntry(key) {
      owner.session.writer.suppressComma()
      owner.session.writer.integer(value)
    }
  }

  func encode(_ value: Double, forKey key: Key) throws {
    try owner.writeEntry(key) {
      // What is not finite goes the long way, which tells the path.
      guard value.isFinite else { return try owner.session.write(value, path: PathNode(owner.path, key)) }
      owner.session.writer.suppressComma()
      try owner.session.writer.number(value)
    }
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) -> KeyedEncodingContainer<NestedKey> {
    owner.deferEntry(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    owner.deferEntry(key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { owner.deferEntry(JSONKey.superclass) }

  func superEncoder(forKey key: Key) -> any Encoder { owner.deferEntry(key) }
}
