import CanonicalJSON
import EventLoop
import Foundation
import HTTPServer
import TestSupport
import Testing

@testable import Service

/// `sheaf run --server`: documents that a server elsewhere works on.
@Suite("Runs on a server", .serialized, .timeLimit(.minutes(10)))
struct RemoteRunTests {
  /// A server's folder, the documents that are sent to it, and where results go.
  private struct Place {
    let folder: TemporaryFolder
    var data: String { folder.path + "/data" }
    var out: String { folder.path + "/out" }
    let documents: [String]

    init(documents count: Int) throws {
      folder = try TemporaryFolder()
      documents = (0..<count).map { [path = folder.path] in "\(path)/hello-\($0).pdf" }
      for path in documents {
        try FileManager.default.copyItem(atPath: EngineBench.fixture("hello"), toPath: path)
      }
    }

    func run(_ server: ServerProcess, key: String? = nil) async throws -> CommandRun {
      try await CommandRun(
        ["run"] + documents
          + ["--server", "http://\(server.address)", "--out", out, "--format", "txt", "--progress", "none"],
        environment: key.map { ["SHEAF_API_KEY": $0] } ?? [:])
    }

    var results: [String] {
      get throws { try FileManager.default.contentsOfDirectory(atPath: out).sorted() }
    }

    func key(_ limits: [String]) async throws -> String {
      let run = try await CommandRun(["keys", "add", "ann", "--role", "submit", "--data", data] + limits)
      return run.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }

  @Test("a run that asks faster than its key allows waits as it is told, and has every result")
  func rate() async throws {
    let place = try Place(documents: 6)
    let server = try await ServerProcess(data: place.data, ["--set", "auth.mode=required"])
    let run = try await place.run(server, key: try await place.key(["--rate", "4", "--burst", "3"]))
    #expect(run.status == 0, "\(run.errors)")
    #expect(try place.results == (0..<6).map { "hello-\($0).txt" })
    #expect(try await server.stop() == 0)
  }

  @Test("documents that a full queue refuses are sent again when there is room, and become one job each")
  func queue() async throws {
    let place = try Place(documents: 6)
    let server = try await ServerProcess(data: place.data, ["--set", "queue.jobs=2"])
    let run = try await place.run(server)
    #expect(run.status == 0, "\(run.errors)")
    #expect(try place.results == (0..<6).map { "hello-\($0).txt" })
    #expect(try await server.get("/api/v1/jobs").json["jobs"]?.array?.count == 6)
    #expect(try await server.stop() == 0)
  }

  @Test("what a run says about a document without its password goes on with it")
  func password() async throws {
    let place = try Place(documents: 0)
    let server = try await ServerProcess(data: place.data, ["--set", "auth.mode=required"])
    let key = ["SHEAF_API_KEY": try await place.key([])]
    let run = try await CommandRun(
      ["run", EngineBench.fixture("encrypted"), "--server", "http://\(server.address)", "--out", place.out],
      environment: key)
    #expect(run.status == 1)
    let told = try #require(run.errors.split(separator: "\n").first { $0.contains("go on with: ") })
    let command = try #require(told.split(separator: "go on with: ").last)
    let job = try #require(run.errors.firstMatch(of: #/jobs/([0-9a-z]{10})//#)?.output.1, "\(run.errors)")
    try #"{"password":"sesame"}"#.write(toFile: place.folder.path + "/FILE", atomically: true, encoding: .utf8)
    _ = try await Self.shell(String(command), in: place.folder.path, key)
    var state = ""
    for _ in 0..<600 where state != "completed" {
      try await Task.sleep(for: .milliseconds(50))
      let headers: HeaderFields = ["Authorization": "Bearer \(key["SHEAF_API_KEY"] ?? "")"]
      state = try await server.get("/api/v1/jobs/\(job)", headers: headers).json["status"]?.string ?? ""
    }
    #expect(state == "completed", "\(told)")
    #expect(try await server.stop() == 0)
  }

