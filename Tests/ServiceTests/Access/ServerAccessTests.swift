import CanonicalJSON
import Engine
import EventLoop
import Foundation
import HTTPServer
import Ledger
import TestSupport
import Testing

@testable import Service

@Suite("Access to a running server", .timeLimit(.minutes(10)))
struct ServerAccessTests {
  private static let required = ["auth.mode": "required"]

  private struct Route {
    let id: String
    let method: HTTPMethod
    let path: String
    var isSafe: Bool { method == .get }
  }

  /// Every route of the server's own description, with something in each place of its path.
  private static func routes(_ client: ServiceClient, job: String = "0123456789") async throws -> [Route] {
    let paths = try await client.get("/openapi.json").json["paths"]?.object ?? [:]
    var routes: [Route] = []
    for (template, methods) in paths.sorted(by: { $0.key < $1.key }) {
      let values = ["{id}": job, "{other}": job, "{stage}": "ocr", "{page}": "1", "{key}": "nobody"]
      let path = template.split(separator: "/", omittingEmptySubsequences: false)
        .map { values[String($0)] ?? ($0.hasPrefix("{") ? "x" : String($0)) }.joined(separator: "/")
      for (name, operation) in (methods.object ?? [:]).sorted(by: { $0.key < $1.key }) {
        let method = HTTPMethod(rawValue: name.uppercased())
        routes.append(Route(id: operation["operationId"]?.string ?? "", method: method, path: path))
      }
    }
    return routes
  }

  /// What a route answers; the body is nothing that any of them takes.
  private static func ask(_ client: ServiceClient, _ route: Route) async throws -> ServiceClient.Answer {
    guard !route.isSafe else { return try await client.get(route.path) }
    return try await client.send(
      route.method, route.path, headers: ["Content-Type": "application/json", "If-Match": "*"],
      body: .bytes(Array("7".utf8)))
  }

  /// What asks for no key, and why: probes, the description, and whoever brings their key in the body.
  private static let open: Set<String> = [
    "getLiveness", "getReadiness", "getOpenAPI", "getSession", "beginSession", "endSession",
  ]
  /// What only a key of role admin may do.
  private static let admins: Set<String> = ["listKeys", "addKey", "revokeKey", "importBundle", "getMetrics"]
  /// What a key of role read may do although it is no GET: a ticket opens what its holder may see.
  private static let harmless: Set<String> = ["issueTicket"]

  @Test("every route asks for a key, and for the role that it takes")
  func roles() async throws {
    try await ServiceHarness().serve(Self.required) { client in
      var keys: [KeyRole: ServiceClient] = [:]
      for role in KeyRole.allCases {
        keys[role] = client.with(key: try await client.context.keys.add(name: role.rawValue, role: role).text)
      }
      let routes = try await Self.routes(client)
      #expect(routes.count > 35)
      let ids = Set(routes.map(\.id))
      #expect(Self.open.union(Self.admins).union(Self.harmless).isSubset(of: ids.union(["getMetrics"])))
      for route in routes where !route.path.contains("{") {
        let without = try await Self.ask(client, route)
        if Self.open.contains(route.id) {
          #expect(without.status != 403, "\(route)")
          continue
        }
        if route.path.hasPrefix("/api/") || route.path == "/metrics" || route.path == "/health/queue" {
          #expect(without.status == 401, "\(route): \(without.status)")
          #expect(without.code == "unauthorized", "\(route)")
        }
        for (role, holder) in keys {
          let needed: KeyRole =
            Self.admins.contains(route.id)
            ? .admin
            : route.isSafe || Self.harmless.contains(route.id) ? .read : .submit
          let answer = try await Self.ask(holder, route)
          #expect((answer.status == 403) == (role < needed), "\(route) as \(role): \(answer.status) \(answer.text)")
          #expect(answer.status != 401, "\(route) as \(role)")
          #expect(answer.status < 500, "\(route) as \(role): \(answer.text)")
        }
      }
    }
  }

