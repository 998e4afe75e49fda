import EventLoop
import Foundation
import HTTPServer
import Ledger
import Logging
import Testing

@testable import Service

/// A server whose one route tells who asks, behind access control, over real sockets.
private final class GuardedServer: Sendable {
  let ring = KeyRing()
  let clock = ManualLoopClock()
  let address: SocketAddress
  let place: LedgerPlace
  let control: AccessControl
  private let loop: EventLoop
  private let server: WebServer

  init(_ configure: (inout AccessConfiguration) -> Void = { _ in }) async throws {
    var configuration = AccessConfiguration()
    configuration.authentication = .required
    configuration.listen = [try SocketAddress(parsing: "127.0.0.1:0")]
    configure(&configuration)
    place = try LedgerPlace()
    try await ring.load(from: place.ledger)
    control = AccessControl(ring, configuration, clock: clock)
    var routes = RouteTable()
    SessionRoutes(access: control).register(in: &routes)
    KeyRoutes(ring: ring).register(in: &routes)
    let who = Operation("who", "Who asks.", tag: "test", answers: [])
    for (method, path) in [
      (HTTPMethod.get, "/api/v1/jobs"), (.post, "/api/v1/documents"), (.get, "/metrics"), (.get, "/index.html"),
      (.get, "/health/live"), (.get, "/api/v1/progress"),
    ] {
      routes.on(
        method, path, Operation("\(method)\(path)", who.summary, tag: who.tag, answers: [])
      ) { _ in .text("\(Principal.current.name)/\(Principal.current.role.rawValue)") }
    }
    loop = try EventLoop.start()
    var settings = ServerConfiguration()
    if !configuration.isRequired { settings.allowedHosts = ["localhost", "127.0.0.1"] }
    settings.renderFailure = IdentityMiddleware.render
    let identity = IdentityMiddleware(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    server = WebServer(
      router: routes.router([{ try await identity.answer($0, $1) }, { [control] in try await control.admit($0, $1) }]),
      configuration: settings, loop: loop)
    address = try await server.listen(on: SocketAddress(parsing: "127.0.0.1:0"))
  }

  deinit { loop.stop() }

  func ask(
    _ method: String, _ path: String, key: String? = nil, _ headers: [String: String] = [:], body: String = ""
  ) async throws -> RawAnswer {
    var headers = headers
    if let key { headers["Authorization"] = "Bearer \(key)" }
    return try await RawAnswer.of(method, path, at: address, headers, body: body)
  }
}

@Suite("Access control")
struct AccessControlTests {
  @Test("what each role may do, and what nobody needs a key for")
  func roles() async throws {
    let server = try await GuardedServer()
    var keys: [String: String] = [:]
    for role in KeyRole.allCases {
      keys[role.rawValue] = try await server.ring.add(name: "key-\(role.rawValue)", role: role).text
    }
    // Method and path, then the status without a key and with each role.
    let table: [(String, String, Int, [String: Int])] = [
      ("GET", "/health/live", 200, ["read": 200, "submit": 200, "admin": 200]),
      ("GET", "/index.html", 200, ["read": 200, "submit": 200, "admin": 200]),
      ("GET", "/api/v1/jobs", 401, ["read": 200, "submit": 200, "admin": 200]),
      ("POST", "/api/v1/documents", 401, ["read": 403, "submit": 200, "admin": 200]),
      ("POST", "/api/v1/tickets", 401, ["read": 201, "submit": 201, "admin": 201]),
      ("GET", "/api/v1/keys", 401, ["read": 403, "submit": 403, "admin": 200]),
      ("GET", "/metrics", 401, ["read": 403, "submit": 403, "admin": 200]),
      ("GET", "/api/v1/nothing", 401, ["read": 404, "submit": 404, "admin": 404]),
    ]
    for (method, path, without, with) in table {
      let answer = try await server.ask(method, path)
      #expect(answer.status == without, "\(method) \(path)")
      if without == 401 {
        #expect(answer.header("WWW-Authenticate")?.hasPrefix("Bearer ") == true)
        #expect(answer.header("Content-Type") == "application/problem+json")
        #expect(answer.body.contains(#""code":"unauthorized""#))
      }
      for (role, status) in with {
        #expect(try await server.ask(method, path, key: keys[role]).status == status, "\(method) \(path) as \(role)")
      }
    }
    #expect(try await server.ask("GET", "/api/v1/jobs", key: keys["submit"]).body == "key-submit/submit")
    let other = try await server.ask("GET", "/api/v1/jobs", ["X-Api-Key": keys["read"] ?? ""])
    #expect(other.body == "key-read/read")
    // Whoever needs no key is nobody: no job is theirs.
    #expect(try await server.ask("GET", "/index.html").body == "?/read")
  }

