import EventLoop

extension WebServer {
  /// Says that no more comes, and throws away what the other end still sends, for a while: closing with unread input
  /// would reset the connection, and the client might lose the answer (RFC 9112, 9.6).
  func linger(_ connection: Connection) {
    guard connection.phase != .dead else { return }
    connection.phase = .lingering
    connection.input = []
    connection.socket.shutdownWriting()
    connection.deadline = now.advanced(by: limits.lingering)
    if connection.peerHasClosed { return kill(connection) }
    resumeReading(connection)
  }

  /// Ends a connection at once, and tells everyone who waits for it.
  func kill(_ connection: Connection, reset: Bool = false) {
    guard connection.phase != .dead else { return }
    connection.phase = .dead
    loop.remove(connection.token)
    connections[Int(connection.token.descriptor)] = nil
    connectionCount -= 1
    metrics.connections.add(-1)
    if reset { connection.socket.reset() } else { connection.socket.close() }
    connection.output.removeAll()
    if let exchange = connection.exchange {
      connection.exchange = nil
      // Before the task is cancelled, so that the handler learns why.
      exchange.channel?.fail(ConnectionLost())
      exchange.writer.take()?.resume(throwing: ConnectionLost())
      exchange.task?.cancel()
      tellObserver(exchange)
    }
    if let session = connection.webSocket {
      connection.webSocket = nil
      ended(session)
    }
    if isDraining, connectionCount == 0 { endDrain() }
  }

  /// Stops gracefully: takes no more connections, finishes the answers that are under way, closes WebSockets with 1001,
  /// and returns when all are gone. What is left after `time` is reset.
  package func drain(within time: Duration = .seconds(3)) async {
    now = loop.clock.now
    isDraining = true
    for (token, listener) in listeners {
      loop.remove(token)
      listener.close()
    }
    listeners.removeAll()
    for connection in connections.compactMap({ $0 }) {
      if let session = connection.webSocket {
        session.socket.close(.goingAway, reason: "the server is stopping")
      } else if connection.phase == .head, connection.input.isEmpty {
        kill(connection)
      }
    }
    guard connectionCount > 0 else { return endDrain() }
    loop.schedule(after: time) { [weak self] in self?.assumeIsolated { $0.killAll() } }
    await withCheckedContinuation { waiter in
      // The way here may have led through the loop's queue: the last connection may be gone meanwhile.
      if connectionCount == 0 { waiter.resume() } else { drainWaiters.append(waiter) }
    }
  }

  private func killAll() {
    for connection in connections.compactMap({ $0 }) { kill(connection, reset: true) }
  }

  private func endDrain() {
    reserve = nil
    for waiter in drainWaiters { waiter.resume() }
    drainWaiters = []
  }
}
