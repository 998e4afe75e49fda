import HTTPServer

/// Where a request carries its key.
enum Credentials {
  /// From `Authorization: Bearer` or `X-Api-Key`; what is there but of another kind is no key, and told as one that
  /// does not fit.
  static func key(in request: Request) -> String? {
    if let field = request.headers["Authorization"] {
      let parts = field.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == "bearer" else { return "" }
      return String(parts[1].drop { $0 == " " })
    }
    return request.headers["X-Api-Key"]
  }
}
