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
  package var listen: [SocketAddress] = []
  /// Requests per second of a key that has no rate of its own.
  package var rate = 50.0
  /// Requests at once after a rest: the viewer opens with some dozens.
  package var burst = 200
  /// Requests in work at the same time.
  package var concurrency = 64
  package var sessionTime = Duration.seconds(12 * 3600)
  /// Between asking for a ticket and opening the WebSocket.
  package var ticketTime = Duration.seconds(30)
  /// Origins besides the server's own that cookies and WebSockets may come from.
  package var origins: Set<String> = []
  /// Proxies whose `X-Forwarded-Proto` is believed.
  package var trustedProxies: [IPNetwork] = []
  /// Whether `/metrics` asks for no key.
  package var opensMetrics = false

  package init() {}

  package init(_ settings: ServiceConfiguration) {
    // Each setting has checked its texts.
    authentication = Authentication(rawValue: settings[Settings.authentication]) ?? .required
    listen = settings[Settings.listen].compactMap { try? SocketAddress(parsing: $0) }
    rate = Double(settings[Settings.keyRate])
    burst = settings[Settings.keyBurst]
    concurrency = settings[Settings.keyConcurrency]
    sessionTime = .seconds(settings[Settings.sessionTime])
    origins = Set(settings[Settings.allowedOrigins])
    trustedProxies = settings[Settings.trustedProxies].compactMap { IPNetwork($0) }
    opensMetrics = settings[Settings.openMetrics]
  }

  /// Whether keys are asked for.
  package var isRequired: Bool {
    switch authentication {
    case .required: true
    case .waived: false
    // A Unix socket is guarded by the permissions of its folder.
    case .automatic: !listen.allSatisfy { $0.ip?.isLoopback ?? true }
    }
  }
}
