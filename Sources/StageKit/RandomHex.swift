/// Unguessable names of hexadecimal digits, from the system's random numbers.
package enum RandomHex {
  private static let alphabet = Array("0123456789abcdef".utf8)

  /// - Parameter digits: a multiple of 16 costs nothing extra.
  package static func text(digits: Int) -> String {
    var generator = SystemRandomNumberGenerator()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits)
    while bytes.count < digits {
      var number: UInt64 = generator.next()
      for _ in 0..<min(16, digits - bytes.count) {
        bytes.append(alphabet[Int(number & 15)])
        number >>= 4
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
