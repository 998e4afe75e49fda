import CanonicalJSON
import Checkpoints
import EventLoop
import Foundation
import HTTPServer
import Synchronization
import TestSupport
import Testing

@testable import Service

@Suite("A server that is killed amid jobs and uploads", .serialized, .timeLimit(.minutes(10)))
final class KilledServerTests: Sendable {
  private static let jobs = 20
  private static let uploads = 10

  /// What happened, as the clients know it.
  private struct Known {
    /// In the order in which they were acknowledged.
    var accepted: [JobID] = []
    /// All that came over the WebSocket.
    var messages: [JSONValue] = []
    var isKilled = false

    func transitions(of job: JobID) -> [JSONValue] {
      messages.filter { $0["job"]?.string == job.text && $0["seq"] != nil }
    }

    /// Every upload has brought a document, some jobs have finished, and text has been recognised.
    var isInTheMiddle: Bool {
      let pages = messages.count { $0["stage"] == "ocr" && $0["state"] == "done" }
      return accepted.count >= KilledServerTests.jobs + 2 * KilledServerTests.uploads && finished(accepted) >= 2
        && pages >= 5
    }

    func numbers(of job: JobID) -> [Int] { messages.numbers(of: job) }
    func finished(_ jobs: [JobID]) -> Int {
      let ends = messages.filter { $0["type"] == "job_state" && $0["state"] == "completed" }
      let names = Set(ends.compactMap { $0["job"]?.string })
      return jobs.count { names.contains($0.text) }
    }
  }

  private let known = Mutex(Known())

  @Test(
    "every accepted job finishes, every acknowledged upload is there, going on with `since` misses and repeats nothing",
    .enabled(if: ProcessInfo.processInfo.environment["SHEAF_LONG"] == "1", "takes a minute or two: script/test --long"))
  func killed() async throws {
    let folder = try TemporaryFolder()
    let port = try Self.freePort()
    let first = try await ServerProcess(data: folder.path, port: port)
    let watching = try await watch(first, since: [:])
    let scan = try Self.document("scan8")
    for number in 0..<Self.jobs {
      // Other bytes behind the end, so that each is a document of its own.
      try await submit(scan + Array("\n% \(number)\n".utf8), "pages=1-2", first)
    }
    let halves = try (0..<Self.uploads).map { _ in try Self.half(scan, first.address) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for upload in 0..<Self.uploads { group.addTask { await self.uploadWithoutEnd(upload, first) } }
      while known.withLock({ !$0.isInTheMiddle }) {
        try await Task.sleep(for: .milliseconds(20))
      }
      known.withLock { $0.isKilled = true }
      first.kill()
      try await group.waitForAll()
    }
    for half in halves { half.close() }
    try await watching.value

    let second = try await ServerProcess(data: folder.path, port: port)
    let accepted = known.withLock { $0.accepted }
    #expect(known.withLock { $0.finished(accepted) } < accepted.count)
    let since = Dictionary(
      uniqueKeysWithValues: known.withLock { known in accepted.map { ($0, Int64(known.numbers(of: $0).last ?? 0)) } })
    let goingOn = try await watch(second, since: since)
    while known.withLock({ $0.finished(accepted) }) < accepted.count { try await Task.sleep(for: .milliseconds(50)) }
    let leftovers = try FileManager.default.subpathsOfDirectory(atPath: folder.path + "/tmp")
    #expect(leftovers.allSatisfy { !$0.contains("document") }, "\(leftovers)")
    for job in accepted {
      let answer = try await second.get("/api/v1/jobs/\(job)").json
      #expect(answer["status"] == "completed")
      let events = try await events(of: job, second)
      #expect(known.withLock { known in known.numbers(of: job) } == Array(1...events.count))
      #expect(known.withLock { $0.transitions(of: job) } == events)
    }
    #expect(try await second.stop() == 0)
    try await goingOn.value
  }

  /// Notes what comes over a WebSocket, until it is closed.
  private func watch(_ server: ServerProcess, since: [JobID: Int64]) async throws -> Task<Void, any Error> {
    let socket = try await server.client.webSocket(
      "/api/v1/progress", subprotocols: [ProgressSocket.subprotocol])
    let client = ProgressClient(socket)
    try await client.subscribeToAll(since: since)
    if since.isEmpty {
      // A snapshot tells that it is subscribed: no job is to begin before.
      _ = try await client.messages { $0["snapshot"] != nil }
    }
    return Task {
      while true {
        do {
          let message = try await client.next()
          known.withLock { $0.messages.append(message) }
        } catch is ProgressClient.Closed {
          return
        } catch {
          // The kill took the connection with it.
          guard known.withLock(\.isKilled) else { throw error }
          return
        }
      }
    }
  }

  private func submit(_ document: [UInt8], _ query: String, _ server: ServerProcess) async throws {
    let answer = try await server.send(
      .post, "/api/v1/documents?\(query)", headers: ["Content-Type": "application/pdf"], body: .bytes(document))
    #expect(answer.status == 202)
    let job = try #require(answer.json["job_id"]?.string.flatMap { JobID($0) })
    known.withLock { $0.accepted.append(job) }
  }

  /// Sends document after document, until the server is gone.
  private func uploadWithoutEnd(_ upload: Int, _ server: ServerProcess) async {
    for number in 0... {
      guard let document = try? Self.document("hello") else { return }
      do {
        try await submit(document + Array("\n% \(upload) \(number)\n".utf8), "until=ingest&priority=5", server)
        // In all they stay fewer than a client may go on with at once.
        try await Task.sleep(for: .seconds(1))
      } catch {
        // What was not acknowledged is nobody's promise; but only the kill may be the reason.
        let isKilled = known.withLock { $0.isKilled }
        #expect(isKilled, "\(error)")
        return
      }
    }
  }

  /// An upload of which only the beginning comes.
  private static func half(_ document: [UInt8], _ server: SocketAddress) throws -> PlainConnection {
    let connection = try PlainConnection(server)
    connection.send(
      "POST /api/v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/pdf\r\n"
        + "Content-Length: \(document.count)\r\n\r\n%PDF-1.7\n")
    return connection
  }

  /// As the ledger has them.
  private func events(of job: JobID, _ server: ServerProcess) async throws -> [JSONValue] {
    var events: [JSONValue] = []
    while true {
      let page = try await server.get("/api/v1/jobs/\(job)/events?limit=200&since=\(events.count)").json
      events += page["events"]?.array ?? []
      if page["next"] == nil { return events }
    }
  }

  private static func document(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: EngineBench.fixture(name))))
  }

  /// A port that was free a moment ago.
  private static func freePort() throws -> UInt16 {
    let listener = try ListeningSocket(try SocketAddress(parsing: "127.0.0.1:0"))
    defer { listener.close() }
    return try #require(listener.address.port)
  }
}
