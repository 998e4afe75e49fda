import HTTPServer

extension ProblemCode {
  package static let invalidKey = ProblemCode("invalid_key", 401, "The key is not valid")
  package static let administratorRequired = ProblemCode(
    "administrator_required", 403, "This takes a key of role admin")
  package static let originNotAllowed = ProblemCode("origin_not_allowed", 403, "Pages of that origin may not ask")
  package static let concurrencyLimited = ProblemCode(
    "concurrency_limited", 429, "The key has too many requests in work")
  package static let tooManyAttempts = ProblemCode("too_many_attempts", 429, "Too many invalid keys")
  package static let keyNotFound = ProblemCode("key_not_found", 404, "There is no such key")

  /// What access control may answer on any route.
  static let access: [ProblemCode] = [
    .unauthorized, .invalidKey, .forbidden, .administratorRequired, .originNotAllowed, .rateLimited,
    .concurrencyLimited, .tooManyAttempts,
  ]
}
