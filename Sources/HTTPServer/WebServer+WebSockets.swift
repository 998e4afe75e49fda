import EventLoop

extension WebServer {
  /// Turns a connection into a WebSocket.
  func upgrade(
    _ connection: Connection, _ exchange: Exchange, _ response: Response, _ upgrade: WebSocketUpgrade
  ) throws(HTTPFailure) {
    let handshake = try WebSocketHandshake(answering: exchange.head, upgrade)
    guard exchange.framing.body == .none else { throw .badRequest("A WebSocket's request has no body.") }
    guard !isDraining else { throw HTTPFailure(.serviceUnavailable, "stopping", "The server is stopping.") }
    var response = response
    handshake.write(to: &response.headers)
    scratch.removeAll(keepingCapacity: true)
    writeHead(response, length: nil, keepsAlive: true, version: .http11)
    connection.output.append(scratch)
    exchange.status = response.status

    let outbox = Outbox(
      token: connection.token, limits: upgrade.limits.outbox ?? limits.outbox, loop: loop, metrics: metrics)
    let session = WebSocketSession(
      socket: WebSocket(outbox: outbox, subprotocol: handshake.subprotocol, token: connection.token),
      handler: upgrade.handler,
      decoder: WebSocketFrameDecoder(
        isServer: true, messageLimit: upgrade.limits.message ?? limits.message,
        acceptsCompression: handshake.deflate != nil),
      windowBits: handshake.deflate?.serverWindowBits, now: now)
    connection.exchange = nil
    connection.webSocket = session
    connection.phase = .webSocket
    connection.deadline = .never
    metrics.webSockets.add()
    call(session) { handler, socket in await handler.opened(socket) }
    flush(connection)
    tellObserver(exchange)
  }

  /// Runs one of the handler's methods; no further message is read until it has returned.
  private func call(
    _ session: WebSocketSession, _ body: @escaping @Sendable (any WebSocketHandler, WebSocket) async -> Void
  ) {
    session.isHandling = true
    Task(executorPreference: loop) { [self, handler = session.handler, socket = session.socket] in
      loop.describeActivity("a WebSocket's handler")
      await body(handler, socket)
      if loop.isCurrent { handledHere(socket.token) } else { await handled(socket.token) }
    }
  }

  private nonisolated func handledHere(_ token: EventToken) {
    assumeIsolated { $0.handled(token) }
  }

  private func handled(_ token: EventToken) {
    now = loop.clock.now
    if let ending = endings.removeValue(forKey: token) { return tellEnd(ending) }
    guard let connection = connection(token), let session = connection.webSocket else { return }
    session.isHandling = false
    understand(connection)
    if connection.phase != .dead, wantsInput(connection) { resumeReading(connection) }
  }

  /// - Returns: false if the input must wait: for more of it, or for the handler.
  func readFrames(_ connection: Connection, _ input: Span<UInt8>, _ cursor: inout Int) -> Bool {
    guard let session = connection.webSocket, !session.isHandling else { return false }
    let before = cursor
    do throws(WebSocketFailure) {
      let event = try session.decoder.next(input, &cursor) { message, limit throws(WebSocketFailure) in
        try inflate(message, limit)
      }
      guard let event else { return cursor > before }
      handle(event, connection, session)
    } catch {
      fail(connection, session, error)
    }
    return true
  }

  private func inflate(_ message: [UInt8], _ limit: Int) throws(WebSocketFailure) -> [UInt8] {
    if let inflater { return try inflater.inflate(message, limit: limit) }
    // All clients agreed to keep no context, so that one serves them all.
    let made = try MessageInflater(keepsContext: false)
    inflater = made
    return try made.inflate(message, limit: limit)
  }

