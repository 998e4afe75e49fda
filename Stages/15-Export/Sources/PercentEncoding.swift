/// Addresses made of names. Source: RFC 3986, sections 2.1 and 2.3.
enum PercentEncoding {
  /// A name as one segment of a path.
  static func path(_ name: String) -> String { encode(name) { isUnreserved($0) } }

  /// An address as it stands, with only what no address may hold encoded: white space, controls, quotes, brackets.
  static func address(_ text: String) -> String {
    encode(text) { $0 > 0x20 && $0 < 0x7F && !forbidden.contains($0) }
  }

  private static let forbidden = Set("\"<>\\^`{|}".utf8)
  private static let digits = Array("0123456789ABCDEF".utf8)

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
    default: false
    }
  }

  private static func encode(_ text: String, keeping keep: (UInt8) -> Bool) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if keep(byte) { bytes.append(byte) } else { bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