  @Test("another key's job is not there, whatever is asked of it; an admin sees all")
  func others() async throws {
    try await ServiceHarness().serve(Self.required) { client in
      let ring = client.context.keys
      let ann = client.with(key: try await ring.add(name: "ann", role: .submit).text)
      let bob = client.with(key: try await ring.add(name: "bob", role: .submit).text)
      let root = client.with(key: try await ring.add(name: "root", role: .admin).text)
      let id = try await ann.submit("one\ntwo\n")
      let before = try await ann.wait(id)
      #expect(before["owner"] == "ann")
      let routes = try await Self.routes(client, job: id).filter { $0.path.contains(id) }
      #expect(routes.count > 20)
      for route in routes {
        let answer = try await Self.ask(bob, route)
        #expect(answer.status == 404, "\(route): \(answer.status) \(answer.text)")
        #expect(answer.code == "job_not_found", "\(route)")
      }
      #expect(try await bob.get("/api/v1/jobs").json["jobs"] == [])
      #expect(try await bob.get("/api/v1/search?q=one").json["hits"] == [])
      #expect(try await ann.get("/api/v1/jobs").json["jobs"]?.array?.count == 1)
      #expect(try await root.get("/api/v1/jobs").json["jobs"]?.array?.count == 1)
      #expect(try await root.get("/api/v1/jobs/\(id)").json["seq"] == before["seq"])
      let usage = try await ann.get("/api/v1/usage").json["usage"]?.array ?? []
      #expect(usage.map { $0["key"]?.string } == ["ann"])
      #expect(usage.first?["documents"] == 1)
      #expect(usage.first?["pages"] == 2)
      #expect(try await bob.get("/api/v1/usage?key=ann").json["usage"] == [])
      // A second key of the same name takes over.
      let heir = client.with(key: try await ring.add(name: "ann", role: .read).text)
      #expect(try await heir.get("/api/v1/jobs/\(id)").status == 200)
      #expect(try await heir.get("/api/v1/jobs/\(id)/result?format=csv").status == 403, "making a format is work")
    }
  }

