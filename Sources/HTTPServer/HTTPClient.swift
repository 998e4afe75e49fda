import EventLoop
import Synchronization

/// A client of one server, over TCP or a Unix socket; what a command line needs, and no more.
///
/// Connections are kept and used again. No redirects, no cookies, no TLS.
package final class HTTPClient: Sendable {
  package let address: SocketAddress
  private let host: String
  private let loop: EventLoop
  private let limits: ClientLimits
  private let idle = Mutex<[ClientConnection]>([])

  /// - Parameter host: what `Host` says; nil makes it of the address.
  package init(
    _ address: SocketAddress, host: String? = nil, loop: EventLoop, limits: ClientLimits = ClientLimits()
  ) {
    self.address = address
    self.host = host ?? Self.host(of: address)
    self.loop = loop
    self.limits = limits
  }

  private static func host(of address: SocketAddress) -> String {
    if case .ip = address { address.description } else { "localhost" }
  }

  /// - Throws: `LoopFailure` for a server that is not there or too slow, `ClientFailure` for a broken answer,
  ///   `CancellationError`.
  package func send(_ request: ClientRequest) async throws -> ClientResponse {
    if let kept = idle.withLock({ $0.popLast() }) {
      do {
        return try await kept.send(request, host: host)
      } catch let failure where Self.mayRepeat(request, failure) {
        // The server had closed the kept connection meanwhile.
      }
    }
    return try await connect().send(request, host: host)
  }

  /// Whether a request that failed on a kept connection may be sent once more: it asks and changes nothing, and nothing
  /// of an answer had come.
  private static func mayRepeat(_ request: ClientRequest, _ failure: any Error) -> Bool {
    guard [.get, .head].contains(request.method) else { return false }
    if let failure = failure as? LoopFailure { return failure.errno != nil }
    return failure as? ClientFailure == .connectionLost
  }

  /// Opens a WebSocket.
  ///
  /// - Throws: `UpgradeRefusal` where the server does not agree, and what `send` throws.
  package func webSocket(
    _ target: String, headers: HeaderFields = HeaderFields(), subprotocols: [String] = [], compression: Bool = true
  ) async throws -> ClientWebSocket {
    let connection = try await connect()
    return try await ClientWebSocket.open(
      connection, target, host: host, headers: headers, subprotocols: subprotocols, compression: compression,
      limits: limits, loop: loop)
  }

  private func connect() async throws -> ClientConnection {
    let socket = try await AsyncSocket.connect(to: address, on: loop, within: limits.connectTime)
    return ClientConnection(socket, loop: loop, limits: limits) { [weak self] in self?.keep($0) }
  }

  private func keep(_ connection: ClientConnection) {
    idle.withLock { idle in
      if idle.count < limits.idleConnections { idle.append(connection) }
    }
  }
}
