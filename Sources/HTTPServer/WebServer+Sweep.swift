import EventLoop

extension WebServer {
  /// Looks at every connection's time limits now and then, which is cheaper than a timer for each and late by at most
  /// one interval.
  func scheduleSweep() {
    loop.schedule(after: limits.sweepInterval) { [weak self] in
      self?.assumeIsolated { server in
        server.sweep()
        // Once drained, there is nothing left to look at.
        if !server.isDraining || server.connectionCount > 0 { server.scheduleSweep() }
      }
    }
  }

  private func sweep() {
    now = loop.clock.now
    for connection in connections {
      guard let connection else { continue }
      sweep(connection)
    }
  }

  private func sweep(_ connection: Connection) {
    if let session = connection.webSocket, connection.phase == .webSocket {
      guard sweep(session, connection) else { return }
    } else if let since = connection.blockedSince, now > since.advanced(by: limits.writeStall) {
      metrics.timeouts.add()
      return kill(connection, reset: true)
    }
    if let exchange = connection.exchange { sweep(exchange, connection) }
    guard now > connection.deadline else { return }
    metrics.timeouts.add()
    // Silence deserves none but silence; half a request is told what is missing.
    if connection.phase == .head, !connection.input.isEmpty {
      refuse(connection, .headTimeout)
    } else {
      kill(connection)
    }
  }

  /// A body that is awaited and does not come.
  private func sweep(_ exchange: Exchange, _ connection: Connection) {
    guard !exchange.reader.isDone, !exchange.owesContinue, !connection.isReadPaused,
      now > exchange.lastReceived.advanced(by: limits.bodyStall)
    else { return }
    metrics.timeouts.add()
    exchange.reader = .done
    exchange.isBodyBroken = true
    exchange.keepsAlive = false
    exchange.channel?.fail(HTTPFailure.bodyTimeout)
    // A handler that reads is told; one that does not will answer, and then the connection is closed.
  }
}
