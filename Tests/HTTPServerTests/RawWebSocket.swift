import EventLoop

/// A WebSocket whose every bit is a test's.
final class RawWebSocket {
  struct Frame: Equatable {
    let opcode: UInt8
    let isFinal: Bool
    let isCompressed: Bool
    let payload: [UInt8]

    var text: String { String(decoding: payload, as: UTF8.self) }
    var closeCode: Int { payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : 1005 }
  }

  struct Refused: Error { let status: Int }

  let client: RawClient
  let headers: [String: String]

  private init(_ client: RawClient, headers: [String: String]) {
    self.client = client
    self.headers = headers
  }

  static func open(_ test: TestServer, _ path: String, _ lines: String...) async throws -> RawWebSocket {
    try await open(try await test.connect(), path, lines)
  }

  static func open(_ client: RawClient, _ path: String, _ lines: [String] = []) async throws -> RawWebSocket {
    try await client.send(
      request(
        "GET", path,
        [
          "Connection: keep-alive, Upgrade", "Upgrade: WebSocket", "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        ] + lines))
    let response = try await client.response()
    guard response.status == 101 else { throw Refused(status: response.status) }
    return RawWebSocket(client, headers: response.headers)
  }

  /// One frame as a client's, unless told otherwise.
  static func encode(
    _ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true, reserved: UInt8 = 0, isMasked: Bool = true
  ) -> [UInt8] {
    var frame = [(isFinal ? 0x80 : 0) | reserved << 4 | opcode]
    let mask: UInt8 = isMasked ? 0x80 : 0
    switch payload.count {
    case ..<126: frame.append(mask | UInt8(payload.count))
    case ..<65_536: frame += [mask | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
    default:
      frame.append(mask | 127)
      for shift in stride(from: 56, through: 0, by: -8) { frame.append(UInt8(payload.count >> shift & 0xFF)) }
    }
    guard isMasked else { return frame + payload }
    let key: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
    return frame + key + payload.enumerated().map { $1 ^ key[$0 & 3] }
  }

  func send(
    _ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true, reserved: UInt8 = 0, isMasked: Bool = true
  ) async throws {
    try await client.send(
      Self.encode(opcode, payload, isFinal: isFinal, reserved: reserved, isMasked: isMasked))
  }

  func send(text: String) async throws { try await send(1, Array(text.utf8)) }

  /// The next frame, as a server must send it: without a mask.
  func frame() async throws -> Frame {
    let head = try await client.take(2)
    var length = Int(head[1])
    if length == 126 || length == 127 {
      length = try await client.take(length == 126 ? 2 : 8).reduce(0) { $0 << 8 | Int($1) }
    }
    return Frame(
      opcode: head[0] & 15, isFinal: head[0] & 0x80 != 0, isCompressed: head[0] & 0x40 != 0,
      payload: try await client.take(length))
  }
}
