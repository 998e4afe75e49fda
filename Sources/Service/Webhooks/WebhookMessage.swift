import CanonicalJSON
import Checkpoints
import Ledger
import StageKit

/// A job's end as its receiver is told it: the same bytes in every attempt.
struct WebhookMessage: Sendable {
  let id: String
  let body: [UInt8]

  /// - Throws: what the encoder throws.
  init(_ delivery: WebhookDelivery) throws {
    // Of the job and the number of its event: the same for every attempt, and no other event's.
    id = "msg_\(delivery.job)_\(delivery.seq)"
    let job = "/api/v1/jobs/\(delivery.job)"
    var data: [String: JSONValue] = [
      "job_id": .string(delivery.job.text), "seq": .integer(delivery.seq),
      "name": .string(Self.clipped(delivery.name, to: Self.nameLimit)),
      "status": .string(delivery.jobState.rawValue),
      "links": ["self": .string(job), "result": .string(job + "/result")],
    ]
    data["pages"] = delivery.pageCount.map { .integer(Int64($0)) }
    if let failure = delivery.failure {
      data["error"] = [
        "code": .string(failure.code.rawValue), "message": .string(Self.clipped(failure.message, to: Self.textLimit)),
        "hint": failure.hint.map { .string(Self.clipped($0, to: Self.textLimit)) } ?? .null,
        "retryable": .bool(failure.retryable),
      ]
    }
    let message: JSONValue = [
      "type": .string(Self.type(of: delivery.jobState)), "timestamp": .string(MomentText.make(delivery.at)),
      "data": .object(data),
    ]
    body = try message.canonicalBytes
  }

  static func type(of state: JobState) -> String { "job.\(state.rawValue)" }

  /// At most so many bytes, cut between characters.
  private static func clipped(_ text: String, to limit: Int) -> String {
    guard text.utf8.count > limit else { return text }
    var clipped = ""
    for character in text {
      guard clipped.utf8.count + character.utf8.count <= limit else { break }
      clipped.append(character)
    }
    return clipped + "…"
  }

  // Bytes of texts from outside. JSON writes a byte with six at most, so all of them stay below the 20 kB that Standard
  // Webhooks gives a body.
  private static let nameLimit = 1000
  private static let textLimit = 1000
}
