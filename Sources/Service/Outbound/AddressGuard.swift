import Curl
import EventLoop

/// Which addresses of other machines this server may connect to at somebody's wish (server-side request forgery).
///
/// It is asked with the address that is connected to, after the name has been looked up. Only what IANA's registries call
/// globally reachable passes, and the configuration may add private networks or take public ones away.
///
/// - Source: https://www.iana.org/assignments/iana-ipv4-special-registry,
///   https://www.iana.org/assignments/iana-ipv6-special-registry
package struct AddressGuard: Sendable {
  private let allowed: [IPNetwork]
  private let refused: [IPNetwork]

  /// - Parameters:
  ///   - allowed: networks that may be reached although they are private.
  ///   - refused: networks that may not be reached whatever else is allowed.
  package init(allowed: [IPNetwork] = [], refused: [IPNetwork] = []) {
    self.allowed = allowed
    self.refused = refused
  }

  init(_ settings: ServiceConfiguration) {
    // The settings have checked their texts.
    self.init(
      allowed: settings[Settings.outboundNetworks].compactMap { IPNetwork($0) },
      refused: settings[Settings.outboundRefused].compactMap { IPNetwork($0) })
  }

  package func permits(_ address: IPAddress) -> Bool {
    if refused.contains(where: { $0.contains(address) }) { return false }
    // An address of IPv4 inside one of IPv6 is the machine that the translator then reaches.
    if let inner = Self.translated(address) { return permits(inner) }
    if allowed.contains(where: { $0.contains(address) }) { return true }
    if Self.special.contains(where: { $0.contains(address) }) { return false }
    return !address.isIPv6 || Self.unicast.contains { $0.contains(address) }
  }

  /// For `Transfer`.
  package var rule: AddressRule {
    { bytes, _ in IPAddress(bytes: bytes).map(permits) ?? false }
  }

  /// The address of IPv4 that NAT64's well-known prefix wraps. What 6to4 and Teredo wrap is refused with them.
  private static func translated(_ address: IPAddress) -> IPAddress? {
    guard address.isIPv6, nat64.contains(where: { $0.contains(address) }) else { return nil }
    return IPAddress(bytes: Array(address.bytes.suffix(4)))
  }

  private static let nat64 = networks("64:ff9b::/96")

  /// All of IPv6 that is given out to be reached.
  private static let unicast = networks("2000::/3")

  private static let special =
    // This network, private use, carriers' translators (and Alibaba's metadata at 100.100.100.200), loopback, link-local
    // with the metadata of most clouds at 169.254.169.254
    networks("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12")
    // Protocol assignments (and Oracle's metadata), documentation, 6to4 relays, private use, measurement, documentation
    + networks("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24")
    // Documentation, multicast, reserved with broadcast
    + networks("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4")
    // Azure's own services, metadata among them: an address of the public range that only its guests reach
    + networks("168.63.129.16/32")
    // Within 2000::/3: protocol assignments with Teredo and ORCHID, documentation, 6to4
    + networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")

  /// - Precondition: texts of networks; a test looks at each table.
  private static func networks(_ texts: String...) -> [IPNetwork] { texts.compactMap { IPNetwork($0) } }

  /// How many networks the tables hold, for the test that none was lost to a misprint.
  static var tableCount: Int { special.count + nat64.count + unicast.count }
}