  @Test("what comes through a pipe and finds no room to be kept is told as that, and becomes no job")
  func noRoom() async throws {
    let place = try Place(documents: 1)
    let server = try await ServerProcess(data: place.data)
    // A full disk, as a limit of files: the signal of which is ignored, so that writing fails.
    let run = "'\(EngineBench.program("sheaf"))' run - --server 'http://\(server.address)' --out -"
    let told = try await Self.shell(
      "cat '\(place.documents[0])' | (trap '' XFSZ; ulimit -f 0; exec \(run)) 2>&1 | cat", in: place.folder.path)
    #expect(told.contains("Standard input cannot be kept for sending: File too large."), "\(told)")
    #expect(!told.contains("internal_error"))
    #expect(try await server.get("/api/v1/jobs").json["jobs"]?.array?.isEmpty == true)
    #expect(try await server.stop() == 0)
  }

  private static func shell(
    _ command: String, in folder: String, _ environment: [String: String] = [:]
  ) async throws -> String {
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", "\(command) > \(folder)/answer"]
    shell.currentDirectoryURL = URL(fileURLWithPath: folder)
    shell.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    shell.standardError = FileHandle.nullDevice
    try shell.run()
    while shell.isRunning { try await Task.sleep(for: .milliseconds(10)) }
    return try String(contentsOfFile: folder + "/answer", encoding: .utf8)
  }

  // As `JobPlace` words them.
  @Test("the requests that advice names go on with a job, and settle an edit that is out of date")
  func advice() async throws {
    let place = try Place(documents: 1)
    let server = try await ServerProcess(data: place.data)
    let patch = place.folder.path + "/patch.json"
    try #"[{"op":"replace","path":"/words/0/text","value":"Hullo"}]"#.write(
      toFile: patch, atomically: true, encoding: .utf8)
    for arguments in [
      ["run", place.documents[0]], ["edit", "last", "ocr", "1", "--patch", patch],
      ["rerun", "last", "--stage", "ocr", "--set", "ocr.mode=always"],
    ] {
      let run = try await CommandRun(arguments + ["--data", place.data, "--out", place.out])
      #expect(run.status == 0, "\(run.errors)")
    }
    let job = try #require(try FileManager.default.contentsOfDirectory(atPath: place.data + "/jobs").first)
    let pins = ["pins", "last", "--data", place.data]
    #expect(try await CommandRun(pins).output.contains("conflict"))
    let (curl, url) = ("curl -H 'Content-Type: application/json'", "http://\(server.address)/api/v1/jobs/\(job)")
    let settled = try await Self.shell(
      #"\#(curl) -d '{"choice":"keep","page":1,"stage":"ocr"}' '\#(url)/resolve'"#, in: place.folder.path)
    #expect(settled.contains("outcome"), "\(settled)")
    #expect(try await CommandRun(pins).output.contains("conflict") == false)
    let resumed = try await Self.shell("\(curl) -d {} '\(url)/resume'", in: place.folder.path)
    #expect(resumed.contains("\"\(job)\""), "\(resumed)")
    #expect(try await server.stop() == 0)
  }

  @Test("an interrupted run does not sit out a server's wait")
  func interrupted() async throws {
    let place = try Place(documents: 2)
    let loop = try EventLoop.start()
    defer { loop.stop() }
    var router = Router()
    let (asked, signal) = AsyncStream<Void>.makeStream()
    router.on(.post, "/api/v1/documents") { _ in
      signal.yield()
      var answer = Response(
        .serviceUnavailable, body: .bytes(Array(#"{"code":"queue_full","detail":"Full.","retryable":true}"#.utf8)))
      answer.headers["Retry-After"] = "60"
      return answer
    }
    let server = WebServer(router: router, configuration: ServerConfiguration(), loop: loop)
    let address = try await server.listen(on: .ip(.loopback, port: 0))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: EngineBench.program("sheaf"))
    process.arguments = ["run"] + place.documents + ["--server", "http://\(address)", "--out", place.out]
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    for await _ in asked { break }
    // Long enough for the answer to have come, short beside the wait that it tells.
    try await Task.sleep(for: .milliseconds(500))
    #expect(process.isRunning)
    let began = ContinuousClock.now
    kill(process.processIdentifier, SIGINT)
    while process.isRunning { try await Task.sleep(for: .milliseconds(10)) }
    #expect(process.terminationStatus == 130)
    #expect(ContinuousClock.now - began < .seconds(20))
    await server.drain(within: .zero)
  }
}
