/// The masking of client frames (RFC 6455, 5.3), eight bytes at a time.
enum WebSocketMask {
  /// - Parameters:
  ///   - key: its four bytes in memory order.
  ///   - phase: how many bytes of the frame came before these.
  static func apply(_ key: UInt32, to bytes: UnsafeMutableRawBufferPointer, phase: Int) {
    // The key, turned so that its first byte is the one for the first of these bytes.
    let little = UInt32(littleEndian: key)
    let turn = UInt32(phase & 3) * 8
    let turned = turn == 0 ? little : little >> turn | little << (32 - turn)
    let wide = UInt64(turned) << 32 | UInt64(turned)
    var index = 0
    while index + 8 <= bytes.count {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      bytes.storeBytes(of: (word ^ wide).littleEndian, toByteOffset: index, as: UInt64.self)
      index += 8
    }
    var rest = wide
    while index < bytes.count {
      bytes[index] ^= UInt8(truncatingIfNeeded: rest)
      rest >>= 8
      index += 1
    }
  }
}
