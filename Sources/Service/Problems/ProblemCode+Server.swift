import HTTPServer
import StageKit

/// The codes of `HTTPServer`: what it refuses before a route is asked, and where a file is asked for that it sends.
extension ProblemCode {
  package static let rangeNotSatisfiable = ProblemCode("range_not_satisfiable", 416, "The file has no such range")
  package static let upgradeRequired = ProblemCode("upgrade_required", 426, "The request must become a WebSocket")
  /// Of a path, not of a route.
  package static let methodNotAllowed = ProblemCode("method_not_allowed", 405, "The path does not answer this method")

  /// What may be refused on any route.
  static let head: [ProblemCode] = [
    .badRequest, .overloaded, .stopping, .originNotAllowed, .uploadStalled,
    ProblemCode("host_not_allowed", 421, "The host is not served"),
    ProblemCode("uri_too_long", 414, "The address is too long"),
    ProblemCode("header_fields_too_large", 431, "The head is too large"),
    ProblemCode("too_many_header_fields", 431, "The head has too many fields"),
    ProblemCode("content_too_large", 413, "The body is too large"),
    ProblemCode("expectation_failed", 417, "The expectation is not known"),
    ProblemCode("coding_not_implemented", 501, "The transfer coding is not known"),
    ProblemCode("version_not_supported", 505, "The version of HTTP is not known"),
    ProblemCode(.internalError),
  ]

  private static let ofServer = Dictionary(
    uniqueKeysWithValues: (head + [.notFound, .rangeNotSatisfiable, .upgradeRequired, .methodNotAllowed]).map {
      ($0.rawValue, $0)
    })

  /// The code of a failure that the server's own layer tells.
  init(_ failure: HTTPFailure) {
    self = Self.ofServer[failure.code] ?? ProblemCode(failure.code, failure.status, failure.status.reason)
  }
}
