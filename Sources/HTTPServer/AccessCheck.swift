import EventLoop

/// Who may ask, as far as a request's head tells: `Host` against rebinding, `Origin` against other sites, and the
/// address that trusted proxies report.
struct AccessCheck {
  private let configuration: ServerConfiguration

  init(_ configuration: ServerConfiguration) {
    self.configuration = configuration
  }

  /// - Throws: 421 for a host, 403 for an origin that is not allowed.
  func check(_ head: RequestHead, _ target: RequestTarget) throws(HTTPFailure) {
    let host = target.authority ?? head.headers["Host"] ?? ""
    if let allowed = configuration.allowedHosts, !allowed.contains(Self.name(of: host)) {
      throw HTTPFailure(.misdirectedRequest, "host_not_allowed", "This server does not answer for that host.")
    }
    guard let allowed = configuration.allowedOrigins, Self.checksOrigin(head) else { return }
    let origins = head.headers.values("Origin")
    for origin in origins where !allowed.contains(origin) && !Self.isSame(origin, host) {
      throw HTTPFailure(.forbidden, "origin_not_allowed", "Requests from that origin are not allowed.")
    }
  }

  /// Safe methods change nothing, and a page of another site cannot read their answers; a WebSocket it could.
  private static func checksOrigin(_ head: RequestHead) -> Bool {
    ![.get, .head, .options].contains(head.method) || head.headers.contains("Upgrade")
  }

  /// The host without port and brackets, in lower case.
  static func name(of host: String) -> String {
    if host.hasPrefix("["), let end = host.firstIndex(of: "]") {
      return host[host.index(after: host.startIndex)..<end].lowercased()
    }
    return (host.lastIndex(of: ":").map { host[..<$0] } ?? host[...]).lowercased()
  }

  private static func isSame(_ origin: String, _ host: String) -> Bool {
    ["http://", "https://"].contains { scheme in
      origin.utf8.count == scheme.utf8.count + host.utf8.count && origin.lowercased() == scheme + host.lowercased()
    }
  }

  /// The client's address: the last one in `X-Forwarded-For` that is no trusted proxy, if the peer is one.
  func clientAddress(of head: RequestHead, peer: SocketAddress) -> IPAddress? {
    guard let direct = peer.ip, isTrusted(direct), head.headers.contains("X-Forwarded-For") else { return peer.ip }
    var client = direct
    for entry in head.headers.list("X-Forwarded-For").reversed() {
      // What is no address was not written by a proxy that we trust.
      guard let address = IPAddress(entry) else { return client }
      client = address
      guard isTrusted(address) else { return address }
    }
    return client
  }

  private func isTrusted(_ address: IPAddress) -> Bool {
    configuration.trustedProxies.contains { $0.contains(address) }
  }
}
