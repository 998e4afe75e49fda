import EventLoop

/// An HTTP/1.1 and WebSocket server on one event loop.
///
/// Its isolation is the loop's thread: the loop calls `ready`, which enters the actor without a hop. Handlers run as
/// tasks that prefer the loop, so that a request whose handler never waits never changes threads.
package actor WebServer: ReadinessHandler {
  package nonisolated let loop: EventLoop
  package nonisolated let metrics = ServerMetrics()
  package nonisolated let configuration: ServerConfiguration
  nonisolated let router: Router

  /// Bytes read at once while a body or a long message arrives.
  static let receiveSize = 256 << 10
  /// Bytes read at once otherwise; what cannot be used yet is kept, so it must not be much.
  static let headReceiveSize = 16 << 10

  let receiveBuffer = ReceiveBuffer(count: WebServer.receiveSize)
  var listeners: [EventToken: ListeningSocket] = [:]
  var connections: [Connection?] = []
  var connectionCount = 0
  var now: LoopInstant
  /// Bytes of a response's head, and of a small body after it; emptied and used again.
  var scratch: [UInt8] = []
  var date = ""
  var dateUntil = LoopInstant(nanoseconds: .min)
  var inflater: MessageInflater?
  /// WebSockets that are gone while their handler was at work: they are told when it has finished.
  var endings: [EventToken: WebSocketSession] = [:]
  /// Held back to be given up when no descriptors are left.
  var reserve: OpenFile?
  var isSweeping = false
  var isDraining = false
  var drainWaiters: [CheckedContinuation<Void, Never>] = []

  package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  package init(router: Router, configuration: ServerConfiguration = ServerConfiguration(), loop: EventLoop) {
    self.router = router
    self.configuration = configuration
    self.loop = loop
    now = loop.clock.now
  }

  /// Begins to take connections at `address`. May be called for several.
  ///
  /// - Returns: the address it listens at, with the port that the system chose for port 0.
  /// - Throws: `LoopFailure.Code.system`, e.g. for an address that is in use.
  @discardableResult
  package func listen(on address: SocketAddress) async throws(LoopFailure) -> SocketAddress {
    await RuntimeDescriptors.open()
    // Without it, running out of descriptors is survived less gracefully.
    if reserve == nil { reserve = Self.openReserve() }
    let listener = try ListeningSocket(address)
    do {
      listeners[try loop.register(listener.descriptor, for: .readable, handler: self)] = listener
    } catch {
      listener.close()
      throw error
    }
    if !isSweeping {
      isSweeping = true
      scheduleSweep()
    }
    return listener.address
  }

  /// How many connections are open.
  package var openConnections: Int { connectionCount }

  package nonisolated func ready(_ events: ArraySlice<ReadyEvent>) {
    assumeIsolated { $0.process(events) }
  }

  var limits: ServerLimits { configuration.limits }

  private func process(_ events: ArraySlice<ReadyEvent>) {
    now = loop.clock.now
    for event in events {
      if let connection = connection(event.token) {
        process(event.readiness, of: connection)
      } else if let listener = listeners[event.token] {
        accept(from: listener)
      }
    }
  }

  private func process(_ readiness: Readiness, of connection: Connection) {
    if readiness.contains(.failed) { return kill(connection) }
    if readiness.contains(.attention) { attend(to: connection) }
    if readiness.contains(.writable), connection.phase != .dead { flush(connection) }
    if readiness.contains(.readable), connection.phase != .dead {
      if wantsInput(connection) {
        receive(connection)
      } else {
        pauseReading(connection)
      }
    }
    guard connection.phase != .dead else { return }
    if readiness.contains(.hungUp) { return kill(connection) }
    if readiness.contains(.peerClosed) { peerClosed(connection) }
  }

  /// The connection of a registration, unless it is gone.
  func connection(_ token: EventToken) -> Connection? {
    let index = Int(token.descriptor)
    guard connections.indices.contains(index), let found = connections[index], found.token == token else { return nil }
    return found
  }

  /// Someone wants something of the connection: its outbox was filled, or its body was read.
  private func attend(to connection: Connection) {
    if let exchange = connection.exchange {
      sendContinueIfWanted(connection, exchange)
      if connection.isReadPaused, wantsInput(connection) { resumeReading(connection) }
    }
    flush(connection)
  }
}
