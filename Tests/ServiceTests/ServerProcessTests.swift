import CanonicalJSON
import EventLoop
import Foundation
import HTTPServer
import TestSupport
import Testing

@testable import Service

/// One after the other: each has the machine's workers for itself.
@Suite("The server as a process", .serialized, .timeLimit(.minutes(4)))
struct ServerProcessTests {
  /// A port that was free a moment ago.
  private static func freePort() throws -> UInt16 {
    let listener = try ListeningSocket(try SocketAddress(parsing: "127.0.0.1:0"))
    defer { listener.close() }
    return try #require(listener.address.port)
  }

  private static let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Samples/sample.pdf")

  private static func send(
    _ client: HTTPClient, _ method: HTTPMethod, _ target: String, _ body: [UInt8] = []
  ) async throws -> (status: Int, json: JSONValue) {
    let answer = try await client.send(
      ClientRequest(
        method, target, headers: ["Content-Type": "application/pdf"], body: body.isEmpty ? .none : .bytes(body)))
    let bytes = try await answer.body.collect(upTo: 16 << 20)
    return (answer.status.rawValue, (try? CanonicalDecoder().decode(JSONValue.self, from: bytes)) ?? .null)
  }

  @Test("killed amid its work, it goes on with every accepted job by itself")
  func killed() async throws {
    let folder = try TemporaryFolder()
    let loop = try EventLoop.start()
    defer { loop.stop() }
    let port = try Self.freePort()
    let document = Array(try Data(contentsOf: Self.sample))
    var accepted: [String] = []
    let first = try await ServerProcess(data: folder.path, port: port, loop: loop)
    let client = try first.client(loop)
    for number in 0..<4 {
      // Different bytes, so that each is work of its own.
      let answer = try await Self.send(
        client, .post, "/api/v1/documents?pages=1-2", document + Array("\n% \(number)\n".utf8))
      #expect(answer.status == 202)
      accepted.append(try #require(answer.json["job_id"]?.string))
    }
    let half = PlainUpload(try PlainConnection(try SocketAddress(parsing: "127.0.0.1:\(port)")))
    half.begin(document.count)
    try await Task.sleep(for: .milliseconds(700))
    first.kill()

    let second = try await ServerProcess(data: folder.path, port: port, loop: loop)
    let reader = try second.client(loop)
    for id in accepted {
      while true {
        let job = try await Self.send(reader, .get, "/api/v1/jobs/\(id)")
        #expect(job.status == 200)
        if job.json["status"] == "completed" { break }
        #expect(job.json["status"] != "failed")
        try await Task.sleep(for: .milliseconds(50))
      }
      let events = try await Self.send(reader, .get, "/api/v1/jobs/\(id)/events?limit=200").json
      let numbers = events["events"]?.array?.compactMap { $0["seq"]?.int } ?? []
      #expect(numbers == Array(1...numbers.count))
    }
    #expect(try await Self.send(reader, .get, "/api/v1/jobs").json["jobs"]?.array?.count == accepted.count)
    #expect(second.terminate() == 0)
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

  @Test("a large upload does not grow its memory")
  func memory() async throws {
    let folder = try TemporaryFolder()
    let loop = try EventLoop.start()
    defer { loop.stop() }
    let server = try await ServerProcess(data: folder.path, port: try Self.freePort(), loop: loop)
    let client = try server.client(loop)
    // What is needed for any upload is there after a first one.
    let warm = Zeros(8 << 20)
    _ = try await upload(warm, to: client)
    let before = server.residentMemory
    var peak = before
    let large = Zeros(256 << 20)
    async let answer = upload(large, to: client)
    while large.left > 0 {
      peak = max(peak, server.residentMemory)
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(try await answer == 202)
    // Debug builds keep more than release ones, whose bound is measured in the benchmarks.
    #expect(peak - before < 24 << 20, "grew by \((peak - before) >> 20) MiB")
    _ = server.terminate()
  }

  private func upload(_ body: Zeros, to client: HTTPClient) async throws -> Int {
    let answer = try await client.send(
      ClientRequest(
        .post, "/api/v1/documents", headers: ["Content-Type": "application/octet-stream"],
        body: .stream(length: Int64(body.left)) { body.next() }))
    _ = try await answer.body.collect(upTo: 1 << 20)
    return answer.status.rawValue
  }

  @Test("the description of its routes is true: a fuzzer finds no 5xx and no answer that is not described")
  func openAPI() async throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    let tool = root + "/.venv/bin/schemathesis"
    // script/bootstrap makes the tools that tests check outputs with; without them there is nothing to show.
    try #require(FileManager.default.isExecutableFile(atPath: tool), "script/bootstrap installs schemathesis")
    let folder = try TemporaryFolder()
    let loop = try EventLoop.start()
    defer { loop.stop() }
    let server = try await ServerProcess(data: folder.path + "/data", port: try Self.freePort(), loop: loop)
    let client = try server.client(loop)
    let document = Array(try Data(contentsOf: Self.sample))
    let accepted = try await Self.send(client, .post, "/api/v1/documents?pages=1", document)
    let id = try #require(accepted.json["job_id"]?.string)
    while try await Self.send(client, .get, "/api/v1/jobs/\(id)").json["status"] != "completed" {
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
      "--config-file", settings, "run", "http://127.0.0.1:\(server.port)/openapi.json", "--exclude-operation-id",
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
    _ = server.terminate()
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
