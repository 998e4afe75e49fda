import CanonicalJSON
import Checkpoints
import Curl
import Engine
import EventLoop
import Foundation
import HTTPServer
import Ledger
import Logging
import StageKit
import Synchronization
import TestSupport
import Testing

@testable import Service

/// A courier over a ledger of its own, told of ends as the engine would tell it.
private final class CourierBench: Sendable {
  static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

  let place: LedgerPlace
  private let events: AsyncStream<EngineEvent>
  private let bus: AsyncStream<EngineEvent>.Continuation
  private let configuration: WebhookConfiguration
  private let clock: any ServiceClock

  init(
    _ place: LedgerPlace? = nil, clock: any ServiceClock = WallClock(),
    _ configure: (inout WebhookConfiguration) -> Void = { _ in }
  ) throws {
    self.place = try place ?? LedgerPlace()
    self.clock = clock
    (events, bus) = AsyncStream.makeStream(of: EngineEvent.self)
    var configuration = WebhookConfiguration()
    configuration.guardian = AddressGuard(allowed: [IPNetwork("127.0.0.0/8")].compactMap { $0 })
    // Short enough for a test; their growth has a test of its own.
    configuration.schedule = WebhookSchedule(delays: [0.05, 0.05, 0.05], jitter: 0)
    configure(&configuration)
    self.configuration = configuration
  }

  /// Runs the courier while the body does.
  func run<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
    let courier = WebhookCourier(
      place.ledger, configuration, clock: clock, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await courier.run(self.events) }
      defer { group.cancelAll() }
      return try await body()
    }
  }

  func submit(_ url: String, owner: String = "", secret: String? = CourierBench.secret) async throws -> JobID {
    try await place.submit(owner: owner, webhook: WebhookTarget(url: url, secret: secret))
  }

  func finish(_ job: JobID, as state: JobState = .completed) async throws {
    for event in try await place.finish(job, as: state) { bus.yield(.transition(event)) }
  }

  /// The first delivery, once it has come to rest.
  func settled(
    _ job: JobID, until isSettled: (DeliveryState) -> Bool = { $0 != .pending }
  ) async throws -> (delivery: WebhookDelivery, attempts: [DeliveryAttempt]) {
    while true {
      if let last = try await place.ledger.deliveries(of: job).last, isSettled(last.delivery.state) { return last }
      try await Task.sleep(for: .milliseconds(10))
    }
  }
}

