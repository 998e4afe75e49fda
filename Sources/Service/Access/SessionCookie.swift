import EventLoop
import HTTPServer

/// The viewer's cookie: no script reads it, no other site sends it.
struct SessionCookie: Sendable {
  private let configuration: AccessConfiguration

  init(_ configuration: AccessConfiguration) { self.configuration = configuration }

  /// Every value that a request gives under our names: a browser may have one of each.
  func values(in request: Request) -> [String] {
    request.headers.values("Cookie").flatMap { $0.split(separator: ";") }.compactMap { pair in
      let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0] == Self.name || parts[0] == Self.secureName else { return nil }
      return String(parts[1])
    }
  }

  /// The field that sets it, or ends it.
  ///
  /// - Parameter value: nil to end it.
  func field(_ value: String?, for request: Request) -> String {
    let isSecure = isSecure(request)
    let age = value == nil ? 0 : Int(configuration.sessionTime.inSeconds)
    return "\(isSecure ? Self.secureName : Self.name)=\(value ?? ""); Path=/; Max-Age=\(age); HttpOnly; SameSite=Strict"
      + (isSecure ? "; Secure" : "")
  }

  /// Whether the browser speaks TLS, to a proxy of ours.
  private func isSecure(_ request: Request) -> Bool {
    let isProxy = request.peer.ip.map { peer in configuration.trustedProxies.contains { $0.contains(peer) } }
    return isProxy == true && request.headers.list("X-Forwarded-Proto").last?.lowercased() == "https"
  }

  private static let name = "sheaf_session"
  /// Browsers take one of this prefix only with Secure, and from this very host.
  private static let secureName = "__Host-sheaf_session"
}
