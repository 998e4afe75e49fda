import Checkpoints
import EventLoop
import Foundation
import HTTPServer
import Ledger
import Logging
import StageKit
import Synchronization
import TestSupport
import Testing

@testable import Engine
@testable import Service

/// A hub over a real ledger and a real bus, behind a real server; the test plays the engine.
final class ProgressBench: Sendable {
  // Immutable; held for its deinit only.
  private let folder: TemporaryFolder
  let ledger: SQLiteLedger
  let bus = LocalEventBus()
  let hub: ProgressHub
  let loop: EventLoop
  let server: WebServer
  let address: SocketAddress
  private let lastJob = Mutex(0)

  private init(_ limits: ProgressLimits, _ serverLimits: ServerLimits) async throws {
    folder = try TemporaryFolder()
    ledger = try SQLiteLedger(path: folder.file("ledger.sqlite").path)
    hub = try ProgressHub(limits: limits, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    loop = try EventLoop.start()
    var router = Router()
    let (hub, loop) = (hub, loop)
    router.on(.get, "/progress") { request in
      .webSocket(
        subprotocols: [ProgressSocket.subprotocol],
        limits: WebSocketLimits(message: limits.message, outbox: limits.outbox),
        ProgressSocket(hub, Self.principal(request)))
    }
    router.on(.get, "/jobs/{id}/events") { request in
      let since = try EventStream.since(request)
      guard let job = JobID(request.parameter("id")) else { return Response(.notFound) }
      return Principal.$current.withValue(Self.principal(request)) {
        EventStream(hub: hub, loop: loop).response(job, since: since)
      }
    }
    var configuration = ServerConfiguration()
    configuration.limits = serverLimits
    server = WebServer(router: router, configuration: configuration, loop: loop)
    address = try await server.listen(on: .ip(.loopback, port: 0))
  }

  /// Runs `body` with limits that a test may shrink; on a busy machine no time limit but those comes into play.
  static func run(
    _ limits: (inout ProgressLimits) -> Void = { _ in }, server: (inout ServerLimits) -> Void = { _ in },
    _ body: (ProgressBench) async throws -> Void
  ) async throws {
    var progress = ProgressLimits()
    limits(&progress)
    var http = ServerLimits()
    http.sweepInterval = .milliseconds(10)
    http.pingInterval = .seconds(600)
    http.silence = .seconds(600)
    server(&http)
    let bench = try await ProgressBench(progress, http)
    let watch = bench.bus.watch()
    let hearing = Task { [hub = bench.hub, ledger = bench.ledger] in await hub.run(watch, ledger: ledger) }
    while await !bench.hub.isOpen { await Task.yield() }
    let result: Result<Void, any Error>
    do { result = .success(try await body(bench)) } catch { result = .failure(error) }
    bench.bus.finish()
    await hearing.value
    await bench.server.drain(within: .zero)
    bench.loop.stop()
    try result.get()
  }

  /// Whoever `as` names; an admin otherwise.
  private static func principal(_ request: Request) -> Principal {
    request.query("as").map { Principal(name: $0, role: .read) } ?? .anyone
  }

  // MARK: The engine's part

  /// Adds a job, whose creation is its transition 1.
  func job(owner: String = "", pages: Int = 0, told: Bool = true) async throws -> JobID {
    let number = lastJob.withLock { number in
      number += 1
      return number
    }
    let digits = String(number)
    // Ten characters of a job id's alphabet.
    let id = try #require(JobID("jb" + String(repeating: "0", count: 8 - digits.count) + digits))
    let manifest = JobManifest(
      id: id, name: "job \(number)", source: Digest(of: digits.utf8), sourceLength: 1, settings: JobSettings(),
      state: .queued, owner: owner, created: "2026-01-02T03:04:05Z")
    let units = [UnitRecord(unit: UnitID(.ingest))] + (0..<pages).map { UnitRecord(unit: UnitID(.ocr, .page($0 + 1))) }
    let events = try await ledger.create(JobRecord(manifest: manifest, created: Double(number)), units: units)
    if told { publish(events) }
    return id
  }

  /// Stores transitions, and tells of them if asked to.
  @discardableResult
  func happen(_ events: [JobEvent], told: Bool = true) async throws -> [JobEvent] {
    let stored = try await ledger.apply(events.map { .event($0) })
    if told { publish(stored) }
    return stored
  }

  func publish(_ events: [JobEvent]) { for event in events { bus.publish(.transition(event)) } }

  /// Starts and ends of pages, two transitions each.
  static func pages(_ pages: ClosedRange<Int>, of job: JobID) -> [JobEvent] {
    pages.flatMap { page in
      let unit = UnitID(.ocr, .page(page))
      return [
        JobEvent(job: job, kind: .unitStarted, unit: unit, state: "running", attempt: 1),
        JobEvent(job: job, kind: .unitFinished, unit: unit, state: "done", attempt: 1),
      ]
    }
  }

  /// The job's state changes in the ledger, too.
  func enter(_ state: JobState, _ job: JobID, told: Bool = true) async throws {
    let stored = try await ledger.apply([
      .jobState(job, state, nil), .event(JobEvent(job: job, kind: .jobState, state: state.rawValue)),
    ])
    if told { publish(stored) }
  }

  // MARK: Clients

  func client(as name: String? = nil) async throws -> ProgressClient {
    let client = HTTPClient(address, loop: loop)
    let target = "/progress" + (name.map { "?as=\($0)" } ?? "")
    return ProgressClient(
      try await client.webSocket(target, subprotocols: [ProgressSocket.subprotocol], compression: true))
  }

  func events(of job: JobID, lastEventID: Int64? = nil) async throws -> EventStreamClient {
    var request = ClientRequest(.get, "/jobs/\(job)/events")
    request.headers["Accept"] = "text/event-stream"
    if let lastEventID { request.headers["Last-Event-ID"] = String(lastEventID) }
    return EventStreamClient(try await HTTPClient(address, loop: loop).send(request))
  }
}

/// Waits until `condition` holds; the suite's time limit is the only clock.
func eventually(_ condition: () async throws -> Bool) async throws {
  while try await !condition() { try await Task.sleep(for: .milliseconds(2)) }
}
