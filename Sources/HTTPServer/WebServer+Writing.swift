import EventLoop

extension WebServer {
  /// Frames taken from an outbox at once; they go out with one call.
  private static let framesPerSend = 32

  /// Sends what the connection has, as far as the socket takes it, and does what follows when all is sent.
  func flush(_ connection: Connection) {
    guard connection.phase != .dead else { return }
    while true {
      if connection.output.isEmpty, let session = connection.webSocket { takeFrames(session, connection) }
      guard !connection.output.isEmpty else { return drained(connection) }
      var sent = 0
      let outcome = connection.output.flush(connection.socket, sent: &sent)
      if sent > 0 {
        metrics.bytesSent.add(sent)
        connection.exchange?.sent += sent
        connection.blockedSince = nil
      }
      switch outcome {
      case .drained: continue
      case .blocked: return blocked(connection)
      case .paused: return loop.requestAttention(connection.token)
      case .failed: return kill(connection)
      }
    }
  }

  private func takeFrames(_ session: WebSocketSession, _ connection: Connection) {
    guard !session.closeSent else { return }
    session.socket.outbox.take(Self.framesPerSend) { payload in
      connection.output.append(payload.frame(windowBits: session.windowBits))
      metrics.framesSent.add()
      if payload.opcode == .close { session.closeSent = true }
    }
  }

  private func blocked(_ connection: Connection) {
    if connection.blockedSince == nil { connection.blockedSince = now }
    if !connection.wantsWrite {
      connection.wantsWrite = true
      updateInterest(connection)
    }
    resumeWriter(connection)
  }

  private func drained(_ connection: Connection) {
    connection.blockedSince = nil
    if connection.wantsWrite {
      connection.wantsWrite = false
      updateInterest(connection)
    }
    resumeWriter(connection)
    if connection.exchange?.progress == .complete { finishExchange(connection) }
    if let session = connection.webSocket, session.closeSent { closeFrameSent(connection, session) }
    if connection.closesAfterFlush {
      connection.closesAfterFlush = false
      linger(connection)
    }
  }

  /// Lets a handler that waits write on, once half of what it may queue is free.
  private func resumeWriter(_ connection: Connection) {
    guard let exchange = connection.exchange, exchange.writer != nil,
      connection.output.buffered <= limits.bufferedResponse / 2
    else { return }
    exchange.writer.take()?.resume()
  }

  func updateInterest(_ connection: Connection) {
    var wanted: Readiness = []
    if !connection.isReadPaused { wanted.insert(.readable) }
    if !connection.peerHasClosed { wanted.insert(.peerClosed) }
    if connection.wantsWrite { wanted.insert(.writable) }
    guard wanted != connection.interest else { return }
    connection.interest = wanted
    loop.change(connection.token, to: wanted)
  }

  /// The answer is handed over entirely: on to the next request, or to the end.
  private func finishExchange(_ connection: Connection) {
    guard let exchange = connection.exchange else { return }
    connection.exchange = nil
    tellObserver(exchange)
    guard exchange.keepsAlive, !exchange.isBodyBroken else { return linger(connection) }
    guard exchange.reader.isDone else {
      // Nobody will read the rest: it must not be taken for the next request.
      guard !exchange.owesContinue else { return linger(connection) }
      exchange.channel?.fail(ConnectionLost())
      connection.phase = .draining
      connection.unread = exchange.reader
      connection.drained = 0
      connection.deadline = now.advanced(by: limits.bodyStall)
      resumeReading(connection)
      return understand(connection)
    }
    awaitRequest(connection)
    understand(connection)
  }

  func tellObserver(_ exchange: Exchange) {
    configuration.observer?.finished(
      ExchangeSummary(
        method: exchange.head.method, route: exchange.route, status: exchange.status,
        duration: now.since(exchange.began), bytesReceived: exchange.received, bytesSent: Int64(exchange.sent)))
  }

  /// The connection is free for its next request.
  func awaitRequest(_ connection: Connection) {
    connection.phase = .head
    connection.isHeadUnderway = false
    connection.deadline = now.advanced(by: limits.idleTime)
    if isDraining, connection.input.isEmpty { return kill(connection) }
    resumeReading(connection)
  }
}
