// Every type that a Codable container takes by name is here: were one missing, it would hand itself back and forth
// between its own `encode(to:)` and the container without end.

extension String: CanonicalEncodable {
  package func encode(into writer: inout CanonicalWriter) { writer.string(self) }
}

extension Bool: CanonicalEncodable {
  package func encode(into writer: inout CanonicalWriter) { writer.bool(self) }
}

extension Double: CanonicalEncodable {
  package func encode(into writer: inout CanonicalWriter) throws { try writer.number(self) }
}

extension Int: CanonicalEncodable {
  package func encode(into writer: inout CanonicalWriter) { writer.integer(self) }
}

extension Int64: CanonicalEncodable {
  package func encode(into writer: inout CanonicalWriter) { writer.integer(self) }
}

extension Int8: CanonicalEncodable {
  package func encode(into writer: inout CanonicalWriter) { writer.integer(self) }
}

extension Int16: CanonicalEncodable {
  package func encode(into writer: inout CanonicalWriter) { writer.integer(self) }
}

extension Int32: CanonicalEncodable {
  package func encode(into writer: inout CanonicalWriter) { writer.integer(self) }
}

extension UInt: CanonicalEncodable {
  package func encode(into writer: inout CanonicalWriter) { writer.integer(self) }
}

extension UInt8: CanonicalEncodable {
  package func encode(into writer: inout CanonicalWriter) { writer.integer(self) }
}

extension UInt16: CanonicalEncodable {
  package func encode(into writer: inout CanonicalWriter) { writer.integer(self) }
}

extension UInt32: CanonicalEncodable {
  package func encode(into writer: inout CanonicalWriter) { writer.integer(self) }
}

extension UInt64: CanonicalEncodable {
  package func encode(into writer: inout CanonicalWriter) { writer.integer(self) }
}

extension Float: CanonicalEncodable {
  package func encode(into writer: inout CanonicalWriter) throws { try writer.number(Double(self)) }
}

extension Optional: CanonicalEncodable where Wrapped: CanonicalEncodable {
  package func encode(into writer: inout CanonicalWriter) throws {
    switch self {
    case .some(let value): try value.encode(into: &writer)
    case .none: writer.null()
    }
  }
}

extension Array: CanonicalEncodable where Element: CanonicalEncodable {
  package func encode(into writer: inout CanonicalWriter) throws {
    writer.beginArray()
    for element in self { try element.encode(into: &writer) }
    writer.endArray()
  }
}

extension Dictionary: CanonicalEncodable where Key == String, Value: CanonicalEncodable {
  package func encode(into writer: inout CanonicalWriter) throws {
    writer.beginObject()
    for (key, value) in sorted(by: { $0.key.precedesInUTF8($1.key) }) {
      writer.key(dynamic: key)
      try value.encode(into: &writer)
    }
    writer.endObject()
  }
}

extension String {
  /// The order of canonical keys: by UTF-8 bytes, which is also the order of Unicode scalars.
  func precedesInUTF8(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
