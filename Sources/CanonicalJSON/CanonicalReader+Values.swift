extension CanonicalReader {
  /// What kind of value comes next.
  package enum Kind: Sendable {
    case null, bool, number, string, array, object
  }

  /// The kind of the next value, which is not read; nil where no value can begin.
  package mutating func nextKind() -> Kind? {
    skipBlanks()
    guard offset < bytes.count else { return nil }
    switch bytes[offset] {
    case .leftBrace: return .object
    case .leftBracket: return .array
    case .quote: return .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
    case UInt8(ascii: "n"): return .null
    case .minus, .zero ... .nine: return .number
    default: return nil
    }
  }

  package mutating func readBool() throws(CanonicalJSONError) -> Bool {
    skipBlanks()
    if pass("true") { return true }
    if pass("false") { return false }
    throw failure(expecting: "true or false")
  }

  package mutating func readNull() throws(CanonicalJSONError) {
    guard readNullIfPresent() else { throw failure(expecting: "null") }
  }

  /// Passes a `null`, if one comes next.
  package mutating func readNullIfPresent() -> Bool {
    skipBlanks()
    return pass("null")
  }

  /// Reads the raw value of an enum whose cases are strings.
  package mutating func readCase<T: RawRepresentable<String>>(_ type: T.Type = T.self) throws(CanonicalJSONError) -> T {
    skipBlanks()
    let start = offset
    let text = try readString()
    guard let value = T(rawValue: text) else {
      throw CanonicalJSONError(.invalidValue("\"\(text)\" is no \(T.self)"), at: start)
    }
    return value
  }

  /// Passes the next value, whatever it is, and checks its grammar.
  package mutating func skipValue() throws(CanonicalJSONError) {
    switch nextKind() {
    case .string: _ = try scanString()
    case .number: _ = try scanNumber()
    case .bool: _ = try readBool()
    case .null: try readNull()
    case .array:
      try beginArray()
      while try nextElement() { try skipValue() }  // the reader's depth limit bounds the recursion
    case .object:
      try beginObject()
      while try nextKey() != nil { try skipValue() }
    case nil: throw failure(expecting: "a value")
    }
  }

  /// Passes the next value and tells where it stands, so that it can be lifted out without being decoded.
  package mutating func rangeOfValue() throws(CanonicalJSONError) -> Range<Int> {
    skipBlanks()
    let start = offset
    try skipValue()
    return start..<offset
  }

  /// The bytes of a range that `rangeOfValue()` gave; valid as long as the reader's bytes are.
  package func slice(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[range])
  }

  /// Passes the next value and copies its bytes as they stand.
  package mutating func rawValue() throws(CanonicalJSONError) -> [UInt8] { Array(slice(try rangeOfValue())) }
}
