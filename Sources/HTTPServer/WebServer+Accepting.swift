import EventLoop

extension WebServer {
  /// Connections taken per event, so that a flood of them does not keep those that are there waiting.
  private static let acceptsPerTurn = 64

  static func openReserve() -> OpenFile? {
    // Any plain file serves; this program itself is one that is there.
    try? OpenFile(path: "/proc/self/exe")
  }

  func accept(from listener: ListeningSocket) {
    for _ in 0..<Self.acceptsPerTurn {
      switch listener.accept() {
      case .connection(let socket, let peer): add(socket, peer)
      case .none: return
      case .failed: continue
      case .outOfDescriptors:
        metrics.refused.add()
        // Level-triggered, a connection that cannot be taken would wake the loop for ever: one descriptor is given up
        // to take it, and to turn it away.
        reserve = nil
        let taken = listener.accept()
        if case .connection(let socket, _) = taken { socket.reset() }
        reserve = Self.openReserve()
        guard case .connection = taken else { return }
      }
    }
  }

  private func add(_ socket: StreamSocket, _ peer: SocketAddress) {
    guard connectionCount < limits.connections else {
      metrics.refused.add()
      return socket.reset()
    }
    let interest: Readiness = [.readable, .peerClosed]
    guard let token = try? loop.register(socket.descriptor, for: interest, handler: self) else {
      // The kernel watches no more descriptors.
      metrics.refused.add()
      return socket.reset()
    }
    if let bytes = limits.sendBuffer { socket.setSendBuffer(bytes: bytes) }
    let index = Int(socket.descriptor)
    if index >= connections.count {
      connections.append(contentsOf: repeatElement(nil, count: index + 1 - connections.count))
    }
    connections[index] = Connection(
      socket: socket, token: token, peer: peer, interest: interest, deadline: now.advanced(by: limits.headTime))
    connectionCount += 1
    metrics.connections.add()
    metrics.accepted.add()
  }
}
