import EventLoop

/// A WebSocket of ours. Pings are answered while messages are read.
package actor ClientWebSocket {
  private nonisolated let loop: EventLoop
  private let socket: AsyncSocket
  private let limits: ClientLimits
  private var decoder: WebSocketFrameDecoder
  private let deflate: PermessageDeflate?
  private let inflater: MessageInflater?
  private var input: [UInt8]
  private var pending: [UInt8] = []
  private var isFlushing = false
  private var closeSent = false
  private var random = SystemRandomNumberGenerator()
  /// The subprotocol that the server chose.
  package nonisolated let subprotocol: String?
  /// How it ended; nil while it is open.
  package private(set) var closure: WebSocketClosure?

  package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  private init(
    _ socket: AsyncSocket, input: [UInt8], deflate: PermessageDeflate?, subprotocol: String?, limits: ClientLimits,
    loop: EventLoop
  ) throws {
    self.socket = socket
    self.input = input
    self.deflate = deflate
    self.subprotocol = subprotocol
    self.limits = limits
    self.loop = loop
    decoder = WebSocketFrameDecoder(isServer: false, messageLimit: limits.message, acceptsCompression: deflate != nil)
    inflater = try deflate.map { try MessageInflater(keepsContext: $0.serverKeepsContext) }
  }

  static func open(
    _ connection: ClientConnection, _ target: String, host: String, headers: HeaderFields, subprotocols: [String],
    compression: Bool, limits: ClientLimits, loop: EventLoop
  ) async throws -> ClientWebSocket {
    var random = SystemRandomNumberGenerator()
    let key = Base64.encode((0..<16).map { _ in UInt8.random(in: 0...255, using: &random) })
    var request = ClientRequest(.get, target, headers: headers)
    request.headers["Upgrade"] = "websocket"
    request.headers["Connection"] = "Upgrade"
    request.headers["Sec-WebSocket-Version"] = "13"
    request.headers["Sec-WebSocket-Key"] = key
    if !subprotocols.isEmpty { request.headers["Sec-WebSocket-Protocol"] = subprotocols.joined(separator: ", ") }
    if compression { request.headers["Sec-WebSocket-Extensions"] = PermessageDeflate.offer }

    let answer = try await connection.send(request, host: host)
    guard answer.status.rawValue == 101 else { throw UpgradeRefusal(response: answer) }
    guard answer.headers["Sec-WebSocket-Accept"] == WebSocketHandshake.accept(key: key) else {
      throw ClientFailure.malformedResponse("the server did not prove that it speaks WebSocket")
    }
    var deflate: PermessageDeflate?
    if let agreed = answer.headers["Sec-WebSocket-Extensions"] {
      deflate = compression ? PermessageDeflate.accepted(answer: agreed) : nil
      guard deflate != nil else { throw ClientFailure.malformedResponse("extensions that were not offered") }
    }
    let subprotocol = answer.headers["Sec-WebSocket-Protocol"]
    guard subprotocol.map({ subprotocols.contains($0) }) ?? true else {
      throw ClientFailure.malformedResponse("a subprotocol that was not offered")
    }
    return try ClientWebSocket(
      connection.socket, input: await connection.takeInput(), deflate: deflate, subprotocol: subprotocol,
      limits: limits, loop: loop)
  }

  /// The next message; nil once it is closed, and then `closure` tells how.
  ///
  /// - Throws: `WebSocketFailure` for a server that breaks the protocol, `LoopFailure`, `CancellationError`.
  package func next() async throws -> WebSocketMessage? {
    while closure == nil {
      var cursor = 0
      let event: WebSocketFrameDecoder.Event?
      do {
        event = try decoder.next(input.span, &cursor) { message, limit throws(WebSocketFailure) in
          guard let inflater else { throw WebSocketFailure(.protocolError, "nothing was agreed") }
          return try inflater.inflate(message, limit: limit)
        }
      } catch {
        closure = WebSocketClosure(code: error.code, reason: error.reason, isClean: false)
        try await sendClose(error.code, error.reason)
        socket.close()
        throw error
      }
      input.removeFirst(cursor)
      switch event {
      case .message(let message): return message
      case .ping(let payload): try await send(.pong, payload)
      case .pong: break
      case .close(let code, let reason):
        closure = WebSocketClosure(code: code, reason: reason, isClean: true)
        try await sendClose(code, "")
        socket.finishSending()
      case nil:
        let bytes = try await socket.receive(upTo: 64 << 10)
        if bytes.isEmpty { closure = WebSocketClosure(code: .abnormal, reason: "", isClean: false) }
        input.append(contentsOf: bytes)
      }
    }
    return nil
  }

  /// Sends a message, and waits while the server is slow to take it.
  package func send(_ message: WebSocketMessage) async throws {
    switch message {
    case .text(let bytes): try await send(.text, bytes)
    case .binary(let bytes): try await send(.binary, bytes)
    }
  }

  package func send(_ text: String) async throws {
    try await send(.text, Array(text.utf8))
  }

  package func ping() async throws {
    try await send(.ping, [])
  }

  /// Begins the closing handshake; read on with `next` until it returns nil.
  package func close(_ code: WebSocketCloseCode = .normal, reason: String = "") async throws {
    try await sendClose(code, reason)
  }

  private func sendClose(_ code: WebSocketCloseCode, _ reason: String) async throws {
    guard !closeSent else { return }
    try await send(.close, WebSocketFrame.closePayload(code, reason))
    closeSent = true
  }

  private func send(_ opcode: WebSocketOpcode, _ payload: [UInt8]) async throws {
    guard !closeSent else { throw ClientFailure.connectionLost }
    var bytes = payload
    var isCompressed = false
    if let deflate, deflate.clientWindowBits > 8, !opcode.isControl,
      payload.count >= WebSocketPayload.compressionThreshold,
      let smaller = payload.withUnsafeBytes({ MessageDeflater.deflate($0, windowBits: deflate.clientWindowBits) }),
      smaller.count < payload.count
    {
      (bytes, isCompressed) = (smaller, true)
    }
    pending.append(
      contentsOf: WebSocketFrame.encodeMasked(
        opcode, bytes, compressed: isCompressed, key: UInt32.random(in: .min ... .max, using: &random)))
    // Frames of several tasks go out one after the other; whoever finds a sender at work leaves its own to it.
    guard !isFlushing else { return }
    isFlushing = true
    defer { isFlushing = false }
    while !pending.isEmpty {
      let bytes = pending
      pending = []
      try await socket.send(bytes, within: limits.writeStall)
    }
  }
}
