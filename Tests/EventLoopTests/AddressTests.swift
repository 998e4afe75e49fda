import EventLoop
import Testing

@Suite
struct AddressTests {
  @Test(
    "addresses are read and written alike",
    arguments: ["127.0.0.1:8080", "[::1]:80", "[2001:db8::5]:65535", "0.0.0.0:0", "unix:/run/x.sock"])
  func roundTrip(text: String) throws {
    #expect(try SocketAddress(parsing: text).description == text)
  }

  @Test(
    "what is no address is refused",
    arguments: ["", "8080", "localhost:80", "1.2.3:80", "1.2.3.4", "1.2.3.4:65536", "1.2.3.4:-1", "[::1]", "unix:"])
  func refused(text: String) {
    #expect(throws: LoopFailure.self) { try SocketAddress(parsing: text) }
  }

  @Test("an IPv4 address within IPv6 is the IPv4 address")
  func mapped() throws {
    #expect(IPAddress("::ffff:10.1.2.3") == IPAddress("10.1.2.3"))
  }

  @Test(
    "a network contains exactly its addresses",
    arguments: [
      ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("192.168.4.0/22", "192.168.7.9", true),
      ("192.168.4.0/22", "192.168.8.0", false), ("0.0.0.0/0", "8.8.8.8", true), ("0.0.0.0/0", "::1", false),
      ("10.0.0.7", "10.0.0.7", true), ("10.0.0.7", "10.0.0.8", false), ("2001:db8::/33", "2001:db8:7fff::1", true),
      ("2001:db8::/33", "2001:db8:8000::1", false),
    ])
  func networks(network: String, address: String, isInside: Bool) throws {
    let network = try #require(IPNetwork(network))
    #expect(network.contains(try #require(IPAddress(address))) == isInside)
  }

  @Test("what is no network is refused", arguments: ["", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "x/8", "::/129"])
  func noNetworks(text: String) {
    #expect(IPNetwork(text) == nil)
  }
}
