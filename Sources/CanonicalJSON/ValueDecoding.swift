/// The `Decoder` of one value, and its single-value container.
struct ValueDecoding: Decoder, SingleValueDecodingContainer {
  let session: DecodingSession
  let offset: Int
  let path: PathNode?

  var codingPath: [any CodingKey] { path.codingPath }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(KeyedDecoding(session: session, path: path, index: try ObjectIndex(self)))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { try UnkeyedDecoding(self) }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func decodeNil() -> Bool { session.isNull(at: offset) }

  func decode<T: Decodable>(_ type: T.Type) throws -> T { try session.read(type, at: offset, path: path) }
}
