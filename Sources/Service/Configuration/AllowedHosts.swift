import EventLoop

/// The names that `Host` may have.
enum AllowedHosts {
  /// - Returns: nil where any may: a server that the world may reach is behind names that only its operator knows.
  static func names(_ settings: ServiceConfiguration) -> Set<String>? {
    let given = settings[Settings.allowedHosts]
    if !given.isEmpty { return Set(given.map { $0.lowercased() }) }
    // Against DNS rebinding: a page of another site that resolves its own name to this machine is refused.
    guard listensOnLoopbackOnly(settings) else { return nil }
    return Set(["localhost", "127.0.0.1", "::1"] + settings[Settings.listen].compactMap(address))
  }

  /// The IP address of one that is listened at, as `Host` has it.
  private static func address(_ text: String) -> String? {
    guard case .ip(let ip, _)? = try? SocketAddress(parsing: text) else { return nil }
    return ip.description.lowercased()
  }

  /// Whether only programs on this machine can reach the server.
  static func listensOnLoopbackOnly(_ settings: ServiceConfiguration) -> Bool {
    settings[Settings.listen].allSatisfy { text in
      // Every address was read when the settings were.
      guard let address = try? SocketAddress(parsing: text) else { return false }
      switch address {
      case .unix: return true
      case .ip(let ip, _): return loopback.contains { $0.contains(ip) }
      }
    }
  }

  private static let loopback = ["127.0.0.0/8", "::1/128"].compactMap { IPNetwork($0) }
}
