/// Why a request is answered with an error: thrown by the server's own checks, and by handlers that want to be short.
///
/// `ServerConfiguration.renderFailure` makes a response of it, the same one for both.
package struct HTTPFailure: Error, Sendable {
  package var status: HTTPStatus
  /// Stable, snake case, for programs.
  package var code: String
  /// One sentence for people; never internal details.
  package var detail: String
  /// Fields that belong to the response, such as `Allow` or `Retry-After`.
  package var headers: HeaderFields

  package init(_ status: HTTPStatus, _ code: String, _ detail: String = "", headers: HeaderFields = HeaderFields()) {
    self.status = status
    self.code = code
    self.detail = detail
    self.headers = headers
  }
}

extension HTTPFailure {
  static func badRequest(_ detail: String) -> HTTPFailure { HTTPFailure(.badRequest, "bad_request", detail) }

  static let headTooLarge = HTTPFailure(
    .headerFieldsTooLarge, "header_fields_too_large", "The request's head is larger than this server reads.")
  static let tooManyFields = HTTPFailure(
    .headerFieldsTooLarge, "too_many_header_fields", "The request has more header fields than this server reads.")
  static let uriTooLong = HTTPFailure(.uriTooLong, "uri_too_long", "The request's target is too long.")
  static let bodyTooLarge = HTTPFailure(.contentTooLarge, "content_too_large", "The request's body is too large.")
  static let headTimeout = HTTPFailure(.requestTimeout, "request_timeout", "The request's head did not arrive in time.")
  static let bodyTimeout = HTTPFailure(.requestTimeout, "request_timeout", "The request's body stopped arriving.")
  static let unexpected = HTTPFailure(.internalServerError, "internal_error", "The server met an unexpected error.")
}
