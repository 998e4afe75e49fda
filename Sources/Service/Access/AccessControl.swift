import EventLoop
import HTTPServer
import Ledger

/// Stands before every handler: who asks, whether they may, and whether not too much.
///
/// It does not stand before the socket in the data folder, whose permissions let in its owner only.
/// Nothing here waits for a disk: keys, sessions and buckets are in memory, each of bounded size.
package final class AccessControl: Sendable {
  let ring: KeyRing
  let configuration: AccessConfiguration
  let sessions: TokenStore
  let tickets: TokenStore
  let cookie: SessionCookie
  private let origins: OriginRule
  private let rates: RateLimiter
  private let attempts: RateLimiter
  private let work = ConcurrencyLimiter()

  package init(
    _ ring: KeyRing, _ configuration: AccessConfiguration,
    clock: any LoopClock = MonotonicClock()
  ) {
    self.ring = ring
    self.configuration = configuration
    sessions = TokenStore(perKey: Self.sessionsPerKey, lifetime: configuration.sessionTime, clock: clock)
    tickets = TokenStore(perKey: Self.ticketsPerKey, lifetime: configuration.ticketTime, clock: clock)
    cookie = SessionCookie(configuration)
    origins = OriginRule(allowed: configuration.origins)
    rates = RateLimiter(capacity: Self.buckets, clock: clock)
    attempts = RateLimiter(capacity: Self.buckets, clock: clock)
  }

  /// As a router's middleware.
  package func admit(_ request: Request, _ next: @escaping Handler) async throws -> Response {
    let requirement = AccessRequirement(request, opensMetrics: configuration.opensMetrics)
    if requirement == .open {
      let principal = asksForKeys ? Principal.stranger : .anyone
      return try await Principal.$current.withValue(principal) { try await next(request) }
    }
    let (principal, limits) = try identify(request)
    try check(principal, requirement)
    let name = try limit(principal, limits, request)
    defer { if let name { work.leave(name) } }
    return try await Principal.$current.withValue(principal) { try await next(request) }
  }

  /// Whether those who come without a key are turned away.
  var asksForKeys: Bool { configuration.isRequired }

  private func check(_ principal: Principal, _ requirement: AccessRequirement) throws(Problem) {
    switch requirement {
    case .open: break
    case .role(let role): try principal.require(role)
    case .administrator:
      try principal.require(.admin)
      guard !principal.keyID.isEmpty else { throw .administratorRequired }
    }
  }

  /// Who asks.
  ///
  /// - Throws: 401, 403 for an origin that may not use the cookie, 429 after many invalid attempts.
  func identify(_ request: Request) throws(Problem) -> (Principal, KeyLimits) {
    if let text = Credentials.key(in: request) {
      guard let key = try ring.find(text) else { throw refusal(of: request) }
      return (Principal(key), key.limits)
    }
    let isWebSocket = request.headers.contains("Upgrade")
    if isWebSocket, let ticket = request.query("ticket") {
      guard origins.permits(request, isRequired: false) else { throw .originNotAllowed }
      guard let id = tickets.take(ticket) else { throw refusal(of: request) }
      if id.isEmpty, !asksForKeys { return (.anyone, KeyLimits()) }
      guard let key = ring.good(id: id) else { throw refusal(of: request) }
      return (Principal(key), key.limits)
    }
    // A WebSocket takes a ticket: browsers send cookies along whatever page opens it.
    if !isWebSocket, let key = session(of: request) {
      let isUnsafe = ![.get, .head, .options].contains(request.method)
      guard !isUnsafe || origins.permits(request, isRequired: true) else { throw .originNotAllowed }
      return (Principal(key), key.limits)
    }
    guard !asksForKeys else { throw .unauthorized }
    return (.anyone, KeyLimits())
  }

  /// The key of a request's session.
  func session(of request: Request) -> APIKeyRecord? {
    for value in cookie.values(in: request) {
      if let id = sessions.find(value), let key = ring.good(id: id) { return key }
    }
    return nil
  }

  /// Counts an invalid attempt of the client's address.
  func refusal(of request: Request) -> Problem {
    let name = request.clientAddress.map(Self.neighbourhood) ?? ""
    let wait = attempts.take(name, rate: Self.attemptRate, burst: Self.attemptBurst)
    return wait.map { .limited(.tooManyAttempts, "Too many invalid keys came from this address.", wait: $0) }
      ?? .invalidKey
  }

  /// - Returns: the name under which the request counts as work; nil where it does not.
  /// - Throws: 429.
  private func limit(
    _ principal: Principal, _ limits: KeyLimits, _ request: Request
  ) throws(Problem) -> String? {
    let name: String
    if principal.keyID.isEmpty {
      // Without keys, each address of other machines has the limits of a key.
      guard let address = request.clientAddress, !address.isLoopback else { return nil }
      name = "@" + Self.neighbourhood(address)
    } else {
      name = principal.keyID
    }
    let rate = limits.rate ?? configuration.rate
    if let wait = rates.take(name, rate: rate, burst: limits.burst ?? max(configuration.burst, 1)) {
      throw .limited(.rateLimited, "Requests come faster than this key allows.", wait: wait)
    }
    guard work.enter(name, limit: limits.concurrency ?? configuration.concurrency) else {
      throw .limited(
        .concurrencyLimited, "This key has as many requests in work as it may have.", wait: Self.concurrencyWait)
    }
    return name
  }

  /// An IPv6 client has the last 64 bits to itself.
  static func neighbourhood(_ address: IPAddress) -> String {
    guard address.isIPv6 else { return address.description }
    let prefix = IPAddress(bytes: Array(address.bytes.prefix(8)) + [UInt8](repeating: 0, count: 8))
    return (prefix ?? address).description
  }

  /// Names whose buckets are remembered: about a megabyte.
  private static let buckets = 10_000
  /// Invalid attempts a second from one address, and at once; a valid key always gets in.
  private static let attemptRate = 1.0
  private static let attemptBurst = 20
  /// Seconds: requests end in less, but for uploads.
  private static let concurrencyWait = 1.0
  /// Browsers of one key's holders.
  private static let sessionsPerKey = 64
  private static let ticketsPerKey = 64
}
