import CanonicalJSON
import Checkpoints
import Ledger
import StageKit
import TestSupport
import Testing

@testable import Service

@Suite("Webhook messages")
struct WebhookMessageTests {
  @Test("the signature is the one of Standard Webhooks' own example")
  func signature() throws {
    let secret = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
    let signature = secret.signature(
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: Array(#"{"test": 2432232314}"#.utf8))
    #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
  }

  @Test(
    "secrets have their form",
    arguments: [
      "", "whsec_", "whsec_AAAA", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!!!!9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
      "whsec_" + String(repeating: "AAAA", count: 22),
    ])
  func secrets(text: String) { #expect(WebhookSecret(text) == nil) }

  private func delivery(name: String, failure: StageFailure?) throws -> WebhookDelivery {
    WebhookDelivery(
      job: try #require(JobID("0123456789")), seq: 42, state: .pending, jobState: .failed, at: 1_800_000_000.25,
      pageCount: 3, failure: failure, attempts: 0, due: 0, target: WebhookTarget(url: "http://a/"), name: name,
      owner: "")
  }

  @Test("it says what happened, when, and where to look")
  func body() throws {
    let message = try WebhookMessage(
      try delivery(name: "a.pdf", failure: StageFailure(.damaged, "It is damaged.", hint: "Repair it.")))
    #expect(message.id == "msg_0123456789_42")
    #expect(
      String(decoding: message.body, as: UTF8.self)
        == #"{"data":{"error":{"code":"damaged","hint":"Repair it.","message":"It is damaged.","retryable":false},"#
        + #""job_id":"0123456789","links":{"result":"/api/v1/jobs/0123456789/result","self":"/api/v1/jobs/0123456789"},"#
        + #""name":"a.pdf","pages":3,"seq":42,"status":"failed"},"timestamp":"2027-01-15T08:00:00Z","type":"job.failed"}"#
    )
  }

  @Test("whatever the names and messages, it stays below 20 kB", arguments: ["\u{1}", "é", "👩‍👩‍👧‍👦", "\"", "a"])
  func size(character: String) throws {
    let long = String(repeating: character, count: 100_000 / character.utf8.count)
    let message = try WebhookMessage(
      try delivery(name: long, failure: StageFailure(.damaged, long, hint: long)))
    #expect(message.body.count < 20_000)
  }

  @Test("delays grow, vary, end, and heed what the receiver asks for")
  func schedule() throws {
    let schedule = WebhookSchedule()
    var generator = SeededGenerator(1)
    var delays: Set<Double> = []
    for _ in 0..<100 {
      let delay = try #require(schedule.delay(after: 1, asked: nil, using: &generator))
      #expect((4...6).contains(delay))
      delays.insert(delay)
    }
    #expect(delays.count > 90)
    let later = try #require(schedule.delay(after: 10, asked: nil, using: &generator))
    #expect((69_120...103_680).contains(later))
    #expect(schedule.delay(after: 11, asked: nil, using: &generator) == nil)
    #expect(schedule.attempts == 11)
    #expect(schedule.delay(after: 1, asked: 60, using: &generator) == 60)
    #expect(schedule.delay(after: 1, asked: 1e12, using: &generator) == 86_400)
    let atOnce = try #require(schedule.delay(after: 1, asked: 0, using: &generator))
    #expect(atOnce >= 4)
  }
}
