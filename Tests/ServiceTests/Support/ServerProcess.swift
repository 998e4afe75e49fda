import CanonicalJSON
import EventLoop
import Foundation
import HTTPServer
import Synchronization

/// `sheaf serve` as people run it: a process of its own with real workers, asked over a real socket.
final class ServerProcess: Sendable {
  private let process: ProcessHandle
  private let lines: LineCollector
  private let loop: EventLoop
  let client: HTTPClient
  let address: SocketAddress
  let data: String

  /// A process that was started; ended by `stop`, or with the object.
  private final class ProcessHandle: @unchecked Sendable {
    // Proof of Sendable: Foundation's Process takes calls from any thread once it runs.
    let process: Process
    let log: FileHandle
    init(_ process: Process, log: FileHandle) { (self.process, self.log) = (process, log) }
    deinit { if process.isRunning { Glibc.kill(process.processIdentifier, SIGKILL) } }
  }

  /// Starts it and waits until it takes work.
  ///
  /// - Parameter port: 0 for one that is free.
  init(
    data: String, port: UInt16 = 0, _ arguments: [String] = [], environment: [String: String] = [:]
  ) async throws {
    self.data = data
    let process = Process()
    process.executableURL = URL(fileURLWithPath: EngineBench.program("sheaf"))
    process.arguments = ["serve", "--listen", "127.0.0.1:\(port)", "--data", data] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(Self.nearlyFullDisk) { $1 }
      .merging(environment) { $1 }
    let pipe = Pipe()
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    let lines = LineCollector()
    pipe.fileHandleForReading.readabilityHandler = { lines.add($0.availableData) }
    try process.run()
    self.process = ProcessHandle(process, log: pipe.fileHandleForReading)
    self.lines = lines
    guard let listening = try await lines.first({ $0["message"] == "listening" }),
      let text = listening["addresses"]?.string?.split(separator: " ").first.map(String.init)
    else { throw NotStarted(log: lines.text) }
    loop = try EventLoop.start()
    address = try SocketAddress(parsing: text)
    client = HTTPClient(address, loop: loop)
    while try await get("/health/ready").status != 200 { try await Task.sleep(for: .milliseconds(20)) }
  }

  deinit { loop.stop() }

  /// What a test shows must not hang on the room that is left on the disk it runs on.
  static let nearlyFullDisk = ["SHEAF_LIMITS_FREE_DISK": "16", "SHEAF_RETENTION_LOW_DISK": "0"]

  struct NotStarted: Error {
    let log: String
  }

  struct Answer: Sendable {
    let status: Int
    let headers: HeaderFields
    let bytes: [UInt8]
    var text: String { String(decoding: bytes, as: UTF8.self) }
    /// Null where it is none.
    var json: JSONValue { (try? CanonicalDecoder().decode(JSONValue.self, from: bytes)) ?? .null }
  }

  func send(
    _ method: HTTPMethod, _ target: String, headers: HeaderFields = HeaderFields(), body: ClientBody = .none
  ) async throws -> Answer {
    let response = try await client.send(ClientRequest(method, target, headers: headers, body: body))
    return Answer(
      status: response.status.rawValue, headers: response.headers,
      bytes: try await response.body.collect(upTo: 64 << 20))
  }

  func get(_ target: String, headers: HeaderFields = HeaderFields()) async throws -> Answer {
    try await send(.get, target, headers: headers)
  }

  /// Submits a fixture and waits until its job has come to rest.
  func finish(_ fixture: String) async throws -> String {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: EngineBench.fixture(fixture)))
    let answer = try await send(
      .post, "/api/v1/documents?formats=md&name=\(fixture).pdf",
      headers: [
        "Content-Type": "application/pdf", "X-Request-ID": "test-\(fixture)",
        "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      ], body: .bytes([UInt8](bytes)))
    guard answer.status == 202, let job = answer.json["job_id"]?.string else { throw NotStarted(log: answer.text) }
    while true {
      let status = try await get("/api/v1/jobs/\(job)").json["status"]?.string
      if let status, ["completed", "completed_with_errors", "failed"].contains(status) { return job }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// Reads its log no more, as a logger that was stopped.
  func leaveLog() throws {
    process.log.readabilityHandler = nil
    try process.log.close()
  }

  /// Every line of its log so far; nil for one that is no JSON.
  var log: [JSONValue?] { lines.values }

  var logText: String { lines.text }

  /// Bytes.
  var residentMemory: Int {
    let statm = "/proc/\(process.process.processIdentifier)/statm"
    let text = (try? String(contentsOfFile: statm, encoding: .utf8)) ?? ""
    return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * Int(getpagesize())
  }

  /// A process as /proc tells of it.
  struct Figures {
    let name: String
    let niceness: Int

    init(_ pid: Int32) throws {
      name = try String(contentsOfFile: "/proc/\(pid)/comm", encoding: .utf8).trimmingCharacters(in: .newlines)
      let stat = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
      // Behind the name come the state and its fellows; the niceness is the nineteenth of all fields.
      let fields = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].split(separator: " ")
      niceness = Int(fields[17]) ?? 0
    }
  }

  var figures: Figures { get throws { try Figures(process.process.processIdentifier) } }

  /// The processes that it has started.
  var children: [Figures] {
    get throws {
      let tasks = "/proc/\(process.process.processIdentifier)/task"
      return try FileManager.default.contentsOfDirectory(atPath: tasks).flatMap { task in
        // A thread that has just ended has none.
        let text = (try? String(contentsOfFile: "\(tasks)/\(task)/children", encoding: .utf8)) ?? ""
        return try text.split(separator: " ").compactMap { Int32($0) }.map { try Figures($0) }
      }
    }
  }

  /// Ends it as a failing machine does.
  func kill() {
    Glibc.kill(process.process.processIdentifier, SIGKILL)
    process.process.waitUntilExit()
  }

  func signal(_ number: Int32) { Glibc.kill(process.process.processIdentifier, number) }

  /// Waits for a line of its log.
  ///
  /// - Returns: nil where none comes within a minute.
  func logged(_ message: String) async throws -> JSONValue? {
    try await lines.first { $0["message"]?.string == message }
  }

  /// Ends it as an operator does.
  ///
  /// - Returns: its exit status.
  func stop() async throws -> Int32 {
    signal(SIGTERM)
    while process.process.isRunning { try await Task.sleep(for: .milliseconds(20)) }
    return process.process.terminationStatus
  }
}

/// Gathers lines as they come.
final class LineCollector: Sendable {
  private let bytes = Mutex(Data())

  func add(_ data: Data) { bytes.withLock { $0.append(data) } }

  var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }

  var values: [JSONValue?] {
    text.split(separator: "\n").map { try? CanonicalDecoder().decode(JSONValue.self, from: Array($0.utf8)) }
  }

  /// Waits for a line.
  ///
  /// - Returns: nil where none comes within a minute.
  func first(_ matches: (JSONValue) -> Bool) async throws -> JSONValue? {
    for _ in 0..<3_000 {
      if let value = values.lazy.compactMap({ $0 }).first(where: matches) { return value }
      try await Task.sleep(for: .milliseconds(20))
    }
    return nil
  }
}
