extension CanonicalReader {
  /// An object's key as it stands in the text: compared with literals without making a `String`.
  ///
  ///     switch key {
  ///     case "left": left = try reader.readNumber()
  ///     default: try reader.skipValue()
  ///     }
  ///
  /// It is valid as long as the reader's bytes are.
  package struct Key {
    /// Between the quotes, escapes and all.
    let bytes: UnsafeRawBufferPointer
    let hasEscapes: Bool
    /// Where its first byte stands in the text.
    package let offset: Int

    /// The key with its escapes resolved.
    package var string: String {
      hasEscapes ? String(decoding: utf8, as: UTF8.self) : String(decoding: bytes, as: UTF8.self)
    }

    /// The key's UTF-8 with its escapes resolved.
    var utf8: [UInt8] { hasEscapes ? CanonicalReader.unescaped(bytes) : Array(bytes) }

    package static func == (key: Key, name: StaticString) -> Bool {
      key.hasEscapes ? key.utf8.elementsEqual(name.bytes) : key.bytes.equals(name.bytes)
    }

    static func == (key: Key, name: String) -> Bool {
      if key.hasEscapes { return key.utf8.elementsEqual(name.utf8) }
      // A native Swift string always lends its bytes; the comparison after it serves any other.
      return name.utf8.withContiguousStorageIfAvailable { key.bytes.equals(UnsafeRawBufferPointer($0)) }
        ?? key.bytes.elementsEqual(name.utf8)
    }

    package static func ~= (name: StaticString, key: Key) -> Bool { key == name }
  }
}

extension UnsafeRawBufferPointer {
  /// Whether both hold the same bytes.
  func equals(_ other: UnsafeRawBufferPointer) -> Bool {
    guard count == other.count else { return false }
    for index in 0..<count where self[index] != other[index] { return false }
    return true
  }
}
