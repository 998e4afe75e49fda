/// Writes frames (RFC 6455, 5.2).
enum WebSocketFrame {
  /// The longest header: two bytes, eight of length, four of mask.
  static let longestHeader = 14
  /// The longest payload of a control frame.
  static let controlLimit = 125

  /// A final frame as a server sends it: without a mask.
  static func encode(
    _ opcode: WebSocketOpcode, _ payload: UnsafeRawBufferPointer, compressed: Bool = false
  ) -> SharedBytes {
    let header = header(opcode, payload.count, compressed: compressed, masked: false)
    return SharedBytes(count: header.count + payload.count) { output in
      output.copyBytes(from: header)
      UnsafeMutableRawBufferPointer(rebasing: output[header.count...]).copyBytes(from: payload)
    }
  }

  /// A final frame as a client sends it: masked with a key that nobody can guess (RFC 6455, 10.3).
  static func encodeMasked(_ opcode: WebSocketOpcode, _ payload: [UInt8], compressed: Bool, key: UInt32) -> [UInt8] {
    var frame = header(opcode, payload.count, compressed: compressed, masked: true)
    withUnsafeBytes(of: key) { frame.append(contentsOf: $0) }
    let start = frame.count
    frame.append(contentsOf: payload)
    frame.withUnsafeMutableBytes {
      WebSocketMask.apply(key, to: UnsafeMutableRawBufferPointer(rebasing: $0[start...]), phase: 0)
    }
    return frame
  }

  /// The payload of a close frame; a reason that does not fit is cut at a character.
  static func closePayload(_ code: WebSocketCloseCode, _ reason: String) -> [UInt8] {
    guard code.maySend else { return [] }
    var payload = [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xFF)]
    for character in reason {
      guard payload.count + character.utf8.count <= controlLimit else { break }
      payload.append(contentsOf: character.utf8)
    }
    return payload
  }

  private static func header(_ opcode: WebSocketOpcode, _ length: Int, compressed: Bool, masked: Bool) -> [UInt8] {
    let mask: UInt8 = masked ? 0x80 : 0
    var header = [0x80 | (compressed ? 0x40 : 0) | opcode.rawValue]
    switch length {
    case ..<126:
      header.append(mask | UInt8(length))
    case ..<0x1_0000:
      header.append(mask | 126)
      header.append(contentsOf: [UInt8(length >> 8), UInt8(length & 0xFF)])
    default:
      header.append(mask | 127)
      for shift in stride(from: 56, through: 0, by: -8) {
        header.append(UInt8(truncatingIfNeeded: UInt64(length) >> UInt64(shift)))
      }
    }
    return header
  }
}