  @Test("what is no key of ours is told so, and after many only that there were many")
  func attempts() async throws {
    let server = try await GuardedServer()
    let good = try await server.ring.add(name: "ann", role: .read).text
    for headers in [
      ["Authorization": "Basic YTpi"], ["Authorization": "Bearer"], ["X-Api-Key": "nonsense"],
      ["Authorization": "Bearer \(KeyText().text)"],
    ] {
      let answer = try await server.ask("GET", "/api/v1/jobs", headers)
      #expect(answer.status == 401)
      #expect(answer.body.contains(#""code":"invalid_key""#))
    }
    var statuses: Set<Int> = []
    for _ in 0..<30 { statuses.insert(try await server.ask("GET", "/api/v1/jobs", key: "x").status) }
    #expect(statuses == [401, 429])
    #expect(try await server.ask("GET", "/api/v1/jobs", key: "x").header("Retry-After") == "1")
    #expect(try await server.ask("GET", "/api/v1/jobs", key: good).status == 200)
  }

  @Test("a key that asks too fast or too much at once is told when to come again; another is not held up")
  func limits() async throws {
    let server = try await GuardedServer()
    let slow = try await server.ring.add(name: "ann", role: .read, limits: KeyLimits(rate: 0.5, burst: 3)).text
    let other = try await server.ring.add(name: "bob", role: .read).text
    for _ in 0..<3 { #expect(try await server.ask("GET", "/api/v1/jobs", key: slow).status == 200) }
    let refused = try await server.ask("GET", "/api/v1/jobs", key: slow)
    #expect(refused.status == 429)
    #expect(refused.header("Retry-After") == "2")
    #expect(refused.body.contains(#""code":"rate_limited""#))
    #expect(try await server.ask("GET", "/api/v1/jobs", key: other).status == 200)
    server.clock.advance(.seconds(2))
    #expect(try await server.ask("GET", "/api/v1/jobs", key: slow).status == 200)
  }

  @Test("a session is a cookie that no script reads; it ends with its key")
  func session() async throws {
    let server = try await GuardedServer()
    let (record, key) = try await server.ring.add(name: "ann", role: .submit)
    let wrong = try await server.ask(
      "POST", "/api/v1/session", ["Content-Type": "application/json"], body: #"{"key":"no"}"#)
    #expect(wrong.status == 401)
    let begun = try await server.ask(
      "POST", "/api/v1/session", ["Content-Type": "application/json"], body: "{\"key\":\"\(key)\"}")
    #expect(begun.status == 201)
    let cookie = try #require(begun.header("Set-Cookie"))
    for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"] { #expect(cookie.contains(part)) }
    #expect(!cookie.contains("Secure"))
    let pair = String(cookie.prefix { $0 != ";" })
    #expect(try await server.ask("GET", "/api/v1/jobs", ["Cookie": "a=b; \(pair)"]).body == "ann/submit")
    #expect(try await server.ask("GET", "/api/v1/session", ["Cookie": pair]).body.contains(#""name":"ann""#))

    // An unsafe method with a cookie must come from a page of ours.
    let host = "127.0.0.1:\(server.address.port ?? 0)"
    let origins: [(String?, Int)] = [
      (nil, 403), ("https://evil.example", 403), ("null", 403), ("http://\(host).evil.example", 403),
      ("http://\(host)", 200), ("https://\(host)", 200),
    ]
    for (origin, status) in origins {
      var headers = ["Cookie": pair]
      if let origin { headers["Origin"] = origin }
      #expect(try await server.ask("POST", "/api/v1/documents", headers).status == status, "\(origin ?? "none")")
    }
    #expect(
      try await server.ask("POST", "/api/v1/documents", ["Cookie": pair, "Sec-Fetch-Site": "same-origin"]).status == 200
    )

    let ended = try await server.ask("DELETE", "/api/v1/session", ["Cookie": pair, "Origin": "http://\(host)"])
    #expect(ended.status == 204)
    #expect(ended.header("Set-Cookie")?.contains("Max-Age=0") == true)
    #expect(try await server.ask("GET", "/api/v1/jobs", ["Cookie": pair]).status == 401)

    let again = try await server.ask("POST", "/api/v1/session", key: key)
    let second = String(try #require(again.header("Set-Cookie")).prefix { $0 != ";" })
    #expect(try await server.ask("GET", "/api/v1/jobs", ["Cookie": second]).status == 200)
    _ = try await server.ring.revoke(record.id)
    #expect(try await server.ask("GET", "/api/v1/jobs", ["Cookie": second]).status == 401)
  }

  @Test("behind a proxy with TLS that is trusted, the cookie is only for TLS")
  func secureCookie() async throws {
    let server = try await GuardedServer { $0.trustedProxies = [IPNetwork("127.0.0.1")].compactMap { $0 } }
    let key = try await server.ring.add(name: "ann", role: .read).text
    let answer = try await server.ask("POST", "/api/v1/session", key: key, ["X-Forwarded-Proto": "https"])
    let cookie = try #require(answer.header("Set-Cookie"))
    #expect(cookie.hasPrefix("__Host-sheaf_session=") && cookie.hasSuffix("; Secure"))
    let pair = String(cookie.prefix { $0 != ";" })
    #expect(try await server.ask("GET", "/api/v1/jobs", ["Cookie": pair]).status == 200)
    // Nobody else's word is taken for it.
    let untrusted = try await GuardedServer()
    let other = try await untrusted.ring.add(name: "ann", role: .read).text
    let plain = try await untrusted.ask("POST", "/api/v1/session", key: other, ["X-Forwarded-Proto": "https"])
    #expect(plain.header("Set-Cookie")?.contains("Secure") == false)
  }

  @Test("a WebSocket opens with a ticket, once, for a while, and from our own pages; never with a cookie")
  func tickets() async throws {
    let server = try await GuardedServer()
    let key = try await server.ring.add(name: "ann", role: .read).text
    func ticket() async throws -> String {
      let answer = try await server.ask("POST", "/api/v1/tickets", key: key)
      #expect(answer.status == 201)
      let object = try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any]
      return try #require(object?["ticket"] as? String)
    }
    let upgrade = ["Upgrade": "websocket"]
    let first = try await ticket()
    #expect(try await server.ask("GET", "/api/v1/progress?ticket=\(first)", upgrade).body == "ann/read")
    #expect(try await server.ask("GET", "/api/v1/progress?ticket=\(first)", upgrade).status == 401)
    // Only for a WebSocket.
    #expect(try await server.ask("GET", "/api/v1/progress?ticket=\(try await ticket())").status == 401)
    let foreign = upgrade.merging(["Origin": "https://evil.example"]) { $1 }
    #expect(try await server.ask("GET", "/api/v1/progress?ticket=\(try await ticket())", foreign).status == 403)
    let late = try await ticket()
    server.clock.advance(.seconds(31))
    #expect(try await server.ask("GET", "/api/v1/progress?ticket=\(late)", upgrade).status == 401)
    let session = try await server.ask("POST", "/api/v1/session", key: key)
    let pair = String(try #require(session.header("Set-Cookie")).prefix { $0 != ";" })
    #expect(try await server.ask("GET", "/api/v1/progress", upgrade.merging(["Cookie": pair]) { $1 }).status == 401)
    #expect(try await server.ask("GET", "/api/v1/progress", key: key, upgrade).body == "ann/read")
  }

  @Test("without keys everybody is let in, but for the keys themselves; only our own names are answered to")
  func open() async throws {
    let server = try await GuardedServer { $0.authentication = .automatic }
    #expect(try await server.ask("POST", "/api/v1/documents").body == "/admin")
    #expect(try await server.ask("POST", "/api/v1/session").body.contains(#""authentication":false"#))
    for method in ["GET", "POST"] {
      let answer = try await server.ask(method, "/api/v1/keys", ["Content-Type": "application/json"], body: "{}")
      #expect(answer.status == 403)
      #expect(answer.body.contains(#""code":"administrator_required""#))
    }
    #expect(try await server.ask("GET", "/api/v1/jobs", ["Host": "evil.example"]).status == 421)
    #expect(try await server.ask("GET", "/api/v1/jobs", ["Host": "localhost:1"]).status == 200)
    // A key that is sent is looked at all the same.
    #expect(try await server.ask("GET", "/api/v1/jobs", key: "x").status == 401)
    let key = try await server.ring.add(name: "ann", role: .admin).text
    #expect(try await server.ask("GET", "/api/v1/keys", key: key).status == 200)
  }

  @Test("keys are made, listed and revoked over HTTP, and told once")
  func keyRoutes() async throws {
    let server = try await GuardedServer()
    let admin = try await server.ring.add(name: "root", role: .admin).text
    let json = ["Content-Type": "application/json"]
    let made = try await server.ask(
      "POST", "/api/v1/keys", key: admin, json, body: #"{"name":"ann","role":"read","rate":2.5}"#)
    #expect(made.status == 201)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(made.body.utf8)) as? [String: Any])
    let key = try #require(object["key"] as? String)
    #expect(try await server.ask("GET", "/api/v1/jobs", key: key).body == "ann/read")
    let list = try await server.ask("GET", "/api/v1/keys", key: admin).body
    #expect(list.contains(#""name":"ann""#) && list.contains(#""rate":2.5"#))
    #expect(!list.contains(key) && !list.contains("hash") && !list.contains("salt"))
    let bad: [(String, Int)] = [
      (#"{"name":"a b"}"#, 422), (#"{"role":"read"}"#, 422), (#"{"name":"a","role":"god"}"#, 422),
      (#"{"name":"a","burst":"many"}"#, 422), ("[]", 400), ("{", 400),
    ]
    for (body, status) in bad {
      #expect(try await server.ask("POST", "/api/v1/keys", key: admin, json, body: body).status == status, "\(body)")
    }
    #expect(try await server.ask("DELETE", "/api/v1/keys/ann", key: admin).status == 200)
    #expect(try await server.ask("GET", "/api/v1/jobs", key: key).status == 401)
    #expect(try await server.ask("DELETE", "/api/v1/keys/ann", key: admin).status == 404)
  }

  @Test(
    "keys are asked for as soon as one address is not this machine's own",
    arguments: [
      (["127.0.0.1:80"], false), (["[::1]:80"], false), (["unix:/run/a"], false), (["0.0.0.0:80"], true),
      (["127.0.0.1:80", "192.168.1.2:80"], true), (["[::]:80"], true),
    ])
  func automatic(listen: [String], isRequired: Bool) throws {
    var configuration = AccessConfiguration()
    configuration.listen = try listen.map { try SocketAddress(parsing: $0) }
    #expect(configuration.isRequired == isRequired)
    configuration.authentication = .waived
    #expect(!configuration.isRequired)
    configuration.authentication = .required
    #expect(configuration.isRequired)
  }
}
