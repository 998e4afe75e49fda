/// A failure as RFC 9457 writes it, by hand: this module needs no encoder.
enum ProblemDocument {
  static func response(_ failure: HTTPFailure) -> Response {
    var body = #"{"type":"about:blank","title":"#
    body += quoted(failure.status.reason) + #","status":\#(failure.status.rawValue),"code":"# + quoted(failure.code)
    if !failure.detail.isEmpty { body += #","detail":"# + quoted(failure.detail) }
    body += "}"
    var response = Response(failure.status, headers: failure.headers, body: .bytes(Array(body.utf8)))
    response.headers["Content-Type"] = "application/problem+json"
    return response
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\" + String(scalar)
      case "\u{20}"...: quoted.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return quoted + "\""
  }
}
