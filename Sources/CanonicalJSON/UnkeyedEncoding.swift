/// The unkeyed container over a `ValueEncoding`.
struct UnkeyedEncoding: UnkeyedEncodingContainer {
  let owner: ValueEncoding

  var codingPath: [any CodingKey] { owner.codingPath }
  var count: Int { owner.count }

  func encodeNil() throws {
    try owner.writeElement { owner.session.writer.append("null") }
  }

  func encode<T: Encodable>(_ value: T) throws {
    try owner.writeElement {
      try owner.session.write(value, path: PathNode(owner.path, JSONKey(intValue: owner.count)))
    }
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type
  ) -> KeyedEncodingContainer<NestedKey> {
    owner.deferElement().container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { owner.deferElement().unkeyedContainer() }

  func superEncoder() -> any Encoder { owner.deferElement() }
}
