import CanonicalJSON
import EventLoop
import Foundation
import HTTPServer
import TestSupport
import Testing

@testable import Service

/// One after the other: each has the machine's workers for itself.
@Suite("The server as a process", .serialized, .timeLimit(.minutes(10)))
struct ServerProcessTests {
  /// A port that was free a moment ago.
  private static func freePort() throws -> UInt16 {
    let listener = try ListeningSocket(try SocketAddress(parsing: "127.0.0.1:0"))
    defer { listener.close() }
    return try #require(listener.address.port)
  }

  private static let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Samples/sample.pdf")

  private static func submit(_ server: ServerProcess, _ document: [UInt8], _ query: String) async throws -> String {
    let answer = try await server.send(
      .post, "/api/v1/documents?\(query)", headers: ["Content-Type": "application/pdf"], body: .bytes(document))
    #expect(answer.status == 202)
    return try #require(answer.json["job_id"]?.string)
  }

  @Test("a server whose log nobody reads any more goes on")
  func unreadLog() async throws {
    let folder = try TemporaryFolder()
    let server = try await ServerProcess(data: folder.path + "/data")
    try server.leaveLog()
    for _ in 0..<5 { #expect(try await server.get("/api/v1/jobs").status == 200) }
    _ = try await server.finish("hello")
    #expect(try await server.stop() == 0)
  }

  @Test("killed amid its work, it goes on with every accepted job by itself")
  func killed() async throws {
    let folder = try TemporaryFolder()
    let port = try Self.freePort()
    let document = Array(try Data(contentsOf: Self.sample))
    var accepted: [String] = []
    let first = try await ServerProcess(data: folder.path, port: port)
    for number in 0..<4 {
      // Different bytes, so that each is work of its own.
      accepted.append(try await Self.submit(first, document + Array("\n% \(number)\n".utf8), "pages=1-2"))
    }
    let half = PlainUpload(try PlainConnection(first.address))
    half.begin(document.count)
    try await Task.sleep(for: .milliseconds(700))
    first.kill()

    let second = try await ServerProcess(data: folder.path, port: port)
    for id in accepted {
      while true {
        let job = try await second.get("/api/v1/jobs/\(id)")
        #expect(job.status == 200)
        if job.json["status"] == "completed" { break }
        #expect(job.json["status"] != "failed")
        try await Task.sleep(for: .milliseconds(50))
      }
      let events = try await second.get("/api/v1/jobs/\(id)/events?limit=200").json
      let numbers = events["events"]?.array?.compactMap { $0["seq"]?.int } ?? []
      #expect(numbers == Array(1...numbers.count))
    }
    #expect(try await second.get("/api/v1/jobs").json["jobs"]?.array?.count == accepted.count)
    #expect(try await second.stop() == 0)
  }

  private struct PlainUpload {
    let connection: PlainConnection

    init(_ connection: PlainConnection) { self.connection = connection }

    func begin(_ length: Int) {
      connection.send(
        "POST /api/v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/pdf\r\n"
          + "Content-Length: \(length * 2)\r\n\r\n%PDF-1.7\n")
    }
  }

  @Test("its workers give way to it")
  func niceness() async throws {
    let folder = try TemporaryFolder()
    let server = try await ServerProcess(data: folder.path)
    let id = try await Self.submit(server, Array(try Data(contentsOf: Self.sample)), "pages=1")
    while try await server.get("/api/v1/jobs/\(id)").json["status"] != "completed" {
      try await Task.sleep(for: .milliseconds(20))
    }
    // A worker without work is kept for a while.
    let workers = try server.children.filter { $0.name == "sheaf-worker" }
    #expect(!workers.isEmpty)
    let own = try server.figures.niceness
    for worker in workers { #expect(worker.niceness == max(10, own)) }
    #expect(try await server.stop() == 0)
  }

  @Test("a large upload does not grow its memory")
  func memory() async throws {
    let folder = try TemporaryFolder()
    let server = try await ServerProcess(data: folder.path)
    // What is needed for any upload is there after a first one.
    let warm = Zeros(8 << 20)
    _ = try await upload(warm, to: server)
    let before = server.residentMemory
    var peak = before
    let large = Zeros(256 << 20)
    async let answer = upload(large, to: server)
    while large.left > 0 {
      peak = max(peak, server.residentMemory)
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(try await answer == 202)
    // Debug builds keep more than release ones, whose bound is measured in the benchmarks.
    #expect(peak - before < 24 << 20, "grew by \((peak - before) >> 20) MiB")
    _ = try await server.stop()
  }

  private func upload(_ body: Zeros, to server: ServerProcess) async throws -> Int {
    try await server.send(
      .post, "/api/v1/documents", headers: ["Content-Type": "application/octet-stream"],
      body: .stream(length: Int64(body.left)) { body.next() }
    ).status
  }

  @Test("the description of its routes is true: a fuzzer finds no 5xx and no answer that is not described")
  func openAPI() async throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    let tool = root + "/.venv/bin/schemathesis"
    // script/bootstrap makes the tools that tests check outputs with; without them there is nothing to show.
    try #require(FileManager.default.isExecutableFile(atPath: tool), "script/bootstrap installs schemathesis")
    let folder = try TemporaryFolder()
    let server = try await ServerProcess(data: folder.path + "/data")
    let document = Array(try Data(contentsOf: Self.sample))
    let id = try await Self.submit(server, document, "pages=1")
    while try await server.get("/api/v1/jobs/\(id)").json["status"] != "completed" {
      try await Task.sleep(for: .milliseconds(50))
    }
    let settings = folder.path + "/schemathesis.toml"
    try """
    [parameters]
    "path.id" = "\(id)"
    "path.other" = "\(id)"
    "path.page" = ["1", "2", "md", "x"]
    """.write(toFile: settings, atomically: true, encoding: .utf8)
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: tool)
    process.arguments = [
      "--config-file", settings, "run", "http://\(server.address)/openapi.json", "--exclude-operation-id",
      "deleteJob", "--checks",
      "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
      "--max-examples", "12", "--seed", "7", "--workers", "1", "--phases", "examples,coverage,fuzzing",
      "--request-timeout", "20", "--no-color",
    ]
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(text.suffix(4_000))")
    _ = try await server.stop()
  }
}

/// A body of zeros.
private final class Zeros: @unchecked Sendable {
  // The count is read by the test while the one sending task counts down; a stale value only delays a look.
  private let lock = NSLock()
  private var rest: Int

  init(_ count: Int) { rest = count }

  var left: Int { lock.withLock { rest } }

  func next() -> [UInt8]? {
    lock.withLock {
      guard rest > 0 else { return nil }
      let count = min(rest, 256 << 10)
      rest -= count
      return [UInt8](repeating: 0, count: count)
    }
  }
}
