import CanonicalJSON
import Checkpoints
import EventLoop
import Foundation
import HTTPServer
import TestSupport
import Testing

@testable import Service

/// The server as a process, from its start to its end.
@Suite("The life of a server", .serialized, .timeLimit(.minutes(10)))
struct LifecycleTests {
  private static func status(over path: String, _ target: String) async throws -> Int {
    let loop = try EventLoop.start()
    defer { loop.stop() }
    let client = HTTPClient(.unix(path: path), loop: loop)
    let response = try await client.send(ClientRequest(.get, target))
    _ = try await response.body.collect(upTo: 1 << 20)
    return response.status.rawValue
  }

  @Test("sockets that a killed server left are taken over, its own and the one it listened at")
  func staleSockets() async throws {
    let folder = try TemporaryFolder()
    let (data, path) = (folder.path + "/data", folder.path + "/http.sock")
    let first = try await ServerProcess(data: data, ["--listen", "unix:\(path)"])
    #expect(try await Self.status(over: path, "/health/live") == 200)
    first.kill()
    #expect(FileManager.default.fileExists(atPath: path))
    #expect(FileManager.default.fileExists(atPath: data + "/server.sock"))
    // Nobody has the folder: commands work on it themselves.
    #expect(try await CommandRun(["jobs", "--data", data]).status == 0)

    let second = try await ServerProcess(data: data, ["--listen", "unix:\(path)"])
    #expect(try await Self.status(over: path, "/health/ready") == 200)
    #expect(try await Self.status(over: data + "/server.sock", "/health/ready") == 200)
    let permissions = try FileManager.default.attributesOfItem(atPath: data + "/server.sock")[.posixPermissions]
    #expect(permissions as? Int == 0o600)
    #expect(try await second.stop() == 0)
    #expect(!FileManager.default.fileExists(atPath: path))
    #expect(!FileManager.default.fileExists(atPath: data + "/server.sock"))
  }

  @Test("that says it is ready is reached by commands on its folder, too")
  func readyForCommands() async throws {
    for _ in 0..<20 {
      let harness = try ServiceHarness()
      let path = harness.folder.path + "/server.sock"
      try await harness.serve { client in
        let told = try await client.get("/health/ready").status
        let local = try await Self.status(over: path, "/health/ready")
        #expect(told == 200 && local == 200)
      }
    }
  }

  @Test("a socket that is in use, a file, a port and a folder are not taken over: the server says so and ends")
  func taken() async throws {
    let folder = try TemporaryFolder()
    let (data, path) = (folder.path + "/data", folder.path + "/http.sock")
    let server = try await ServerProcess(data: data, ["--listen", "unix:\(path)"])
    let file = folder.path + "/file"
    try Data("precious".utf8).write(to: URL(fileURLWithPath: file))
    let other = folder.path + "/other"
    for (listen, told) in [
      ("unix:\(path)", "listen on unix:"), ("unix:\(file)", "listen on unix:"),
      (server.address.description, "listen on \(server.address)"),
    ] {
      let run = try await CommandRun(["serve", "--listen", listen, "--data", other])
      #expect(run.status == 64, "\(listen): \(run.errors)")
      #expect(run.errors.contains("The server could not start") && run.errors.contains(told), "\(run.errors)")
    }
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "precious")
    #expect(try await Self.status(over: path, "/health/live") == 200)
    let second = try await CommandRun(["serve", "--listen", "127.0.0.1:0", "--data", data])
    #expect(second.status == 1, "\(second.errors)")
    #expect(second.errors.contains("data_folder_owned") && second.errors.contains("sheaf serve"), "\(second.errors)")
    #expect(try await server.get("/health/ready").status == 200)
    #expect(try await Self.status(over: data + "/server.sock", "/health/ready") == 200)
    for wrong in [
      ["--listen", "nowhere"], ["--set", "queue.jobs=0"], ["--set", "queue.jbos=7"], ["--config", "/none"],
    ] {
      let run = try await CommandRun(["serve", "--data", other] + wrong)
      #expect(run.status == 64, "\(wrong): \(run.errors)")
    }
    #expect(try await server.stop() == 0)
  }

  @Test("SIGHUP takes what may change while it runs; what is wrong is logged and changes nothing")
  func reload() async throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/sheaf.yaml"
    func write(_ text: String) throws { try text.write(toFile: file, atomically: true, encoding: .utf8) }
    try write("queue:\n  jobs: 5\n")
    let server = try await ServerProcess(data: folder.path + "/data", ["--config", file])
    func limit() async throws -> Int? { try await server.get("/health/queue").json["jobs"]?["limit"]?.int }
    #expect(try await limit() == 5)
    try write("queue:\n  jobs: many\n")
    server.signal(SIGHUP)
    let refused = try await server.logged("the configuration was not taken")
    #expect(refused?["error"]?.string?.contains("queue.jobs") == true, "\(server.logText)")
    #expect(try await limit() == 5)
    try write("queue:\n  jobs: 7\nlog:\n  level: debug\n")
    server.signal(SIGHUP)
    #expect(try await server.logged("the configuration was read again") != nil)
    #expect(try await limit() == 7)
    #expect(try await server.stop() == 0)
  }

  @Test("SIGTERM lets what has begun come to its end, refuses what is new, and leaves the job to the next server")
  func drain() async throws {
    let folder = try TemporaryFolder()
    let data = folder.path + "/data"
    let first = try await ServerProcess(data: data)
    let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Samples/sample.pdf")
    let answer = try await first.send(
      .post, "/api/v1/documents?name=a.pdf", headers: ["Content-Type": "application/pdf"],
      body: .bytes(Array(try Data(contentsOf: sample))))
    let id = try #require(answer.json["job_id"]?.string)
    // An answer that has begun: the job's events as they come.
    let stream = try await first.client.send(
      ClientRequest(.get, "/api/v1/jobs/\(id)/events", headers: ["Accept": "text/event-stream"]))
    #expect(stream.status == 200)
    let began = ContinuousClock.now
    #expect(try await first.stop() == 0)
    #expect(ContinuousClock.now - began < .seconds(10))

    let second = try await ServerProcess(data: data)
    while try await second.get("/api/v1/jobs/\(id)").json["status"] != "completed" {
      try await Task.sleep(for: .milliseconds(50))
    }
    let events = try await second.get("/api/v1/jobs/\(id)/events?limit=200").json["events"]?.array ?? []
    #expect(events.compactMap { $0["seq"]?.int } == Array(1...events.count))
    #expect(try await second.stop() == 0)
  }

  @Test("a key's answer outlasts a kill, and so does its job")
  func idempotencyAfterKill() async throws {
    let folder = try TemporaryFolder()
    let data = folder.path + "/data"
    func submit(_ server: ServerProcess) async throws -> ServerProcess.Answer {
      try await server.send(
        .post, "/api/v1/documents?name=a.pdf",
        headers: ["Content-Type": "application/pdf", "Idempotency-Key": "\"once\""],
        body: .bytes([UInt8](try Data(contentsOf: URL(fileURLWithPath: EngineBench.fixture("hello"))))))
    }
    let first = try await ServerProcess(data: data)
    let answer = try await submit(first)
    #expect(answer.status == 202)
    first.kill()
    let second = try await ServerProcess(data: data)
    let again = try await submit(second)
    #expect(again.status == 202)
    #expect(again.bytes == answer.bytes)
    #expect(again.headers["Idempotency-Replayed"] == "true")
    #expect(try await second.get("/api/v1/jobs").json["jobs"]?.array?.count == 1)
    #expect(try await second.stop() == 0)
  }
}
