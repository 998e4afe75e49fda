import HTTPServer

/// The refusals of access control, each with its stable code.
enum AccessFailure {
  static let unauthenticated = HTTPFailure(
    .unauthorized, "authentication_required", "This server asks for an API key.",
    headers: ["WWW-Authenticate": #"Bearer realm="sheaf""#])
  static let badKey = HTTPFailure(
    .unauthorized, "invalid_credentials", "The key, session or ticket is not valid, or no longer.",
    headers: ["WWW-Authenticate": #"Bearer realm="sheaf", error="invalid_token""#])
  static let forbidden = HTTPFailure(.forbidden, "role_insufficient", "The key's role does not allow this.")
  static let needsKey = HTTPFailure(
    .forbidden, "administrator_required", "This asks for a key of role admin, or for the command line.")
  static let foreignOrigin = HTTPFailure(
    .forbidden, "origin_not_allowed", "Requests from that origin are not allowed.")

  static func rateLimited(wait: Double) -> HTTPFailure {
    HTTPFailure(
      .tooManyRequests, "rate_limited", "Requests come faster than this key allows.", headers: retry(after: wait))
  }

  static func tooManyAtOnce() -> HTTPFailure {
    HTTPFailure(
      .tooManyRequests, "concurrency_limited", "This key has as many requests in work as it may have.",
      headers: retry(after: 1))
  }

  static func tooManyAttempts(wait: Double) -> HTTPFailure {
    HTTPFailure(
      .tooManyRequests, "too_many_failed_attempts", "Too many invalid keys came from this address.",
      headers: retry(after: wait))
  }

  /// Whole seconds, upwards: a client that waits for so long gets through.
  static func retry(after seconds: Double) -> HeaderFields {
    ["Retry-After": String(Int(min(max(seconds.rounded(.up), 1), 86_400)))]
  }
}
