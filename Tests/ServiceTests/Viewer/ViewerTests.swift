import CanonicalJSON
import Foundation
import HTTPServer
import TestSupport
import Testing

@testable import Service

/// The viewer's files over real sockets.
@Suite("The viewer at /", .timeLimit(.minutes(10)))
struct ViewerTests {
  /// The project's own viewer.
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("web-static").path

  private func serve(_ folder: String = Self.folder, _ body: @escaping @Sendable (ServiceClient) async throws -> Void)
    async throws
  {
    try await ServiceHarness().serve(["viewer.folder": folder], body)
  }

  private func file(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: Self.folder + "/" + path)))
  }

  @Test(
    "every kind of file comes whole with its type",
    arguments: [
      ("/", "index.html", "text/html; charset=utf-8"), ("/icon.svg", "icon.svg", "image/svg+xml"),
      ("/css/base.css", "css/base.css", "text/css; charset=utf-8"),
      ("/js/main.mjs", "js/main.mjs", "text/javascript; charset=utf-8"),
      ("/js/view/home.mjs", "js/view/home.mjs", "text/javascript; charset=utf-8"),
    ])
  func filesCome(target: String, path: String, type: String) async throws {
    let expected = try file(path)
    try await serve { (client) async throws in
      let answer = try await client.get(target)
      #expect(answer.status == 200)
      #expect(answer.bytes == expected)
      #expect(answer.headers["Content-Type"] == type)
      let head = try await client.send(.head, target)
      #expect(head.status == 200 && head.bytes.isEmpty)
    }
  }

  @Test("all that the first page names is there")
  func namesResolve() async throws {
    try await serve { (client) async throws in
      let page = try await client.get("/").text
      let names = page.matches(of: /(?:href|src)="([^#"][^"]*)"/).map { String($0.1) }
      #expect(names.count > 8)
      for name in names { #expect(try await client.get("/" + name).status == 200, "\(name)") }
    }
  }

  @Test("a browser runs nothing but these files and talks to this server only")
  func policy() async throws {
    try await serve { (client) async throws in
      for target in ["/", "/js/main.mjs", "/css/base.css"] {
        let headers = try await client.get(target).headers
        let policy = try #require(headers["Content-Security-Policy"])
        #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
        #expect(!policy.contains("unsafe"))
        #expect(headers["X-Content-Type-Options"] == "nosniff")
        #expect(headers["Referrer-Policy"] == "no-referrer")
      }
    }
  }

  @Test(
    "gzip is sent to those who take it, with a tag of its own",
    arguments: [
      ("gzip", true), ("br, gzip;q=0.5", true), ("*", true), ("gzip;q=0", false), ("br", false),
      ("identity, *;q=0", false),
    ])
  func coding(accepted: String, isCoded: Bool) async throws {
    try await serve { (client) async throws in
      let plain = try await client.get("/js/main.mjs")
      let answer = try await client.get("/js/main.mjs", headers: ["Accept-Encoding": accepted])
      #expect(answer.headers["Content-Encoding"] == (isCoded ? "gzip" : nil))
      #expect(answer.headers["Vary"] == "Accept-Encoding")
      #expect((answer.bytes.count < plain.bytes.count) == isCoded)
      #expect((answer.headers["ETag"] != plain.headers["ETag"]) == isCoded)
      if isCoded { #expect(answer.bytes.starts(with: [0x1F, 0x8B])) }
    }
  }

  @Test("what the client has is not sent again")
  func notModified() async throws {
    try await serve { (client) async throws in
      let first = try await client.get("/css/base.css", headers: ["Accept-Encoding": "gzip"])
      let tag = try #require(first.headers["ETag"])
      let again = try await client.get("/css/base.css", headers: ["Accept-Encoding": "gzip", "If-None-Match": tag])
      #expect(again.status == 304 && again.bytes.isEmpty)
      #expect(again.headers["ETag"] == tag)
      #expect(try await client.get("/css/base.css", headers: ["If-None-Match": "\"other\""]).status == 200)
    }
  }

  @Test(
    "no path leads out of the folder",
    arguments: [
      "/js/..%2F..%2FPackage.swift", "/js/%2e%2e/%2e%2e", "/css/..%5c..%5cPackage.swift", "/js/..%2fmain.mjs",
      "/css/%2Fetc%2Fpasswd", "/js/view/..%2F..%2F..%2FPackage.swift", "/css/none.css", "/js/view",
      "/Package.swift", "/js/view/home.mjs%00.css", "/index.html/..",
    ])
  func noEscape(target: String) async throws {
    try await serve { (client) async throws in
      let status = try await client.get(target).status
      #expect(status == 404 || status == 400, "\(target)")
    }
  }

  @Test("links out of the folder are not followed, hidden files and other kinds not served")
  func onlyFiles() async throws {
    let temporary = try TemporaryFolder()
    let folder = temporary.path + "/viewer"
    try FileManager.default.createDirectory(atPath: folder + "/css", withIntermediateDirectories: true)
    try Data("<p>mine</p>".utf8).write(to: URL(fileURLWithPath: folder + "/index.html"))
    try Data("secret".utf8).write(to: URL(fileURLWithPath: temporary.path + "/secret.css"))
    try Data("hidden".utf8).write(to: URL(fileURLWithPath: folder + "/css/.hidden.css"))
    try Data("notes".utf8).write(to: URL(fileURLWithPath: folder + "/css/notes.txt"))
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/css/link.css", withDestinationPath: "../../secret.css")
    try await serve(folder) { (client) async throws in
      #expect(try await client.get("/").text == "<p>mine</p>")
      for name in ["link.css", ".hidden.css", "notes.txt"] {
        #expect(try await client.get("/css/" + name).status == 404, "\(name)")
      }
    }
  }

  @Test("without the files the interface answers, and / says what is missing")
  func missing() async throws {
    try await serve("/nowhere") { (client) async throws in
      let answer = try await client.get("/")
      #expect(answer.status == 404)
      #expect(answer.json["hint"]?.string?.contains("viewer.folder") == true)
      #expect(try await client.get("/api/v1/system").status == 200)
    }
  }

  @Test("unknown paths of the interface stay unknown")
  func interfaceStays() async throws {
    try await serve { (client) async throws in
      #expect(try await client.get("/api/v1/nothing").status == 404)
      #expect(try await client.send(.post, "/nothing").status == 404)
      #expect(try await client.send(.post, "/").status == 405)
    }
  }

  @Test("the files are sought beside the program, in share, and above a build")
  func places() {
    #expect(
      ViewerFolder.places(beside: "/usr/local/bin/sheaf") == [
        "/usr/local/bin/web-static", "/usr/local/share/sheaf/web-static",
      ])
    let built = ViewerFolder.places(beside: "/src/sheaf/.build/x86_64-unknown-linux-gnu/debug/sheaf")
    #expect(built.contains("/src/sheaf/web-static"))
    #expect(ViewerFolder.find(setting: "/nowhere") == nil)
  }
}
