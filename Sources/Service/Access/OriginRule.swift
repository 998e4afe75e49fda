import HTTPServer

/// Whether a browser's request comes from a page that may make it.
struct OriginRule: Sendable {
  let allowed: Set<String>

  /// A browser tells the origin of every unsafe request and of every WebSocket; one without is no browser's, or hides it.
  ///
  /// - Parameter isRequired: whether a request that does not tell is refused: it is where the browser adds a cookie
  ///   by itself.
  func permits(_ request: Request, isRequired: Bool) -> Bool {
    let origins = request.headers.values("Origin")
    guard !origins.isEmpty else {
      return !isRequired || request.headers["Sec-Fetch-Site"] == "same-origin"
    }
    let host = request.target.authority ?? request.headers["Host"] ?? ""
    return origins.allSatisfy { allowed.contains($0) || Self.isSame($0, host) }
  }

  private static func isSame(_ origin: String, _ host: String) -> Bool {
    let origin = origin.lowercased()
    let host = host.lowercased()
    return !host.isEmpty && (origin == "http://" + host || origin == "https://" + host)
  }
}
