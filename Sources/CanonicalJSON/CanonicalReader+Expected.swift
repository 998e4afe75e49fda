#if canImport(Glibc)
  import Glibc
#endif

// What stands where canonical JSON has it is passed by comparing bytes; anything else is read the general way.
extension CanonicalReader {
  /// Passes the innermost object's next key where it is this one and nothing stands between that canonical JSON has not.
  ///
  /// Members that are asked for in the order of canonical JSON are read without a look at any other key:
  ///
  ///     try reader.beginObject()
  ///     if reader.passes("left") { left = try reader.readNumber() }
  ///     while let key = try reader.nextKey() { … }
  ///
  /// - Parameter key: of ASCII, without anything that has to be escaped.
  package mutating func passes(_ key: StaticString) -> Bool {
    let quote = isFirst ? offset : offset + 1
    let length = key.utf8CodeUnitCount
    guard key.hasPointerRepresentation, bytes.count - quote >= length + 3, isFirst || bytes[offset] == .comma,
      bytes[quote] == .quote, bytes[quote + length + 1] == .quote, bytes[quote + length + 2] == .colon,
      let start = bytes.baseAddress, memcmp(start + quote + 1, key.utf8Start, length) == 0
    else { return false }
    offset = quote + length + 3
    isFirst = false
    return true
  }

  /// Passes the next value where it is this string.
  ///
  /// - Parameter text: of ASCII, without anything that has to be escaped.
  package mutating func passesString(_ text: StaticString) -> Bool {
    skipBlanks()
    let length = text.utf8CodeUnitCount
    guard text.hasPointerRepresentation, bytes.count - offset >= length + 2, bytes[offset] == .quote,
      bytes[offset + length + 1] == .quote, let start = bytes.baseAddress,
      memcmp(start + offset + 1, text.utf8Start, length) == 0
    else { return false }
    offset += length + 2
    return true
  }
}
