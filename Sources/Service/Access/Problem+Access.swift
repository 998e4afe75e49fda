import HTTPServer

extension Problem {
  static let unauthorized = Problem(
    .unauthorized, "This server asks for an API key.", hint: "Send it as Authorization: Bearer or X-Api-Key.",
    headers: ["WWW-Authenticate": #"Bearer realm="sheaf""#])
  static let invalidKey = Problem(
    .invalidKey, "The key, session or ticket is not valid, or no longer.",
    headers: ["WWW-Authenticate": #"Bearer realm="sheaf", error="invalid_token""#])
  static let administratorRequired = Problem(
    .administratorRequired, "This takes a key of role admin, also where the server asks for none.",
    hint: "Where the server runs, sheaf keys and sheaf import do the same.")
  static let originNotAllowed = Problem(.originNotAllowed, "Requests from that origin are not allowed.")

  /// - Parameter wait: seconds after which it works again.
  static func limited(_ code: ProblemCode, _ detail: String, wait: Double) -> Problem {
    // Upwards: a client that waits for so long gets through.
    .later(code, detail, seconds: Int(min(max(wait.rounded(.up), 1), 86_400)))
  }
}
