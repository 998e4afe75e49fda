import CanonicalJSON
import Checkpoints
import Engine
import EventLoop
import HTTPServer
import Ledger
import StageKit

/// Where documents become jobs, whichever way they come.
package struct SubmissionDesk: Sendable {
  let context: ServiceContext

  package init(context: ServiceContext) { self.context = context }

  /// Takes up a request before its body is read: whether there is room, and whether it repeats another.
  ///
  /// - Parameter fingerprint: of all that the client asks for, where that is known already: a repetition is then answered
  ///   without taking a place.
  /// - Throws: `Problem` with `queue_full`, `overloaded`, `insufficient_storage`, `file_too_large`, `forbidden`, and those
  ///   of `Idempotency`.
  package func open(
    _ request: Request, length: Int64?, fingerprint: Digest? = nil
  ) async throws -> SubmissionTicket {
    try Principal.current.require(.submit)
    let engine = try context.engine
    if context.readiness.phase == .stopping { throw Problem.later(.stopping, "The server is stopping.", seconds: 5) }
    let idempotent = try await context.idempotency.begin(request, scope: Principal.current.keyID, engine.accounts)
    if let fingerprint, let answer = try idempotent?.replay(fingerprint) {
      return SubmissionTicket(pass: nil, idempotent: idempotent, answer: answer)
    }
    let pass = try context.admission.admit(
      length: length, engine.census, secondsPerJob: engine.pace.secondsPerJob,
      // What was accepted before takes no room in the queue.
      isQueued: idempotent?.isRepetition != true)
    return SubmissionTicket(pass: pass, idempotent: idempotent)
  }

  /// Makes a job of a document that has come in, and answers 202.
  ///
  /// - Parameter fingerprint: of all that the client asked for.
  package func submit(
    _ document: SpooledDocument, _ submission: Submission, _ ticket: SubmissionTicket, _ fingerprint: Digest
  ) async throws -> Response {
    let engine = try context.engine
    let settings = try submission.wishes.settings(engine.pipeline)
    let webhook = try submission.webhook.map { try WebhookTarget.read($0, context.webhooks) }
    if let answer = try ticket.idempotent?.replay(fingerprint) { return answer }
    let pages = engine.census.totals.pages + WorkCensus.expectedPages(bytes: document.length)
    let seconds = engine.pace.estimate(of: pages)
    // The webhook and the answer are as durable as the job: a crash leaves all of them or none.
    let record = try await engine.submit(
      document, name: submission.name.isEmpty ? "document" : submission.name, settings: settings,
      password: submission.password, owner: Principal.current.name, trace: RequestIdentity.current?.trace
    ) { record in
      var changes: [LedgerChange] = []
      if let webhook { changes.append(.webhook(record.manifest.id, webhook)) }
      if let idempotent = ticket.idempotent {
        changes.append(.answer(idempotent.answer(try Self.accepted(record, seconds), fingerprint: fingerprint)))
      }
      return changes
    }
    return try Self.accepted(record, seconds)
  }

  private static func accepted(_ record: JobRecord, _ seconds: Double) throws -> Response {
    let id = record.manifest.id
    let body: JSONValue = [
      "job_id": .string(id.text), "status": .string(record.manifest.state.rawValue),
      "estimated_seconds": .number(seconds), "links": JobDescription.links(of: record),
    ]
    var response = try Response.json(body, .accepted)
    response.headers["Location"] = "/api/v1/jobs/\(id)"
    return response
  }

  static let acceptedSchema = JSONShape.object([
    "job_id": JSONShape.jobID, "status": JSONShape.choice(JobState.allCases.map(\.rawValue)),
    "estimated_seconds": JSONShape.number, "links": JSONShape.map(of: JSONShape.string),
  ])
}
