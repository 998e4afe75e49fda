/// The unkeyed container: where the elements of one array stand; they are read when they are asked for.
struct UnkeyedDecoding: UnkeyedDecodingContainer {
  private let session: DecodingSession
  private let path: PathNode?
  private let offsets: [Int]
  private(set) var currentIndex = 0

  /// - Throws: `DecodingError` if the value is no array.
  init(_ decoder: ValueDecoding) throws {
    session = decoder.session
    path = decoder.path
    offsets = try session.reading(at: decoder.offset, path: path, expecting: [Any].self) { reader in
      var offsets: [Int] = []
      try reader.beginArray()
      while try reader.nextElement() {
        offsets.append(reader.offset)
        reader.passCheckedValue()
      }
      return offsets
    }
  }

  var codingPath: [any CodingKey] { path.codingPath }
  var count: Int? { offsets.count }
  var isAtEnd: Bool { currentIndex >= offsets.count }

  mutating func decodeNil() throws -> Bool {
    guard session.isNull(at: try next(Never.self).offset) else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    let element = try next(type)
    let value = try session.read(type, at: element.offset, path: element.path)
    currentIndex += 1
    return value
  }

  mutating func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type
  ) throws -> KeyedDecodingContainer<NestedKey> {
    let container = try next(Any.self).container(keyedBy: type)
    currentIndex += 1
    return container
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let container = try next(Any.self).unkeyedContainer()
    currentIndex += 1
    return container
  }

  mutating func superDecoder() throws -> any Decoder {
    let decoder = try next(Any.self)
    currentIndex += 1
    return decoder
  }

  /// The decoder of the current element.
  private func next(_ type: Any.Type) throws -> ValueDecoding {
    let step = PathNode(path, JSONKey(intValue: currentIndex))
    guard !isAtEnd else {
      let path = PathNode?.some(step).codingPath
      let what = "\(path.jsonPath): the array has only \(offsets.count) elements"
      throw DecodingError.valueNotFound(type, .init(codingPath: path, debugDescription: what))
    }
    return ValueDecoding(session: session, offset: offsets[currentIndex], path: step)
  }
}
