import EventLoop

/// Who may use a server, and how much.
package struct AccessConfiguration: Sendable {
  package enum Authentication: String, Sendable, CaseIterable {
    /// Required, unless every address that is listened at is this machine's own.
    case automatic
    case required
    /// Nobody is asked who they are.
    case waived
  }

  package var authentication = Authentication.automatic
  /// Requests per second of a key that has no rate of its own.
  package var rate = 50.0
  /// Requests at once after a rest: the viewer opens with some dozens.
  package var burst = 200
  /// Requests in work at the same time.
  package var concurrency = 64
  package var sessionTime = Duration.seconds(12 * 3600)
  /// Between asking for a ticket and opening the WebSocket.
  package var ticketTime = Duration.seconds(30)
  /// Names that `Host` may have besides those of the addresses listened at; nil allows any where authentication is
  /// required, and none where it is not.
  package var hosts: Set<String>?
  /// Origins besides the server's own that cookies and WebSockets may come from.
  package var origins: Set<String> = []
  /// Proxies whose `X-Forwarded-Proto` is believed.
  package var trustedProxies: [IPNetwork] = []
  package var trustsUnixPeers = false
  /// Whether `/metrics` asks for no key.
  package var opensMetrics = false

  package init() {}

  /// Whether keys are asked for by a server that listens there.
  package func isRequired(listeningAt addresses: [SocketAddress]) -> Bool {
    switch authentication {
    case .required: true
    case .waived: false
    case .automatic:
      // A Unix socket is guarded by its permissions only if nobody forwards to it: it counts as this machine's own.
      !addresses.allSatisfy { $0.ip?.isLoopback ?? true }
    }
  }

  /// Names that `Host` may have; nil for any.
  ///
  /// Without keys, the name is what keeps a page of another site from talking to us under a name of its own that it
  /// resolves to this machine (DNS rebinding).
  package func allowedHosts(listeningAt addresses: [SocketAddress]) -> Set<String>? {
    if hosts == nil, isRequired(listeningAt: addresses) { return nil }
    var allowed = hosts ?? []
    for address in addresses.compactMap(\.ip) { allowed.insert(address.description.lowercased()) }
    return allowed.union(["localhost", "127.0.0.1", "::1"])
  }
}
