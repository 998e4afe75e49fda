import EventLoop
import Glibc
import HTTPServer
import TestSupport
import Testing

/// Behaviours 10 and 11: files, ranges, entity tags, and paths that lead elsewhere.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct FileResponseTests {
  private func withFiles(_ body: (TestServer, TemporaryFolder) async throws -> Void) async throws {
    let folder = try TemporaryFolder()
    let root = folder.path + "/root"
    mkdir(root, 0o755)
    mkdir(root + "/sub", 0o755)
    try write((0..<100_000).map { UInt8(truncatingIfNeeded: $0 / 7) }, to: root + "/data.bin")
    try write(Array("<p>index</p>".utf8), to: root + "/index.html")
    try write(Array("export {}".utf8), to: root + "/sub/a b.mjs")
    try write([], to: root + "/empty.txt")
    try write(Array("secret".utf8), to: folder.path + "/secret.txt")
    symlink("../secret.txt", root + "/escape.txt")
    let files = try StaticFiles(folder: root, pool: BlockingPool(threads: 2))
    try await TestServer.run(routes: { router in
      router.on(.get, "/f/{path...}") { try await files.answer($0, path: $0.parameter("path")) }
    }) { (test) async throws in
      try await body(test, folder)
    }
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let file = try #require(fopen(path, "w"))
    defer { fclose(file) }
    #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
  }

  @Test("a file comes whole, with its type")
  func whole() async throws {
    try await withFiles { (test, _) async throws in
      let data = try await test.get("/f/data.bin")
      #expect(data.body == (0..<100_000).map { UInt8(truncatingIfNeeded: $0 / 7) })
      #expect(data.headers["accept-ranges"] == "bytes")
      #expect(try await test.get("/f/").text == "<p>index</p>")
      let module = try await test.get("/f/sub/a%20b.mjs")
      #expect(module.headers["content-type"] == "text/javascript; charset=utf-8")
      #expect(try await test.get("/f/empty.txt").body == [])
      let head = try await test.ask(request("HEAD", "/f/data.bin"), isHead: true)
      #expect(head.headers["content-length"] == "100000")
    }
  }

  @Test("a client that breaks off while a file is on its way ends nothing but its own answer")
  func brokenOff() async throws {
    try await withFiles { (test, folder) async throws in
      // Larger than what two sockets take, so that the server is in the midst of it.
      let file = open(folder.path + "/root/large.bin", O_CREAT | O_WRONLY, 0o644)
      #expect(ftruncate(file, 64 << 20) == 0)
      close(file)
      for _ in 0..<20 {
        let client = try await test.connect()
        try await client.send(request("GET", "/f/large.bin"))
        #expect(try await client.take(1_000).count == 1_000)
        client.socket.close()
      }
      #expect(try await test.get("/f/").text == "<p>index</p>")
    }
  }

  @Test(
    "one range is served, what is no range is as if it were not there",
    arguments: [
      ("bytes=0-0", 206, "bytes 0-0/100000"), ("bytes=0-", 206, "bytes 0-99999/100000"),
      ("bytes=99999-", 206, "bytes 99999-99999/100000"), ("bytes=-1", 206, "bytes 99999-99999/100000"),
      ("bytes=-200000", 206, "bytes 0-99999/100000"), ("bytes=500-999", 206, "bytes 500-999/100000"),
      ("bytes=5-18446744073709551616", 206, "bytes 5-99999/100000"),
      ("bytes=-9223372036854775808", 206, "bytes 0-99999/100000"), ("BYTES=1-2", 206, "bytes 1-2/100000"),
      ("bytes=100000-", 416, "bytes */100000"), ("bytes=-0", 416, "bytes */100000"),
      ("bytes=9223372036854775807-", 416, "bytes */100000"), ("bytes=18446744073709551616-", 416, "bytes */100000"),
      ("bytes=9-5", 200, nil), ("bytes=a-b", 200, nil), ("bytes=", 200, nil), ("bytes=-", 200, nil),
      ("bytes=0-1,3-4", 200, nil), ("lines=0-1", 200, nil), ("bytes=+1-2", 200, nil), ("bytes=--1", 200, nil),
    ] as [(String, Int, String?)])
  func ranges(range: String, status: Int, contentRange: String?) async throws {
    try await withFiles { (test, _) async throws in
      let response = try await test.get("/f/data.bin", "Range: \(range)")
      #expect(response.status == status)
      #expect(response.headers["content-range"] == contentRange)
      if status == 206, let parts = contentRange?.dropFirst(6).split(separator: "/").first?.split(separator: "-") {
        let bounds = try parts.map { try #require(Int($0)) }
        #expect(response.body == (bounds[0]...bounds[1]).map { UInt8(truncatingIfNeeded: $0 / 7) })
      }
    }
  }

  @Test("an entity tag spares the body, and keeps a range to the file it began with")
  func entityTags() async throws {
    try await withFiles { (test, folder) async throws in
      let tag = try #require(try await test.get("/f/data.bin").headers["etag"])
      for known in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
        let answer = try await test.get("/f/data.bin", "If-None-Match: \(known)")
        #expect(answer.status == 304)
        #expect(answer.headers["etag"] == tag)
      }
      #expect(try await test.get("/f/data.bin", "If-None-Match: \"x\"").status == 200)
      #expect(try await test.get("/f/data.bin", "Range: bytes=0-1", "If-Range: \(tag)").status == 206)
      #expect(try await test.get("/f/data.bin", "Range: bytes=0-1", "If-Range: W/\(tag)").status == 200)
      try write([1, 2, 3], to: folder.path + "/root/data.bin")
      #expect(try await test.get("/f/data.bin", "Range: bytes=0-1", "If-Range: \(tag)").status == 200)
      #expect(try await test.get("/f/data.bin", "If-None-Match: \(tag)").status == 200)
    }
  }

  @Test(
    "no path leads out of the folder",
    arguments: [
      "/f/../secret.txt", "/f/..%2fsecret.txt", "/f/%2e%2e/secret.txt", "/f/%2e%2e%2fsecret.txt",
      "/f/sub/../../secret.txt",
      "/f//etc/passwd", "/f/%2fetc%2fpasswd", "/f/escape.txt", "/f/sub", "/f/data.bin/", "/f/%252e%252e/secret.txt",
      "/f/..%5csecret.txt", "/f/./../secret.txt",
    ])
  func traversal(path: String) async throws {
    try await withFiles { (test, _) async throws in
      let answer = try await test.get(path)
      #expect(answer.status == 404)
      #expect(!answer.text.contains("secret\u{0}") && answer.text != "secret")
    }
  }

  @Test("a file far larger than the socket takes arrives whole")
  func large() async throws {
    try await withFiles { (test, folder) async throws in
      let size = 20 << 20
      try write((0..<size).map { UInt8(truncatingIfNeeded: $0 >> 8) }, to: folder.path + "/root/large.bin")
      let response = try await test.get("/f/large.bin")
      #expect(response.body.count == size)
      #expect(response.body.enumerated().allSatisfy { UInt8(truncatingIfNeeded: $0 >> 8) == $1 })
    }
  }

  @Test("a file that is cut short while it is sent ends the connection, not the server")
  func truncated() async throws {
    let folder = try TemporaryFolder()
    try write([UInt8](repeating: 1, count: 1 << 20), to: folder.path + "/shrinks")
    let file = try OpenFile(path: folder.path + "/shrinks")
    truncate(folder.path + "/shrinks", 10)
    try await TestServer.run(routes: { router in
      router.on(.get, "/shrinks") { try .file(FileResource(file, type: "text/plain"), for: $0) }
    }) { (test) async throws in
      await #expect(throws: (any Error).self) { try await test.get("/shrinks") }
      #expect(try await test.get("/hello").text == "hello")
    }
  }
}