  private func handle(_ event: WebSocketFrameDecoder.Event, _ connection: Connection, _ session: WebSocketSession) {
    switch event {
    case .message(let message):
      metrics.messagesReceived.add()
      // Once our close frame is out, what still comes is for nobody (RFC 6455, 1.4).
      guard !session.closeSent else { return }
      call(session) { handler, socket in await handler.received(message, from: socket) }
    case .ping(let payload):
      session.socket.outbox.offerPong(WebSocketPayload(.pong, payload))
    case .pong(let payload):
      // Only our latest ping counts: whatever else comes, nobody asked for.
      if payload == PingPayload.bytes(sentAt: session.lastPing) {
        metrics.pingRoundTrip.record(now.since(session.lastPing))
      }
    case .close(let code, let reason):
      session.closure = WebSocketClosure(code: code, reason: reason, isClean: true)
      let answer = WebSocketPayload(.close, WebSocketFrame.closePayload(code, ""))
      session.socket.outbox.close(with: answer, atOnce: true)
      connection.phase = .lingering
      connection.deadline = now.advanced(by: limits.closeHandshake)
      flush(connection)
    }
  }

  /// Our close frame was handed over.
  func closeFrameSent(_ connection: Connection, _ session: WebSocketSession) {
    if session.closure != nil {
      // The server closes first, so that the port is free at the client (RFC 6455, 7.1.1).
      if connection.phase != .lingering || !connection.closesAfterFlush { linger(connection) }
    } else if connection.deadline == .never {
      connection.deadline = now.advanced(by: limits.closeHandshake)
    }
  }

  /// Closes for a reason of ours; what waits in the outbox is not sent any more.
  func fail(_ connection: Connection, _ session: WebSocketSession, _ failure: WebSocketFailure) {
    session.closure = session.closure ?? WebSocketClosure(code: failure.code, reason: failure.reason, isClean: false)
    session.socket.outbox.close(
      with: WebSocketPayload(.close, WebSocketFrame.closePayload(failure.code, failure.reason)), atOnce: true)
    connection.phase = .lingering
    connection.deadline = now.advanced(by: limits.closeHandshake)
    flush(connection)
  }

  /// The connection of a WebSocket is gone.
  func ended(_ session: WebSocketSession) {
    metrics.webSockets.add(-1)
    session.socket.outbox.shut()
    if session.isHandling {
      endings[session.socket.token] = session
    } else {
      tellEnd(session)
    }
  }

  private func tellEnd(_ session: WebSocketSession) {
    let closure = session.closure ?? WebSocketClosure(code: .abnormal, reason: "", isClean: false)
    Task(executorPreference: loop) { [handler = session.handler, socket = session.socket] in
      await handler.closed(socket, closure)
    }
  }

  /// Pings, dead peers, slow clients.
  /// - Returns: false if the WebSocket is over.
  func sweep(_ session: WebSocketSession, _ connection: Connection) -> Bool {
    let stalled = connection.blockedSince.map { now > $0.advanced(by: limits.writeStall) } ?? false
    let overfull = session.socket.outbox.fullSince.map { now > $0.advanced(by: limits.outboxFull) } ?? false
    if stalled || overfull {
      metrics.slowClients.add()
      if connection.output.isEmpty {
        fail(connection, session, WebSocketFailure(.tryAgainLater, "too slow"))
      } else {
        // Half a frame is sent: nothing can be said any more.
        session.closure = WebSocketClosure(code: .tryAgainLater, reason: "too slow", isClean: false)
        kill(connection, reset: true)
      }
      return false
    }
    // While its handler is at work, a client is not read, so that its silence proves nothing.
    if session.isHandling { session.lastHeard = now }
    if now > session.lastHeard.advanced(by: limits.silence) {
      metrics.deadPeers.add()
      kill(connection, reset: true)
      return false
    }
    if now >= session.lastPing.advanced(by: limits.pingInterval) {
      session.lastPing = now
      session.socket.outbox.offer(WebSocketPayload(.ping, PingPayload.bytes(sentAt: now)), key: Outbox.pingKey)
    }
    return true
  }
}
