import CanonicalJSON
import Checkpoints
import Engine
import EventLoop
import HTTPServer
import Ledger
import Service
import StageKit

/// What a server tells of some jobs, over breaks of the connection: after each it goes on behind the last number.
@MainActor
final class RemoteFeed {
  private let link: ServerLink
  private var told: [JobID: Int64]
  private var jobs: [JobID]
  private var socket: ClientWebSocket?
  private var waiting: [RemoteMessage] = []
  /// Attempts to come back since something was heard.
  private var attempts = 0

  /// Pauses between attempts, doubled each time.
  private static let shortestPause = 0.1  // seconds
  private static let longestPause = 5.0  // seconds
  /// After so many, some five minutes, the server is given up.
  private static let mostAttempts = 60

  /// Jobs that one feed can tell of: as many as a server lets one connection name.
  static let mostJobs = ProgressLimits().subscriptions
  /// A server that wants to be left alone for longer is asked sooner nevertheless.
  private static let longestWait = 300.0  // seconds

  /// - Parameters:
  ///   - jobs: `mostJobs` at most.
  ///   - since: where to go on; jobs without a number begin with where they stand.
  init(_ link: ServerLink, jobs: [JobID], since: [JobID: Int64] = [:]) {
    self.link = link
    self.jobs = jobs
    told = since
  }

  /// The next message, waiting for it as long as it takes.
  ///
  /// - Throws: `StageFailure` where the server is gone for good, `ServerRefusal` where it will not tell,
  ///   `CancellationError`.
  func next() async throws -> RemoteMessage {
    while waiting.isEmpty { try await receive() }
    let message = waiting.removeFirst()
    switch message {
    case .event(.transition(let event)): told[event.job] = event.seq
    case .snapshot(let job):
      if let id = job["id"]?.string.flatMap({ JobID($0) }), let seq = job["seq"]?.int { told[id] = Int64(seq) }
    case .removed(let job): jobs.removeAll { $0 == job }
    case .event, .failed, .resync: break
    }
    return message
  }

  private func receive() async throws {
    do {
      let socket = try await openedSocket()
      guard let message = try await socket.next() else { throw ClientFailure.connectionLost }
      waiting += try RemoteMessage.read(message.bytes)
      attempts = 0
    } catch let error as CancellationError {
      throw error
    } catch let refusal as ServerRefusal where refusal.isFinal {
      throw refusal
    } catch {
      socket = nil
      attempts += 1
      guard attempts < Self.mostAttempts else {
        throw StageFailure(.inputOutput, "The server cannot be reached any more.", hint: "Its jobs go on without us.")
      }
      let pause = min(Self.longestPause, Self.shortestPause * Double(1 << min(attempts, 10)))
      let wait = (error as? ServerRefusal)?.wait.map { min(max($0, 0), Self.longestWait) } ?? 0
      try await Task.sleep(for: .seconds(max(pause, wait)))
    }
  }

  private func openedSocket() async throws -> ClientWebSocket {
    if let socket { return socket }
    let made = try await link.progress()
    let names = jobs.map { "\"\($0)\"" }.joined(separator: ",")
    let since = jobs.compactMap { job in told[job].map { "\"\(job)\":\($0)" } }.joined(separator: ",")
    try await made.send("{\"subscribe\":{\"jobs\":[\(names)],\"since\":{\(since)}}}")
    socket = made
    return made
  }
}
