/// Puts frames together to messages as they arrive (RFC 6455, 5; RFC 7692, 7.2.2).
///
/// A header is read when it is there as a whole, and so is a control frame, which is short. The payload of data frames
/// is taken over piece by piece, and grows no faster than the client really sends.
struct WebSocketFrameDecoder {
  enum Event: Equatable {
    case message(WebSocketMessage)
    case ping([UInt8])
    case pong([UInt8])
    case close(WebSocketCloseCode, reason: String)
  }

  private struct Header {
    var opcode: WebSocketOpcode
    var isFinal: Bool
    var isCompressed: Bool
    var key: UInt32
    var length: Int
    var size: Int
  }

  private let isServer: Bool
  private let messageLimit: Int
  private let acceptsCompression: Bool
  /// The data frame whose payload is being read, and how much of it is still to come.
  private var frame: Header?
  private var remaining = 0
  /// The message under way: its first frame's kind, and what has come of it.
  private var opcode: WebSocketOpcode?
  private var isCompressed = false
  private var message: [UInt8] = []
  private var text = UTF8Validator()
  /// Where the bytes begin that the text check has not yet seen.
  private var checked = 0

  /// - Parameters:
  ///   - isServer: whether frames must be masked (RFC 6455, 5.1) or must not.
  ///   - messageLimit: bytes of a message, after inflation.
  init(isServer: Bool, messageLimit: Int, acceptsCompression: Bool) {
    self.isServer = isServer
    self.messageLimit = messageLimit
    self.acceptsCompression = acceptsCompression
  }

  /// Whether a message has begun and is not there entirely.
  var isInsideMessage: Bool { opcode != nil || frame != nil }

  /// Reads on from `cursor`, which is moved over what was read.
  ///
  /// - Parameter inflate: turns a compressed message into its content.
  /// - Returns: the next event; nil when more input is needed.
  /// - Throws: what the WebSocket must be closed with.
  mutating func next(
    _ input: Span<UInt8>, _ cursor: inout Int,
    inflate: ([UInt8], Int) throws(WebSocketFailure) -> [UInt8]
  ) throws(WebSocketFailure) -> Event? {
    while true {
      if frame == nil {
        guard let header = try readHeader(input, cursor) else { return nil }
        if header.opcode.isControl {
          guard input.count - cursor >= header.size + header.length else { return nil }
          let start = cursor + header.size
          cursor = start + header.length
          return try control(header, unmasked(input.extracting(start..<cursor), header.key))
        }
        try begin(header)
        cursor += header.size
      }
      takePayload(input, &cursor)
      try checkText()
      guard remaining == 0 else { return nil }
      let isFinal = frame?.isFinal == true
      frame = nil
      if isFinal { return try finish(inflate) }
    }
  }

  private func readHeader(_ input: Span<UInt8>, _ start: Int) throws(WebSocketFailure) -> Header? {
    guard input.count - start >= 2 else { return nil }
    let first = input[start]
    let second = input[start + 1]
    guard let opcode = WebSocketOpcode(rawValue: first & 0x0F) else { throw .protocolError("a reserved opcode") }
    let isFinal = first & 0x80 != 0
    let isCompressed = first & 0x40 != 0
    guard first & 0x30 == 0 else { throw .protocolError("a reserved bit is set") }
    guard (second & 0x80 != 0) == isServer else {
      throw .protocolError(isServer ? "a client must mask its frames" : "a server must not mask its frames")
    }
    let short = Int(second & 0x7F)
    if opcode.isControl {
      guard isFinal else { throw .protocolError("a control frame in parts") }
      guard short <= WebSocketFrame.controlLimit else { throw .protocolError("a control frame that is too long") }
      guard !isCompressed else { throw .protocolError("a compressed control frame") }
    } else if isCompressed, !acceptsCompression || opcode == .continuation {
      throw .protocolError("a reserved bit is set")
    }
    let extra = short == 126 ? 2 : short == 127 ? 8 : 0
    let size = 2 + extra + (isServer ? 4 : 0)
    guard input.count - start >= size else { return nil }
    var length = UInt64(short)
    if extra > 0 {
      length = 0
      for index in 0..<extra { length = length << 8 | UInt64(input[start + 2 + index]) }
      guard length >> 63 == 0 else { throw .protocolError("a length with its highest bit set") }
      guard length > (extra == 2 ? 125 : 0xFFFF) else { throw .protocolError("a length that is not minimal") }
    }
    guard let length = Int(exactly: length) else { throw WebSocketFailure(.messageTooBig, "the message is too big") }
    var key: UInt32 = 0
    if isServer {
      withUnsafeMutableBytes(of: &key) { key in
        for index in 0..<4 { key[index] = input[start + size - 4 + index] }
      }
    }
    return Header(
      opcode: opcode, isFinal: isFinal, isCompressed: isCompressed, key: key, length: length, size: size)
  }

