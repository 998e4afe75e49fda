/// Percent-encoding (RFC 3986, 2.1).
enum PercentCoding {
  /// Nil for a broken escape, for bytes that are not UTF-8, and for a zero byte, which ends paths early.
  static func decode(_ text: some Collection<UInt8>) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var index = text.startIndex
    while index < text.endIndex {
      var byte = text[index]
      text.formIndex(after: &index)
      if byte == UInt8(ascii: "%") {
        guard index < text.endIndex, let high = ByteClass.hexadecimal(text[index]) else { return nil }
        text.formIndex(after: &index)
        guard index < text.endIndex, let low = ByteClass.hexadecimal(text[index]) else { return nil }
        text.formIndex(after: &index)
        byte = high << 4 | low
      }
      guard byte != 0 else { return nil }
      bytes.append(byte)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// Decodes part of a query, in which `+` is a blank; the text itself where it is not properly encoded.
  static func decodeForm(_ text: some Collection<UInt8>) -> String {
    decode(text.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }) ?? String(decoding: text, as: UTF8.self)
  }
}
