import HTTPServer

/// A document's password in a request's head.
enum DocumentPassword {
  /// - Throws: `Problem` with `invalid_parameter` where its percent form is none.
  static func read(_ request: Request) throws(Problem) -> String? {
    guard let text = request.headers["X-Document-Password"] else { return nil }
    guard let password = PercentText.decoded(text) else {
      throw Problem(.invalidParameter, "X-Document-Password is not in percent form.", hint: "Write % as %25.")
    }
    return password
  }
}

extension Operation.Parameter {
  /// A head's fields have no characters beyond ASCII, passwords may.
  static let documentPassword = header(
    "X-Document-Password", JSONShape.string,
    "The document's password in percent form (RFC 3986), as in s%C3%A9same; where the body has no place for it.")
}
