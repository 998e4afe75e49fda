/// The keyed container over an `ObjectIndex`: values are read when they are asked for.
struct KeyedDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let session: DecodingSession
  let path: PathNode?
  let index: ObjectIndex

  var codingPath: [any CodingKey] { path.codingPath }

  /// In the order of the text.
  var allKeys: [Key] { index.entries.compactMap { Key(stringValue: $0.key.string) } }

  func contains(_ key: Key) -> Bool { index.offset(of: key) != nil }

  func decodeNil(forKey key: Key) throws -> Bool { session.isNull(at: try offset(of: key)) }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    try session.read(type, at: try offset(of: key), path: PathNode(path, key))
  }

  func decode(_ type: String.Type, forKey key: Key) throws -> String {
    try scalar(key, type) { reader throws(CanonicalJSONError) in try reader.readString() }
  }

  func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
    try scalar(key, type) { reader throws(CanonicalJSONError) in try reader.readNumber() }
  }

  func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
    try scalar(key, type) { reader throws(CanonicalJSONError) in try reader.readInteger(as: Int.self) }
  }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
    try scalar(key, type) { reader throws(CanonicalJSONError) in try reader.readBool() }
  }

  /// Reads a scalar without the search for its fast path.
  @inline(__always)
  private func scalar<T>(
    _ key: Key, _ type: T.Type, _ read: (inout CanonicalReader) throws(CanonicalJSONError) -> T
  ) throws -> T {
    let offset = try offset(of: key)
    var reader = session.reader(at: offset)
    do { return try read(&reader) } catch {
      throw session.located(error, expecting: type, from: offset, path: PathNode(path, key))
    }
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<NestedKey> {
    try decoder(for: key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try decoder(for: key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { try decoder(for: JSONKey.superclass) }

  func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(for: key) }

  private func decoder(for key: any CodingKey) throws -> ValueDecoding {
    ValueDecoding(session: session, offset: try offset(of: key), path: PathNode(path, key))
  }

  private func offset(of key: any CodingKey) throws -> Int {
    if let offset = index.offset(of: key) { return offset }
    let place = path == nil ? "" : "\(codingPath.jsonPath): "
    throw DecodingError.keyNotFound(
      key, .init(codingPath: codingPath, debugDescription: "\(place)the key \"\(key.stringValue)\" is missing"))
  }
}
