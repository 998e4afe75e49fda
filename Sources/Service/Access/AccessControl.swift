import EventLoop
import HTTPServer
import Ledger

/// Stands before every handler: who asks, whether they may, and whether not too much.
///
/// Nothing here waits for a disk: keys, sessions and buckets are in memory, each of bounded size.
package final class AccessControl: Sendable {
  /// How the request came in.
  package enum Door: Sendable {
    /// Anybody may knock.
    case network
    /// The socket in the data folder, whose permissions let in its owner only.
    case control
  }

  let ring: KeyRing
  let configuration: AccessConfiguration
  let isRequired: Bool
  let sessions: TokenStore
  let tickets: TokenStore
  let cookie: SessionCookie
  private let origins: OriginRule
  private let door: Door
  private let rates: RateLimiter
  private let attempts: RateLimiter
  private let work = ConcurrencyLimiter()

  /// - Parameter isRequired: whether keys are asked for, see `AccessConfiguration.isRequired`.
  package init(
    _ ring: KeyRing, _ configuration: AccessConfiguration, isRequired: Bool, door: Door = .network,
    clock: any LoopClock = MonotonicClock()
  ) {
    self.ring = ring
    self.configuration = configuration
    self.isRequired = isRequired
    self.door = door
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
    if requirement == .open { return try await next(request) }
    let (caller, limits) = try identify(request)
    try check(caller, requirement)
    let name = try limit(caller, limits, request)
    defer { name.map { work.leave($0) } }
    return try await Caller.$current.withValue(caller) { try await next(request) }
  }

  private func check(_ caller: Caller, _ requirement: AccessRequirement) throws(HTTPFailure) {
    switch requirement {
    case .open: break
    case .role(let role): guard caller.role >= role else { throw AccessFailure.forbidden }
    case .administrator:
      guard caller.role == .admin else { throw AccessFailure.forbidden }
      guard door == .control || !caller.keyID.isEmpty else { throw AccessFailure.needsKey }
    }
  }

  /// Who asks.
  ///
  /// - Throws: 401, 403 for an origin that may not use the cookie, 429 after many invalid attempts.
  func identify(_ request: Request) throws(HTTPFailure) -> (Caller, KeyLimits) {
    if door == .control { return (.anybody, KeyLimits()) }
    if let text = Credentials.key(in: request) {
      guard let key = ring.find(text) else { throw refusal(of: request) }
      return (Caller(key), key.limits)
    }
    let isWebSocket = request.headers.contains("Upgrade")
    if isWebSocket, let ticket = request.query("ticket") {
      guard origins.permits(request, isRequired: false) else { throw AccessFailure.foreignOrigin }
      guard let id = tickets.take(ticket) else { throw refusal(of: request) }
      if id.isEmpty, !isRequired { return (.anybody, KeyLimits()) }
      guard let key = ring.good(id: id) else { throw refusal(of: request) }
      return (Caller(key), key.limits)
    }
    // A WebSocket takes a ticket: browsers send cookies along whatever page opens it.
    if !isWebSocket, let key = session(of: request) {
      let isUnsafe = ![.get, .head, .options].contains(request.method)
      guard !isUnsafe || origins.permits(request, isRequired: true) else { throw AccessFailure.foreignOrigin }
      return (Caller(key), key.limits)
    }
    guard !isRequired else { throw AccessFailure.unauthenticated }
    return (.anybody, KeyLimits())
  }

  /// The key of a request's session.
  func session(of request: Request) -> APIKeyRecord? {
    for value in cookie.values(in: request) {
      if let id = sessions.find(value), let key = ring.good(id: id) { return key }
    }
    return nil
  }

  /// Counts an invalid attempt of the client's address.
  func refusal(of request: Request) -> HTTPFailure {
    let name = request.clientAddress.map(Self.neighbourhood) ?? ""
    let wait = attempts.take(name, rate: Self.attemptRate, burst: Self.attemptBurst)
    return wait.map(AccessFailure.tooManyAttempts) ?? AccessFailure.badKey
  }

  /// - Returns: the name under which the request counts as work; nil where it does not.
  /// - Throws: 429.
  private func limit(_ caller: Caller, _ limits: KeyLimits, _ request: Request) throws(HTTPFailure) -> String? {
    guard door == .network else { return nil }
    let name: String
    if caller.keyID.isEmpty {
      // Without keys, each address of other machines has the limits of a key.
      guard let address = request.clientAddress, !address.isLoopback else { return nil }
      name = "@" + Self.neighbourhood(address)
    } else {
      name = caller.keyID
    }
    let rate = limits.rate ?? configuration.rate
    if let wait = rates.take(name, rate: rate, burst: limits.burst ?? max(configuration.burst, 1)) {
      throw AccessFailure.rateLimited(wait: wait)
    }
    guard work.enter(name, limit: limits.concurrency ?? configuration.concurrency) else {
      throw AccessFailure.tooManyAtOnce()
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
  /// Browsers of one key's holders.
  private static let sessionsPerKey = 64
  private static let ticketsPerKey = 64
}