@Suite("Delivery of webhooks", .timeLimit(.minutes(10)))
struct WebhookCourierTests {
  @Test("a job's end arrives, signed, once, and the job tells of it")
  func delivered() async throws {
    let receiver = try await Receiver { _, _ in Response(.noContent) }
    let bench = try CourierBench()
    try await bench.run {
      let job = try await bench.submit(receiver.url + "/hook")
      try await bench.finish(job)
      let (delivery, attempts) = try await bench.settled(job)
      #expect(delivery.state == .delivered)
      #expect(attempts.map(\.status) == [204])
      let arrival = try #require(receiver.arrivals.first)
      #expect(receiver.arrivals.count == 1)
      #expect(arrival.path == "/hook" && arrival.method == "POST")
      #expect(arrival.headers["Content-Type"] == "application/json")
      let id = try #require(arrival.headers["webhook-id"])
      #expect(id == "msg_\(job)_\(delivery.seq)")
      let timestamp = try #require(arrival.headers["webhook-timestamp"].flatMap { Int($0) })
      #expect(abs(Double(timestamp) - Date().timeIntervalSince1970) < 60)
      let secret = try #require(WebhookSecret(CourierBench.secret))
      #expect(
        arrival.headers["webhook-signature"] == secret.signature(id: id, timestamp: timestamp, body: arrival.body))
      let body = try CanonicalDecoder().decode(JSONValue.self, from: arrival.body)
      #expect(body["type"]?.string == "job.completed")
      #expect(body["data"]?["job_id"]?.string == job.text)
      let report = try #require(try await WebhookReport.json(of: job, bench.place.ledger))
      #expect(report["deliveries"]?[0]?["state"]?.string == "delivered")
      #expect(report["deliveries"]?[0]?["attempts"]?[0]?["status"]?.int == 204)
      #expect(try !String(decoding: report.canonicalBytes, as: UTF8.self).contains("whsec_"))
    }
  }

  @Test("what the receiver does not take is sent again, the same bytes under the same id, until it is given up")
  func retries() async throws {
    let receiver = try await Receiver { _, number in
      switch number {
      case 1: Response(500)
      case 2: Response(302, headers: ["Location": "/elsewhere"])
      case 3: Response(404)
      default: Response(503)
      }
    }
    let bench = try CourierBench()
    try await bench.run {
      let job = try await bench.submit(receiver.url + "/hook")
      try await bench.finish(job, as: .failed)
      let (delivery, attempts) = try await bench.settled(job)
      #expect(delivery.state == .failed)
      #expect(attempts.map(\.status) == [500, 302, 404, 503])
      #expect(attempts.map(\.number) == [1, 2, 3, 4])
      let arrivals = receiver.arrivals
      #expect(arrivals.count == 4)
      #expect(Set(arrivals.map(\.path)) == ["/hook"])
      #expect(Set(arrivals.map(\.body)).count == 1)
      #expect(Set(arrivals.map { $0.headers["webhook-id"] ?? "" }).count == 1)
    }
  }

  @Test("410 ends it for all jobs of the same owner at that URL, and for no others")
  func gone() async throws {
    let receiver = try await Receiver { _, _ in Response(410) }
    let other = try await Receiver { _, _ in Response(.ok) }
    let bench = try CourierBench()
    try await bench.run {
      let first = try await bench.submit(receiver.url, owner: "ann")
      let second = try await bench.submit(receiver.url, owner: "ann")
      let elsewhere = try await bench.submit(other.url, owner: "ann")
      try await bench.finish(first)
      #expect(try await bench.settled(first).delivery.state == .disabled)
      #expect(try await bench.place.ledger.webhook(of: second)?.isDisabled == true)
      try await bench.finish(second)
      try await bench.finish(elsewhere)
      #expect(try await bench.settled(elsewhere).delivery.state == .delivered)
      #expect(try await bench.place.ledger.deliveries(of: second).isEmpty)
      #expect(receiver.arrivals.count == 1)
      let theirs = try await bench.submit(receiver.url, owner: "bob")
      #expect(try await bench.place.ledger.webhook(of: theirs)?.isDisabled == false)
      // Who names the URL anew means it.
      let third = try await bench.submit(receiver.url, owner: "ann")
      #expect(try await bench.place.ledger.webhook(of: third)?.isDisabled == false)
    }
  }

  @Test("a private address is refused on the connection, and nothing is sent")
  func refusedAddress() async throws {
    let receiver = try await Receiver { _, _ in Response(.ok) }
    let bench = try CourierBench { $0.guardian = AddressGuard() }
    try await bench.run {
      let job = try await bench.submit("http://localhost:\(receiver.address.port ?? 0)/")
      try await bench.finish(job)
      let (delivery, attempts) = try await bench.settled(job)
      #expect(delivery.state == .failed)
      #expect(attempts.allSatisfy { $0.error == "address_refused" && $0.status == nil })
      #expect(receiver.arrivals.isEmpty)
    }
  }

  @Test("a receiver that does not answer holds up neither others nor for ever")
  func slowReceiver() async throws {
    let slow = try await Receiver { _, _ in
      try await Task.sleep(for: .seconds(300))
      return Response(.ok)
    }
    let quick = try await Receiver { _, _ in Response(.ok) }
    let bench = try CourierBench {
      $0.concurrency = 2
      $0.schedule = WebhookSchedule(delays: [], jitter: 0)
      $0.limits.total = .seconds(3)
    }
    try await bench.run {
      var waiting: [JobID] = []
      for _ in 0..<3 {
        let job = try await bench.submit(slow.url)
        try await bench.finish(job)
        waiting.append(job)
      }
      await slow.wait(for: 1)
      for _ in 0..<10 {
        let job = try await bench.submit(quick.url)
        try await bench.finish(job)
        #expect(try await bench.settled(job).delivery.state == .delivered)
      }
      for job in waiting {
        let (delivery, attempts) = try await bench.settled(job)
        #expect(delivery.state == .failed)
        #expect(attempts.map(\.error) == ["timed_out"])
      }
    }
  }

  @Test("receivers that do not answer hold up no other, however much waits for them", arguments: [1, 3])
  func deadReceivers(count: Int) async throws {
    var dead: [Receiver] = []
    for _ in 0..<count {
      dead.append(
        try await Receiver { _, _ in
          try await Task.sleep(for: .seconds(600))
          return Response(.ok)
        })
    }
    let quick = try await Receiver { _, _ in Response(.ok) }
    let bench = try CourierBench {
      $0.concurrency = 2
      $0.slow = .seconds(1)
      $0.limits.total = .seconds(2)
    }
    for number in 0..<300 * count {
      let job = try await bench.place.submit(webhook: WebhookTarget(url: dead[number % count].url, secret: nil))
      try await bench.place.finish(job)
    }
    try await bench.run {
      for _ in 0..<5 {
        let job = try await bench.submit(quick.url)
        try await bench.finish(job)
        #expect(try await bench.settled(job).delivery.state == .delivered)
      }
    }
  }

  @Test("what was on its way when the process ended is sent again by the next, with the same id")
  func crash() async throws {
    let receiver = try await Receiver { _, number in
      // The first is never answered: the sender dies before.
      if number == 1 { try await Task.sleep(for: .seconds(300)) }
      return Response(.ok)
    }
    let place = try LedgerPlace()
    let first = try CourierBench(place)
    let job = try await first.run {
      let job = try await first.submit(receiver.url)
      try await first.finish(job)
      await receiver.wait(for: 1)
      return job
    }
    #expect(try await place.ledger.deliveries(of: job).first?.attempts.isEmpty == true)
    let second = try CourierBench(place)
    try await second.run {
      let (delivery, attempts) = try await second.settled(job)
      #expect(delivery.state == .delivered)
      #expect(attempts.map(\.number) == [1])
    }
    let arrivals = receiver.arrivals
    #expect(arrivals.count == 2)
    #expect(arrivals[0].body == arrivals[1].body)
    #expect(arrivals[0].headers["webhook-id"] == arrivals[1].headers["webhook-id"])
  }

  @Test("a job that ends again is told again; one that is deleted is told no more")
  func again() async throws {
    let receiver = try await Receiver { _, _ in Response(.ok) }
    let bench = try CourierBench()
    try await bench.run {
      let job = try await bench.submit(receiver.url)
      try await bench.finish(job, as: .completedWithErrors)
      _ = try await bench.settled(job)
      _ = try await bench.place.ledger.apply([
        .jobState(job, .queued, nil), .event(JobEvent(job: job, kind: .jobState, state: "queued")),
      ])
      try await bench.finish(job)
      while receiver.arrivals.count < 2 { try await Task.sleep(for: .milliseconds(10)) }
      #expect(Set(receiver.arrivals.map { $0.headers["webhook-id"] ?? "" }).count == 2)
    }
    let job = try await bench.submit(receiver.url)
    try await bench.place.finish(job)
    try await bench.place.ledger.bury(job)
    #expect(try await bench.place.ledger.dueDeliveries(before: .infinity, limit: 10).isEmpty)
    try await bench.place.ledger.removeRows(of: job)
    #expect(try await bench.place.ledger.webhook(of: job) == nil)
  }

  @Test("without a secret of its own it is signed with each of the server's")
  func serverSecrets() async throws {
    let receiver = try await Receiver { _, _ in Response(.ok) }
    let texts = [CourierBench.secret, "whsec_" + Data(repeating: 7, count: 32).base64EncodedString()]
    let bench = try CourierBench { $0.secrets = texts.compactMap { WebhookSecret($0) } }
    try await bench.run {
      let job = try await bench.submit(receiver.url, secret: nil)
      try await bench.finish(job)
      _ = try await bench.settled(job)
    }
    let arrival = try #require(receiver.arrivals.first)
    let id = try #require(arrival.headers["webhook-id"])
    let timestamp = try #require(arrival.headers["webhook-timestamp"].flatMap { Int($0) })
    let expected = texts.compactMap { WebhookSecret($0)?.signature(id: id, timestamp: timestamp, body: arrival.body) }
    #expect(arrival.headers["webhook-signature"] == expected.joined(separator: " "))
  }

  @Test(
    "what cannot be sent or signed is refused with the submission",
    arguments: [
      "ftp://a.example/", "nonsense", "http://u:p@a.example/", "http://127.0.0.1/", "http://[::1]/", "http://10.1.2.3/",
      #"{"url":"https://a.example/","secret":"short"}"#, #"{"url":"https://a.example/","secret":7}"#,
      #"{"secret":"a"}"#, #"{"url":"https://a.example/","secrte":"\#(CourierBench.secret)"}"#,
      "{", "https://a.example/",
    ])
  func refusedTargets(text: String) {
    #expect(throws: Problem.self) { try WebhookTarget.read(text, WebhookConfiguration()) }
  }

  @Test("what can be is taken, with its own secret or the server's")
  func targets() throws {
    var configuration = WebhookConfiguration()
    let given = #"{"url":"https://a.example/x","secret":"\#(CourierBench.secret)"}"#
    #expect(
      try WebhookTarget.read(given, configuration)
        == WebhookTarget(url: "https://a.example/x", secret: CourierBench.secret))
    configuration.secrets = [try #require(WebhookSecret(CourierBench.secret))]
    // However it is written, it is one receiver.
    for text in ["https://a.example/", "https:/a.example/", "HTTPS:///a.example/", "https://a.example/#part"] {
      #expect(try WebhookTarget.read(text, configuration) == WebhookTarget(url: "https://a.example/"), "\(text)")
    }
  }
}
