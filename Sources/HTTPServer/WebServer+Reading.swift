import EventLoop

extension WebServer {
  /// Whether what the connection sends now could be used.
  func wantsInput(_ connection: Connection) -> Bool {
    switch connection.phase {
    case .head, .draining, .lingering: true
    case .exchange: connection.exchange.map { !$0.reader.isDone && $0.channel?.isHeldBack == false } ?? false
    case .webSocket: connection.webSocket.map { !$0.isHandling } ?? false
    case .dead: false
    }
  }

  func receive(_ connection: Connection) {
    let isBulk =
      connection.phase == .exchange || connection.phase == .draining
      || connection.webSocket?.decoder.isInsideMessage == true
    let buffer = UnsafeMutableRawBufferPointer(
      rebasing: receiveBuffer.bytes[..<(isBulk ? Self.receiveSize : Self.headReceiveSize)])
    switch connection.socket.receive(into: buffer) {
    case .moved(let count):
      metrics.bytesReceived.add(count)
      connection.webSocket?.lastHeard = now
      take(UnsafeRawBufferPointer(rebasing: buffer[..<count]), connection)
    case .wouldBlock: break
    case .ended: endOfInput(connection)
    case .failed: kill(connection)
    }
  }

  private func take(_ received: UnsafeRawBufferPointer, _ connection: Connection) {
    guard connection.input.isEmpty else {
      connection.input.append(contentsOf: received)
      return understand(connection)
    }
    let bytes = received.bindMemory(to: UInt8.self)
    let used = consume(connection, bytes.span)
    if connection.phase != .dead, used < bytes.count { connection.input = Array(bytes[used...]) }
  }

  /// Goes on with input that had to wait.
  func understand(_ connection: Connection) {
    guard !connection.input.isEmpty else { return }
    // Taken out meanwhile: nothing that `consume` calls looks at it.
    var input: [UInt8] = []
    swap(&input, &connection.input)
    let used = consume(connection, input.span)
    guard connection.phase != .dead, used < input.count else { return }
    if used > 0 { input.removeFirst(used) }
    connection.input = input
  }

  /// - Returns: how many bytes were understood; the rest must wait for more, or for an answer to be written.
  private func consume(_ connection: Connection, _ input: Span<UInt8>) -> Int {
    var cursor = 0
    while cursor < input.count {
      switch connection.phase {
      case .head:
        guard readHead(connection, input, &cursor) else { return cursor }
      case .exchange:
        guard let exchange = connection.exchange, !exchange.reader.isDone else { return cursor }
        readBody(connection, exchange, input, &cursor)
      case .draining:
        drainBody(connection, input, &cursor)
      case .webSocket:
        guard readFrames(connection, input, &cursor) else { return cursor }
      case .lingering, .dead:
        return input.count
      }
    }
    return cursor
  }

  private func readHead(_ connection: Connection, _ input: Span<UInt8>, _ cursor: inout Int) -> Bool {
    let limits = RequestHeadParser.Limits(head: limits.head, target: limits.target, fields: limits.fields)
    do throws(HTTPFailure) {
      guard let (head, length) = try connection.parser.parse(input.extracting(cursor...), limits) else {
        // From its first byte on, a head has its time, however long the connection has idled.
        if !connection.isHeadUnderway {
          connection.isHeadUnderway = true
          connection.deadline = min(connection.deadline, now.advanced(by: self.limits.headTime))
        }
        return false
      }
      cursor += length
      connection.isHeadUnderway = false
      try begin(head, connection)
      return true
    } catch {
      metrics.malformed.add()
      refuse(connection, error)
      return true
    }
  }

  private func readBody(
    _ connection: Connection, _ exchange: Exchange, _ input: Span<UInt8>, _ cursor: inout Int
  ) {
    exchange.lastReceived = now
    do throws(HTTPFailure) {
      let content = try exchange.reader.next(input, &cursor)
      exchange.received += Int64(content.count)
      guard exchange.received <= exchange.bodyLimit else { throw .bodyTooLarge }
      if !content.isEmpty {
        exchange.channel?.deliver(input.extracting(content).withUnsafeBufferPointer { Array($0) })
      }
    } catch {
      // What follows cannot be told from the body: nothing more is read.
      exchange.channel?.fail(error)
      exchange.reader = .done
      exchange.keepsAlive = false
      exchange.isBodyBroken = true
      cursor = input.count
    }
    if exchange.reader.isDone { exchange.channel?.finish() }
    if exchange.channel?.isHeldBack == true { pauseReading(connection) }
  }

  private func drainBody(_ connection: Connection, _ input: Span<UInt8>, _ cursor: inout Int) {
    let before = cursor
    do throws(HTTPFailure) {
      _ = try connection.unread.next(input, &cursor)
    } catch {
      return linger(connection)
    }
    connection.drained += Int64(cursor - before)
    if connection.unread.isDone {
      awaitRequest(connection)
    } else if connection.drained > limits.drainedBody {
      linger(connection)
    }
  }

  func pauseReading(_ connection: Connection) {
    connection.isReadPaused = true
    updateInterest(connection)
  }

  func resumeReading(_ connection: Connection) {
    // A stall is the client's only while it is read.
    connection.exchange?.lastReceived = now
    guard connection.isReadPaused else { return }
    connection.isReadPaused = false
    updateInterest(connection)
  }

  /// The stream of input has ended.
  private func endOfInput(_ connection: Connection) {
    connection.peerHasClosed = true
    kill(connection)
  }

  /// The other end sends no more, and what it has sent may be unread yet.
  func peerClosed(_ connection: Connection) {
    connection.peerHasClosed = true
    updateInterest(connection)
    // Reading will tell the end where it is still wanted. Else a handler is at work: whoever asked has most likely
    // gone, so it may stop; if it answers nevertheless, the answer is sent, for the other end may have closed one
    // direction only.
    if let exchange = connection.exchange, exchange.reader.isDone {
      exchange.keepsAlive = false
      exchange.task?.cancel()
    }
  }
}
