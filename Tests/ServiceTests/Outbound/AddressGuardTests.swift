import EventLoop
import Testing

@testable import Service

@Suite("The guard of outbound addresses")
struct AddressGuardTests {
  private static let refused = [
    // Loopback, unspecified, private, link-local with metadata
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255",
    "192.168.0.1", "169.254.169.254", "169.254.0.1",
    // Carriers, metadata of Alibaba, Oracle and Azure, protocol assignments, documentation, measurement
    "100.64.0.1", "100.100.100.200", "100.127.255.255", "192.0.0.192", "168.63.129.16", "192.0.2.1", "198.51.100.9",
    "203.0.113.7", "198.18.0.1", "198.19.255.255", "192.88.99.1",
    // Multicast, reserved, broadcast
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "fe80::1", "febf::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "100::1", "5f00::1",
    "2001:db8::1", "2001::1", "2001:20::1", "2002:7f00:1::", "2002:808:808::1", "3fff::1", "4000::1", "64:ff9b:1::1",
    // IPv4 in other clothes
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::10.0.0.1", "64:ff9b::127.0.0.1",
    "64:ff9b::169.254.169.254", "64:ff9b::192.168.1.1",
  ]
  private static let permitted = [
    "8.8.8.8", "1.1.1.1", "93.184.216.34", "172.15.255.255", "172.32.0.1", "192.167.255.255", "192.169.0.1", "11.0.0.1",
    "100.63.255.255", "100.128.0.1", "169.253.255.255", "169.255.0.1", "198.17.255.255", "198.20.0.1",
    "223.255.255.255",
    "192.0.1.1", "168.63.129.15", "2606:4700::1111", "2a00:1450:4001::1", "2001:4860:4860::8888", "2003::1",
    "::ffff:8.8.8.8", "64:ff9b::8.8.8.8",
  ]

  @Test("every kind of address that is nobody's business is refused", arguments: refused)
  func refuses(text: String) throws {
    #expect(!AddressGuard().permits(try #require(IPAddress(text))))
  }

  @Test("public addresses pass, those beside private ones too", arguments: permitted)
  func permits(text: String) throws {
    #expect(AddressGuard().permits(try #require(IPAddress(text))))
  }

  @Test("the configuration lets private networks in and keeps public ones out; what is kept out stays out")
  func configured() throws {
    let guardian = AddressGuard(
      allowed: [try #require(IPNetwork("10.1.0.0/16")), try #require(IPNetwork("fd00:1::/32"))],
      refused: [try #require(IPNetwork("8.8.8.0/24")), try #require(IPNetwork("10.1.2.0/24"))])
    let table = [
      ("10.1.0.1", true), ("::ffff:10.1.0.1", true), ("64:ff9b::10.1.0.1", true), ("10.2.0.1", false),
      ("10.1.2.3", false), ("fd00:1::1", true), ("fd00:2::1", false), ("8.8.8.8", false), ("64:ff9b::8.8.8.8", false),
      ("8.8.4.4", true), ("127.0.0.1", false),
    ]
    for (text, isPermitted) in table {
      #expect(guardian.permits(try #require(IPAddress(text))) == isPermitted, "\(text)")
    }
  }

  @Test("no network of the tables was lost to a misprint")
  func tables() { #expect(AddressGuard.tableCount == 20 + 2) }

  @Test("what is no address of IPv4 or IPv6 is refused")
  func other() {
    #expect(!AddressGuard().rule([1, 2, 3], 80))
    #expect(!AddressGuard().rule([], 80))
    #expect(AddressGuard().rule([8, 8, 8, 8], 80))
  }
}
