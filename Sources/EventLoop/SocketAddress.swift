import CEventLoop

/// Where a server listens or a client connects.
package enum SocketAddress: Hashable, Sendable, CustomStringConvertible {
  case ip(IPAddress, port: UInt16)
  /// A socket in the file system; a peer of one has no path.
  case unix(path: String)

  /// Reads `127.0.0.1:8080`, `[::1]:8080` or `unix:/path/to.sock`; names are not looked up.
  package init(parsing text: String) throws(LoopFailure) {
    let failure = LoopFailure(
      .badAddress, during: "read the address \(text)", hint: "write 127.0.0.1:8080, [::1]:8080 or unix:/path")
    if text.hasPrefix("unix:") {
      let path = String(text.dropFirst(5))
      guard !path.isEmpty else { throw failure }
      self = .unix(path: path)
      return
    }
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
      throw failure
    }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    guard let address = IPAddress(host) else { throw failure }
    self = .ip(address, port: port)
  }

  init(_ peer: cloop_peer) {
    let bytes = withUnsafeBytes(of: peer.address) { Array($0.prefix(peer.family == 6 ? 16 : 4)) }
    if peer.family != 0, let address = IPAddress(bytes: bytes) {
      self = .ip(address, port: peer.port)
    } else {
      self = .unix(path: "")
    }
  }

  /// Nil for a Unix socket.
  package var ip: IPAddress? {
    if case .ip(let address, _) = self { address } else { nil }
  }

  /// Nil for a Unix socket.
  package var port: UInt16? {
    if case .ip(_, let port) = self { port } else { nil }
  }

  package var description: String {
    switch self {
    case .ip(let address, let port): address.isIPv6 ? "[\(address)]:\(port)" : "\(address):\(port)"
    case .unix(let path): "unix:\(path)"
    }
  }
}
