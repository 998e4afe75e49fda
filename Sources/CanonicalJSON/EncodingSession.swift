import Synchronization

/// What the containers of one encoding share: the writer, and what is known of the types met so far.
final class EncodingSession {
  /// How a type is to be written.
  enum Manner: Sendable {
    case byItself
    case byCodable
    case inHashOrder
  }

  // Each access is one call that takes nothing but bytes, or a hot type's `encode(into:)`, which is given the writer
  // and cannot reach the session: no two overlap, and the run-time check of that cost a sixth of the time.
  @exclusivity(unchecked) var writer: CanonicalWriter

  /// The same for all sessions: to find out about a type takes longer than to write most values.
  private static let manners = Mutex<[ObjectIdentifier: Manner]>([:])

  init() { writer = CanonicalWriter(capacity: 0) }

  /// Writes one value, by its fast path where it has one.
  func write<T: Encodable>(_ value: T, path: PathNode?) throws {
    // Containers put the commas of what they hold.
    writer.suppressComma()
    switch Self.manner(of: T.self) {
    case .byItself:
      guard let hot = value as? any CanonicalEncodable else { return try writeByCodable(value, path: path) }
      do {
        try hot.encode(into: &writer)
      } catch let error as CanonicalJSONError {
        throw EncodingError.invalidValue(
          value, .init(codingPath: path.codingPath, debugDescription: error.what, underlyingError: error))
      }
    case .byCodable:
      try writeByCodable(value, path: path)
    case .inHashOrder:
      throw EncodingError.invalidValue(
        value,
        .init(
          codingPath: path.codingPath,
          debugDescription: "\(T.self) has no order of its own; store a sorted array, or string keys"))
    }
  }

  private func writeByCodable<T: Encodable>(_ value: T, path: PathNode?) throws {
    guard writer.depth <= NestingLimit.standard else {
      throw EncodingError.invalidValue(
        value,
        .init(
          codingPath: path.codingPath,
          debugDescription: "more than \(NestingLimit.standard) nested arrays and objects"))
    }
    let encoding = ValueEncoding(session: self, path: path)
    try value.encode(to: encoding)
    encoding.finish()
  }

  /// Whether values of a type may have a way of their own: those of any other are not asked one by one.
  static func writesItself<T: Encodable>(_ type: T.Type) -> Bool {
    // What hides behind a protocol or a class tells only by itself.
    type is AnyClass || manner(of: type) == .byItself
  }

  private static func manner<T: Encodable>(of type: T.Type) -> Manner {
    let id = ObjectIdentifier(type)
    if let known = manners.withLock({ $0[id] }) { return known }
    let manner: Manner =
      if type is any CanonicalEncodable.Type {
        .byItself
      } else if let collection = type as? any HashOrdered.Type, collection.encodesInHashOrder {
        .inHashOrder
      } else {
        .byCodable
      }
    manners.withLock { $0[id] = manner }
    return manner
  }
}

/// A collection whose `Codable` form may follow the order of its hash table, which differs from run to run.
private protocol HashOrdered {
  static var encodesInHashOrder: Bool { get }
}

extension Set: HashOrdered {
  fileprivate static var encodesInHashOrder: Bool { true }
}

extension Dictionary: HashOrdered {
  // Such keys become the keys of an object, which are sorted; others become an array of keys and values in turn.
  fileprivate static var encodesInHashOrder: Bool { !(Key.self is any CodingKeyRepresentable.Type) }
}
