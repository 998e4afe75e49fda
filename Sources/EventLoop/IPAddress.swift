import Glibc

/// An IPv4 or IPv6 address. An IPv4 address inside IPv6 (`::ffff:1.2.3.4`) is the IPv4 address.
package struct IPAddress: Hashable, Sendable, CustomStringConvertible {
  /// 4 or 16, in network order.
  package let bytes: [UInt8]

  /// Nil unless there are 4 or 16 bytes.
  package init?(bytes: [UInt8]) {
    switch bytes.count {
    case 4: self.bytes = bytes
    case 16 where bytes.prefix(10).allSatisfy({ $0 == 0 }) && bytes[10] == 0xFF && bytes[11] == 0xFF:
      self.bytes = Array(bytes.suffix(4))
    case 16: self.bytes = bytes
    default: return nil
    }
  }

  /// Nil for a text that is no address; names are not looked up.
  package init?(_ text: some StringProtocol) {
    // The longest text of an address has 45 characters.
    guard text.utf8.count <= 45, !text.utf8.contains(0) else { return nil }
    var four = in_addr()
    var six = in6_addr()
    let text = String(text)
    if inet_pton(AF_INET, text, &four) == 1 {
      self.init(bytes: withUnsafeBytes(of: &four) { Array($0) })
    } else if inet_pton(AF_INET6, text, &six) == 1 {
      self.init(bytes: withUnsafeBytes(of: &six) { Array($0) })
    } else {
      return nil
    }
  }

  package static let loopback = IPAddress(known: [127, 0, 0, 1])
  package static let any = IPAddress(known: [0, 0, 0, 0])

  private init(known: [UInt8]) {
    bytes = known
  }

  package var isIPv6: Bool { bytes.count == 16 }

  /// Whether it means this very machine.
  package var isLoopback: Bool {
    isIPv6 ? bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1 : bytes[0] == 127
  }

  package var description: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = isIPv6 ? AF_INET6 : AF_INET
    guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return "" }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