  @Test("a key's rate and its requests in work are bounded, with the time to come again")
  func limits() async throws {
    try await ServiceHarness().serve(Self.required) { client in
      let ring = client.context.keys
      let slow = client.with(
        key: try await ring.add(name: "slow", role: .read, limits: KeyLimits(rate: 0.01, burst: 2)).text)
      for _ in 0..<2 { #expect(try await slow.get("/api/v1/jobs").status == 200) }
      let limited = try await slow.get("/api/v1/jobs")
      #expect(limited.status == 429)
      #expect(limited.code == "rate_limited")
      #expect((limited.headers["Retry-After"].flatMap { Int($0) } ?? 0) > 10)

      let text = try await ring.add(name: "one", role: .submit, limits: KeyLimits(concurrency: 1)).text
      let one = client.with(key: text)
      let connection = try PlainConnection(client.address)
      connection.send(
        "POST /api/v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/pdf\r\n"
          + "Authorization: Bearer \(text)\r\nContent-Length: 100\r\n\r\none\n")
      while client.context.admission.reading(try client.context.engine.census).uploads == 0 {
        try await Task.sleep(for: .milliseconds(5))
      }
      let second = try await one.get("/api/v1/jobs")
      #expect(second.status == 429)
      #expect(second.headers["Retry-After"] == "1")
      connection.close()
      while try await one.get("/api/v1/jobs").status == 429 { try await Task.sleep(for: .milliseconds(10)) }
    }
  }

  @Test("a session's cookie stands for its key, and changes something only from the server's own pages")
  func session() async throws {
    try await ServiceHarness().serve(Self.required) { client in
      let text = try await client.context.keys.add(name: "ann", role: .submit).text
      let wrong = try await client.post("/api/v1/session", json: ["key": "sheaf_nobody_nothing"])
      #expect(wrong.status == 401)
      let begun = try await client.post("/api/v1/session", json: ["key": .string(text)])
      #expect(begun.status == 201)
      let field = try #require(begun.headers["Set-Cookie"])
      for mark in ["HttpOnly", "SameSite=Strict", "Path=/"] { #expect(field.contains(mark)) }
      let cookie = String(field.prefix { $0 != ";" })
      #expect(try await client.get("/api/v1/session", headers: ["Cookie": cookie]).json["name"] == "ann")
      #expect(try await client.get("/api/v1/jobs", headers: ["Cookie": cookie]).status == 200)

      func post(_ headers: HeaderFields) async throws -> ServiceClient.Answer {
        var headers = headers
        headers["Cookie"] = cookie
        headers["Content-Type"] = "application/octet-stream"
        return try await client.send(
          .post, "/api/v1/documents", headers: headers, body: .bytes(Array("one\n".utf8)))
      }
      for headers: HeaderFields in [
        [:], ["Origin": "http://evil.example"], ["Origin": "null"], ["Sec-Fetch-Site": "cross-site"],
      ] {
        let answer = try await post(headers)
        #expect(answer.status == 403, "\(headers)")
        #expect(answer.code == "origin_not_allowed", "\(headers)")
      }
      #expect(try await post(["Origin": "http://\(client.address)"]).status == 202)
      let ended = try await client.send(.delete, "/api/v1/session", headers: ["Cookie": cookie])
      #expect(ended.status == 204)
      #expect(try await client.get("/api/v1/jobs", headers: ["Cookie": cookie]).status == 401)
    }
  }

  @Test("a WebSocket takes a ticket, once; neither a cookie nor a key in its address opens it")
  func tickets() async throws {
    try await ServiceHarness().serve(Self.required) { client in
      let text = try await client.context.keys.add(name: "ann", role: .read).text
      let begun = try await client.post("/api/v1/session", json: ["key": .string(text)])
      let cookie = String(try #require(begun.headers["Set-Cookie"]).prefix { $0 != ";" })
      let upgrade = [
        "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Protocol": "sheaf.progress.v1",
      ]
      func open(_ query: String, _ headers: [String: String] = [:]) async throws -> Int {
        try await RawAnswer.of(
          "GET", "/api/v1/progress\(query)", at: client.address, upgrade.merging(headers) { $1 }
        ).status
      }
      func ticket() async throws -> String {
        let answer = try await client.with(key: text).send(.post, "/api/v1/tickets")
        #expect(answer.status == 201)
        return try #require(answer.json["ticket"]?.string)
      }
      let first = try await ticket()
      #expect(try await open("?ticket=\(first)") == 101)
      #expect(try await open("?ticket=\(first)") == 401)
      #expect(try await open("?ticket=\(try await ticket())", ["Origin": "http://evil.example"]) == 403)
      #expect(try await open("?ticket=\(try await ticket())", ["Origin": "http://\(client.address)"]) == 101)
      #expect(try await open("?key=\(text)") == 401)
      #expect(try await open("", ["Cookie": cookie]) == 401)
      #expect(try await open("", ["Authorization": "Bearer \(text)"]) == 101)
    }
  }

  @Test("a revoked key's WebSockets and event streams end; those of another key of the same name do not")
  func revoked() async throws {
    try await ServiceHarness().serve(Self.required) { client in
      let ring = client.context.keys
      let (old, oldText) = try await ring.add(name: "ann", role: .submit)
      let newText = try await ring.add(name: "ann", role: .submit).text
      let job = try await client.with(key: newText).submit("one !ocr=slow\ntwo !ocr=slow\n")
      func socket(_ text: String) async throws -> ProgressClient {
        ProgressClient(
          try await client.http.webSocket(
            "/api/v1/progress", headers: ["Authorization": "Bearer \(text)"], subprotocols: ["sheaf.progress.v1"]))
      }
      func events(_ text: String) async throws -> ClientResponse {
        try await client.http.send(
          ClientRequest(
            .get, "/api/v1/jobs/\(job)/events",
            headers: ["Authorization": "Bearer \(text)", "Accept": "text/event-stream"]))
      }
      let (gone, staying) = (try await socket(oldText), try await socket(newText))
      let stream = try await events(oldText)
      _ = try await stream.body.next()
      for one in [gone, staying] {
        try await one.send("{\"subscribe\":{\"jobs\":[\"\(job)\"]}}")
        _ = try await one.next()
      }
      #expect(try await ring.revoke(old.id).map(\.id) == [old.id])
      let closed = try await #require(throws: ProgressClient.Closed.self) { while true { _ = try await gone.next() } }
      #expect(closed.closure?.code == .policyViolation)
      while try await stream.body.next() != nil {}
      _ = try await staying.messages { $0["type"] == "job_state" && $0["state"] == "completed" }
    }
  }

  @Test("without keys, on loopback, only its own names and no other site's pages are served")
  func loopback() async throws {
    try await ServiceHarness().serve { client in
      for host in ["evil.example", "127.0.0.1.evil.example", "localhost.evil"] {
        let answer = try await client.get("/api/v1/jobs", headers: ["Host": host])
        #expect(answer.status == 421, "\(host)")
        #expect(answer.code == "host_not_allowed")
      }
      #expect(try await client.get("/api/v1/jobs", headers: ["Host": "localhost:80"]).status == 200)
      let foreign = try await client.send(
        .post, "/api/v1/documents", headers: ["Content-Type": "text/plain", "Origin": "http://evil.example"],
        body: .bytes(Array("one\n".utf8)))
      #expect(foreign.status == 403)
      #expect(foreign.code == "origin_not_allowed")
      // What lasts longer than this state of affairs is the operator's.
      #expect(try await client.get("/api/v1/keys").status == 403)
    }
  }

  @Test("keys are made, listed and revoked with and without a server; beyond loopback they are asked for")
  func commands() async throws {
    let folder = try TemporaryFolder()
    let data = folder.path + "/data"
    let server = try await ServerProcess(data: data, ["--listen", "0.0.0.0:0"])
    #expect(try await server.logged("keys are asked for, and there are none: nobody can use the server") != nil)
    #expect(try await server.get("/api/v1/jobs").status == 401)
    let added = try await CommandRun(["keys", "add", "ann", "--role", "submit", "--rate", "7", "--data", data])
    #expect(added.status == 0, "\(added.errors)")
    let key = added.output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(try await server.get("/api/v1/jobs", headers: ["X-Api-Key": key]).status == 200)
    #expect(try await server.get("/metrics", headers: ["X-Api-Key": key]).status == 403)
    let listed = try await CommandRun(["keys", "list", "--json", "--data", data])
    let record = try CanonicalDecoder().decode(JSONValue.self, from: Array(listed.output.utf8))
    #expect(record["name"] == "ann")
    #expect(record["rate"] == 7)
    #expect(!listed.output.contains(key))
    let bad = try await CommandRun(["keys", "add", "a b", "--data", data])
    #expect(bad.status == 64, "\(bad.errors)")
    let unknown = try await CommandRun(["keys", "revoke", "nobody", "--data", data])
    #expect(unknown.status == 64)
    #expect(unknown.errors.contains("There is no key \"nobody\" in use."), "\(unknown.errors)")
    let revoked = try await CommandRun(["keys", "revoke", "ann", "--data", data])
    #expect(revoked.status == 0, "\(revoked.errors)")
    #expect(try await server.get("/api/v1/jobs", headers: ["X-Api-Key": key]).status == 401)
    #expect(try await server.stop() == 0)

    let alone = try await CommandRun(["keys", "add", "bob", "--role", "admin", "--json", "--data", data])
    #expect(alone.status == 0, "\(alone.errors)")
    let made = try CanonicalDecoder().decode(JSONValue.self, from: Array(alone.output.utf8))
    #expect(made["role"] == "admin")
    #expect(made["key"]?.string?.isEmpty == false)
    let all = try await CommandRun(["keys", "list", "--all", "--data", data])
    #expect(all.output.contains("ann") && all.output.contains("revoked") && all.output.contains("bob"))
    #expect(try await CommandRun(["keys", "revoke", "bob", "--data", data]).status == 0)
    let none = try await CommandRun(["keys", "list", "--data", data])
    #expect(none.errors.contains("There are no keys."))
  }
}
