import Curl
import EventLoop
import Foundation
import HTTPServer
import Synchronization
import TestSupport
import Testing

@testable import Service

@Suite("Requests to other servers")
struct TransferTests {
  private static let pool = BlockingPool(threads: 8, name: "transfers")
  private static let anything: AddressRule = { _, _ in true }

  private static func limits(total: Duration = .seconds(30), body: Int = 1 << 20) -> TransferLimits {
    TransferLimits(connect: .seconds(10), total: total, stall: .seconds(30), body: body)
  }

  private func get(
    _ url: String, rule: @escaping AddressRule = anything, _ limits: TransferLimits = limits(), cuts: Bool = false,
    cancellation: TransferCancellation = TransferCancellation()
  ) async throws -> (answer: TransferAnswer, body: [UInt8]) {
    let request = TransferRequest(.get, try WebAddress(url), limits: limits, cutsBody: cuts)
    return try await Self.pool.run {
      var body: [UInt8] = []
      let answer = try Transfer.perform(request, rule: rule, cancellation: cancellation) { body += $1 }
      return (answer, body)
    }
  }

  @Test("the body comes with its status and fields; a redirect is told, not followed")
  func answers() async throws {
    let receiver = try await Receiver { arrival, _ in
      arrival.path == "/moved"
        ? Response(302, headers: ["Location": "/there"], body: .bytes(Array("moved".utf8)))
        : .text("hello", type: "text/x")
    }
    let (answer, body) = try await get(receiver.url + "/a?b=c#d")
    #expect(answer.status == 200)
    #expect(answer.header("content-type") == "text/x")
    #expect(body == Array("hello".utf8))
    let moved = try await get(receiver.url + "/moved").answer
    #expect(moved.status == 302)
    #expect(moved.header("Location") == "/there")
    #expect(receiver.arrivals.map(\.path) == ["/a", "/moved"])
    #expect(receiver.arrivals.allSatisfy { $0.headers["Expect"] == nil && $0.headers["Cookie"] == nil })
  }

  @Test("the rule is asked with the address of the connection, and refused means that nothing is sent")
  func rule() async throws {
    let receiver = try await Receiver { _, _ in .text("secret") }
    let port = try #require(receiver.address.port)
    let asked = Mutex<[[UInt8]]>([])
    // A name, a number, and other ways to write the same address: all of them end at the rule.
    for host in ["localhost", "127.0.0.1", "2130706433", "0x7f.1", "017700000001", "[::ffff:127.0.0.1]"] {
      await #expect(throws: TransferFailure.addressRefused, "\(host)") {
        try await get(
          "http://\(host):\(port)/",
          rule: { bytes, _ in
            asked.withLock { $0.append(bytes) }
            return false
          })
      }
    }
    #expect(receiver.arrivals.isEmpty)
    let addresses = asked.withLock { $0 }.compactMap { IPAddress(bytes: $0) }
    #expect(addresses.count >= 6 && addresses.allSatisfy(\.isLoopback))
  }

  @Test("a name that has an address of ours the second time is refused the second time")
  func rebinding() async throws {
    let receiver = try await Receiver { _, _ in .text("secret") }
    let lookups = Mutex(0)
    // The rule stands for the name's changing address: public when first looked at, our own when connected to.
    let guardian = AddressGuard()
    let rule: AddressRule = { bytes, port in
      let first = lookups.withLock { count in
        count += 1
        return count == 1
      }
      return first ? true : guardian.rule(bytes, port)
    }
    _ = try await get("http://localhost:\(receiver.address.port ?? 0)/", rule: rule)
    await #expect(throws: TransferFailure.addressRefused) {
      try await get("http://localhost:\(receiver.address.port ?? 0)/", rule: rule)
    }
    #expect(receiver.arrivals.count == 1)
  }

  @Test("no proxy of the environment comes between")
  func proxy() async throws {
    let proxy = try await Receiver { _, _ in .text("proxy") }
    let receiver = try await Receiver { _, _ in .text("receiver") }
    for name in ["http_proxy", "all_proxy", "ALL_PROXY"] { setenv(name, proxy.url, 1) }
    defer { for name in ["http_proxy", "all_proxy", "ALL_PROXY"] { unsetenv(name) } }
    #expect(try await get(receiver.url).body == Array("receiver".utf8))
    #expect(proxy.arrivals.isEmpty)
  }

  @Test("what is too large ends, told or not; what only the status counts of is cut")
  func tooLarge() async throws {
    let receiver = try await Receiver { arrival, _ in
      if arrival.path == "/told" { return .bytes([UInt8](repeating: 1, count: 5000), type: "a/b") }
      return .stream(type: "a/b") { writer in
        for _ in 0..<10_000 { try await writer.write([UInt8](repeating: 1, count: 1000)) }
      }
    }
    for path in ["/told", "/untold"] {
      await #expect(throws: TransferFailure.tooLarge, "\(path)") {
        try await get(receiver.url + path, Self.limits(body: 4096))
      }
    }
    let (answer, body) = try await get(receiver.url + "/untold", Self.limits(body: 4096), cuts: true)
    #expect(answer.status == 200)
    #expect(body.count <= 4096)
  }

  @Test("silence ends in time, and so does what is cancelled")
  func silence() async throws {
    let receiver = try await Receiver { _, _ in
      try await Task.sleep(for: .seconds(300))
      return .text("late")
    }
    await #expect(throws: TransferFailure.timedOut) {
      try await get(receiver.url, Self.limits(total: .milliseconds(300)))
    }
    let cancellation = TransferCancellation()
    let url = receiver.url
    let transfer = Task { try await get(url, cancellation: cancellation) }
    await receiver.wait(for: 2)
    cancellation.cancel()
    await #expect(throws: TransferFailure.cancelled) { try await transfer.value }
  }

  @Test("nobody there, no such name, and what is no HTTP have their codes")
  func failures() async throws {
    // Nothing listens at port 1.
    await #expect(throws: TransferFailure.unreachable) { try await get("http://127.0.0.1:1/") }
    await #expect(throws: TransferFailure.unresolved) { try await get("http://nowhere.invalid/") }
  }

  @Test(
    "only http and https, without credentials, are addresses",
    arguments: [
      "file:///etc/passwd", "ftp://a/b", "gopher://a/", "dict://a:1/", "//a/b", "a.example", "", "http://",
      "http://user@a/", "http://user:pass@a/", "http://a b/", "http://a/\r\nHost: b", "javascript:alert(1)",
      "http://a/" + String(repeating: "x", count: 2048), "http://[::1", "http://a:99999/",
    ])
  func refusedAddresses(text: String) {
    #expect(throws: WebAddress.Refusal.self) { try WebAddress(text) }
  }

  @Test("references are resolved against the address they came from")
  func references() throws {
    let base = try WebAddress("https://a.example/b/c?d#e")
    #expect(base.text == "https://a.example/b/c?d")
    #expect(try base.resolving("/x").text == "https://a.example/x")
    #expect(try base.resolving("x?y").text == "https://a.example/b/x?y")
    #expect(try base.resolving("http://b.example/").text == "http://b.example/")
    #expect(throws: WebAddress.Refusal.self) { try base.resolving("file:///etc/passwd") }
    #expect(throws: WebAddress.Refusal.self) { try base.resolving("https://u:p@a.example/") }
    #expect(try WebAddress("https://A.example:8443/").authority == "a.example:8443")
  }
}
