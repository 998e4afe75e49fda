import Synchronization

/// What the containers of one decoding share: the text, whose grammar has been checked, and what is known of its types.
final class DecodingSession {
  let bytes: UnsafeRawBufferPointer
  /// The same for all sessions: to find out about a type takes longer than to read most values.
  private static let readThemselves = Mutex<[ObjectIdentifier: Bool]>([:])

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  func reader(at offset: Int) -> CanonicalReader { CanonicalReader(trusted: bytes, offset: offset) }

  /// Reads the value at `offset`, by its type's fast path where it has one.
  func read<T: Decodable>(_ type: T.Type, at offset: Int, path: PathNode?) throws -> T {
    guard let hot = hotType(of: type) else {
      return try T(from: ValueDecoding(session: self, offset: offset, path: path))
    }
    do {
      var reader = reader(at: offset)
      let value = try hot.init(from: &reader)
      if let value = value as? T { return value }
    } catch let error as CanonicalJSONError {
      throw located(error, expecting: type, from: offset, path: path)
    }
    // Not reached for any type that is its own fast path; a class may hand over to a subclass's.
    return try T(from: ValueDecoding(session: self, offset: offset, path: path))
  }

  /// Reads the start of an array or object, or says that it is none.
  func reading<R>(
    at offset: Int, path: PathNode?, expecting type: Any.Type, _ body: (inout CanonicalReader) throws -> R
  ) throws -> R {
    var reader = reader(at: offset)
    do { return try body(&reader) } catch let error as CanonicalJSONError {
      throw located(error, expecting: type, from: offset, path: path)
    }
  }

  func isNull(at offset: Int) -> Bool {
    var reader = reader(at: offset)
    return reader.readNullIfPresent()
  }

  /// The error as `Codable` knows it, with the path of the value that it is about.
  ///
  /// - Parameters:
  ///   - offset: where the value begins that was being read.
  ///   - path: the path of that value.
  func located(
    _ error: CanonicalJSONError, expecting type: Any.Type, from offset: Int, path: PathNode?
  ) -> DecodingError {
    var steps = path.codingPath
    var reader = reader(at: offset)
    reader.locate(error.offset, into: &steps)
    return DecodingError.of(error, expecting: type, codingPath: steps)
  }

  func hotType<T: Decodable>(of type: T.Type) -> (any CanonicalDecodable.Type)? {
    let id = ObjectIdentifier(type)
    let known = Self.readThemselves.withLock { $0[id] }
    if known == false { return nil }
    let hot = type as? any CanonicalDecodable.Type
    if known == nil {
      let isHot = hot != nil
      Self.readThemselves.withLock { $0[id] = isHot }
    }
    return hot
  }
}

extension DecodingError {
  static func of(_ error: CanonicalJSONError, expecting type: Any.Type, codingPath: [any CodingKey]) -> DecodingError {
    let place = codingPath.isEmpty ? "" : "\(codingPath.jsonPath): "
    let context = Context(
      codingPath: codingPath, debugDescription: "\(place)\(error.description)", underlyingError: error)
    switch error.reason {
    case .expected: return .typeMismatch(type, context)
    case .missingKey(let key): return .keyNotFound(JSONKey(stringValue: key), context)
    default: return .dataCorrupted(context)
    }
  }
}