  /// A data frame's header is there.
  private mutating func begin(_ header: Header) throws(WebSocketFailure) {
    if header.opcode == .continuation {
      guard opcode != nil else { throw .protocolError("a continuation of nothing") }
    } else {
      guard opcode == nil else { throw .protocolError("a new message within another") }
      opcode = header.opcode
      isCompressed = header.isCompressed
      text = UTF8Validator()
    }
    // What is compressed may exceed the limit by the few bytes that deflate adds to what it cannot shrink.
    let limit = isCompressed ? messageLimit + messageLimit / 1024 + 64 : messageLimit
    guard header.length <= limit - message.count else {
      throw WebSocketFailure(.messageTooBig, "the message is too big")
    }
    frame = header
    remaining = header.length
  }

  private mutating func takePayload(_ input: Span<UInt8>, _ cursor: inout Int) {
    guard let frame, remaining > 0 else { return }
    let count = min(remaining, input.count - cursor)
    guard count > 0 else { return }
    let before = message.count
    input.extracting(cursor..<cursor + count).withUnsafeBufferPointer { message.append(contentsOf: $0) }
    if isServer {
      message.withUnsafeMutableBytes {
        WebSocketMask.apply(
          frame.key, to: UnsafeMutableRawBufferPointer(rebasing: $0[before...]), phase: frame.length - remaining)
      }
    }
    remaining -= count
    cursor += count
    checked = before
  }

  /// Text that cannot become valid is refused before the rest has come.
  private mutating func checkText() throws(WebSocketFailure) {
    guard opcode == .text, !isCompressed, checked < message.count else { return }
    let isValid = message.withUnsafeBytes { text.accept(UnsafeRawBufferPointer(rebasing: $0[checked...])) }
    checked = message.count
    guard isValid else { throw .invalidText }
  }

  /// The message is there entirely.
  private mutating func finish(
    _ inflate: ([UInt8], Int) throws(WebSocketFailure) -> [UInt8]
  ) throws(WebSocketFailure) -> Event {
    var bytes = message
    let isText = opcode == .text
    message = []
    opcode = nil
    checked = 0
    if isCompressed {
      bytes = try inflate(bytes, messageLimit)
      if isText, !bytes.withUnsafeBytes(UTF8Validator.isValid) { throw .invalidText }
    } else if isText, !text.isComplete {
      throw .invalidText
    }
    return .message(isText ? .text(bytes) : .binary(bytes))
  }

  private func control(_ header: Header, _ payload: [UInt8]) throws(WebSocketFailure) -> Event {
    switch header.opcode {
    case .ping: return .ping(payload)
    case .pong: return .pong(payload)
    default: break
    }
    guard !payload.isEmpty else { return .close(.none, reason: "") }
    guard payload.count >= 2 else { throw .protocolError("a close code of one byte") }
    let code = WebSocketCloseCode(rawValue: UInt16(payload[0]) << 8 | UInt16(payload[1]))
    guard code.maySend else { throw .protocolError("a close code that must not be sent") }
    guard let reason = String(validating: payload[2...], as: UTF8.self) else { throw .invalidText }
    return .close(code, reason: reason)
  }

  private func unmasked(_ payload: Span<UInt8>, _ key: UInt32) -> [UInt8] {
    var bytes = payload.withUnsafeBufferPointer { Array($0) }
    if isServer { bytes.withUnsafeMutableBytes { WebSocketMask.apply(key, to: $0, phase: 0) } }
    return bytes
  }
}

extension WebSocketFailure {
  static func protocolError(_ reason: String) -> WebSocketFailure { WebSocketFailure(.protocolError, reason) }

  static let invalidText = WebSocketFailure(.invalidPayload, "the text is not UTF-8")
}
