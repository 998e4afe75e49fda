import CanonicalJSON
import Checkpoints
import Foundation
import HTTPServer
import Testing

/// A client of the hub: sends what it wants, and reads message after message.
final class ProgressClient {
  let socket: ClientWebSocket

  init(_ socket: ClientWebSocket) { self.socket = socket }

  func send(_ text: String) async throws { try await socket.send(text) }

  func subscribe(_ jobs: JobID..., since: [JobID: Int64] = [:]) async throws {
    let names = jobs.map { "\"\($0)\"" }.joined(separator: ",")
    try await send("{\"subscribe\":{\"jobs\":[\(names)],\"since\":{\(Self.text(since))}}}")
  }

  func subscribeToAll(since: [JobID: Int64] = [:]) async throws {
    try await send("{\"subscribe\":{\"jobs\":\"*\",\"since\":{\(Self.text(since))}}}")
  }

  private static func text(_ since: [JobID: Int64]) -> String {
    since.map { "\"\($0.key)\":\($0.value)" }.sorted().joined(separator: ",")
  }

  /// The next message.
  ///
  /// - Throws: `Closed` once the connection is closed.
  func next() async throws -> JSONValue {
    guard let message = try await socket.next() else { throw Closed(closure: await socket.closure) }
    return try CanonicalDecoder().decode(JSONValue.self, from: message.bytes)
  }

  struct Closed: Error {
    let closure: WebSocketClosure?
  }

  /// Messages up to the first that `isLast`.
  func messages(until isLast: (JSONValue) -> Bool) async throws -> [JSONValue] {
    var messages: [JSONValue] = []
    while true {
      let message = try await next()
      messages.append(message)
      if isLast(message) { return messages }
    }
  }

  /// Messages up to the transition of this number.
  func messages(untilSeq seq: Int64, of job: JobID) async throws -> [JSONValue] {
    try await messages { $0["seq"]?.int == Int(seq) && $0["job"]?.string == job.text }
  }

  /// The snapshot of one job, which must come next.
  func snapshot() async throws -> JSONValue {
    let message = try await next()
    guard let job = message["snapshot"]?["jobs"]?[0] else { throw Unexpected(message: message) }
    return job
  }

  struct Unexpected: Error {
    let message: JSONValue
  }
}

extension [JSONValue] {
  /// The numbers of a job's transitions, as they came.
  func numbers(of job: JobID) -> [Int] { filter { $0["job"]?.string == job.text }.compactMap { $0["seq"]?.int } }
}

/// Knows of jobs what a client that follows the protocol knows, and fails where it misses or repeats something.
struct ProgressFollower {
  /// The number of the newest transition that is known of each job.
  private(set) var known: [JobID: Int] = [:]
  /// How often all had to be forgotten.
  private(set) var resyncs = 0

  mutating func take(_ message: JSONValue) throws {
    if message["resync"]?["reason"]?.string == "overflow" {
      known = [:]
      resyncs += 1
    }
    for entry in message["snapshot"]?["jobs"]?.array ?? [] {
      let job = try #require(entry["id"]?.string.flatMap { JobID($0) })
      let seq = try #require(entry["seq"]?.int)
      #expect(seq >= known[job] ?? 0)
      known[job] = seq
    }
    guard let job = message["job"]?.string.flatMap({ JobID($0) }), let seq = message["seq"]?.int else { return }
    #expect(seq == (known[job] ?? seq - 1) + 1)
    known[job] = seq
  }
}

/// Reads events of a `text/event-stream`.
final class EventStreamClient {
  struct Event: Equatable {
    var id: String?
    var name = "message"
    var data = ""
  }

  let response: ClientResponse
  private var text = ""

  init(_ response: ClientResponse) { self.response = response }

  /// The next event; comments are skipped.
  func next() async throws -> Event {
    while true {
      if let end = text.range(of: "\n\n") {
        let block = text[..<end.lowerBound]
        text = String(text[end.upperBound...])
        var event = Event()
        for line in block.split(separator: "\n") {
          if line.hasPrefix("id: ") { event.id = String(line.dropFirst(4)) }
          if line.hasPrefix("event: ") { event.name = String(line.dropFirst(7)) }
          if line.hasPrefix("data: ") { event.data += line.dropFirst(6) }
        }
        if !event.data.isEmpty { return event }
        comments += 1
        continue
      }
      guard let piece = try await response.body.next() else { throw ClientFailure.connectionLost }
      text += String(decoding: piece, as: UTF8.self)
    }
  }

  /// Lines that said nothing.
  private(set) var comments = 0
}
