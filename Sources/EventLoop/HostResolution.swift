import Glibc

/// Looks names up; waits for the network, so it belongs on a `BlockingPool`.
package enum HostResolution {
  /// - Returns: the addresses of `host` in the order to try them.
  /// - Throws: `LoopFailure.Code.badAddress` for a name that has none.
  package static func addresses(of host: String, port: UInt16) throws(LoopFailure) -> [SocketAddress] {
    if let address = IPAddress(host) { return [.ip(address, port: port)] }
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, &hints, &list) == 0 else {
      throw LoopFailure(.badAddress, during: "look up \(host)", hint: "check the name and the network")
    }
    defer { freeaddrinfo(list) }
    var found: [SocketAddress] = []
    var entry = list
    while let current = entry {
      if let address = address(in: current.pointee) { found.append(.ip(address, port: port)) }
      entry = current.pointee.ai_next
    }
    guard !found.isEmpty else { throw LoopFailure(.badAddress, during: "look up \(host)") }
    return found
  }

  private static func address(in entry: addrinfo) -> IPAddress? {
    guard let name = UnsafeRawPointer(entry.ai_addr) else { return nil }
    switch entry.ai_family {
    case AF_INET:
      var address = name.load(as: sockaddr_in.self).sin_addr
      return IPAddress(bytes: withUnsafeBytes(of: &address) { Array($0) })
    case AF_INET6:
      var address = name.load(as: sockaddr_in6.self).sin6_addr
      return IPAddress(bytes: withUnsafeBytes(of: &address) { Array($0) })
    default:
      return nil
    }
  }
}
