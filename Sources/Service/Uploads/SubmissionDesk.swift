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

  /// Whether there is room, before anything is read.
  ///
  /// - Throws: `Problem` with `queue_full`, `overloaded`, `insufficient_storage`, `file_too_large`, `forbidden`.
  package func admit(length: Int64?) async throws -> AdmissionPass {
    try Principal.current.require(.submit)
    let request = SubmissionRequest(principal: Principal.current, length: length)
    let engine = try context.engine
    if context.readiness.phase == .stopping { throw Problem.later(.stopping, "The server is stopping.", seconds: 5) }
    let pass = try context.admission.admit(length: length, engine.census, secondsPerJob: engine.pace.secondsPerJob)
    for hook in context.hooks.submission { try await hook.willAccept(request) }
    return pass
  }

  /// Makes a job of a document that has come in, and answers 202.
  package func submit(_ document: SpooledDocument, _ submission: Submission) async throws -> Response {
    let engine = try context.engine
    let settings = try submission.wishes.settings(engine.pipeline)
    for hook in context.hooks.submission { try await hook.check(submission) }
    let record = try await engine.submit(
      document, name: submission.name.isEmpty ? "document" : submission.name, settings: settings,
      password: submission.password, owner: Principal.current.name, trace: RequestIdentity.current?.trace)
    for hook in context.hooks.submission { try await hook.didAccept(record, submission) }
    return try accepted(record, engine)
  }

  private func accepted(_ record: JobRecord, _ engine: JobEngine) throws -> Response {
    let id = record.manifest.id
    let body: JSONValue = [
      "job_id": .string(id.text), "status": .string(record.manifest.state.rawValue),
      "estimated_seconds": .number(engine.pace.estimate(of: engine.census.totals.pages)),
      "links": JobDescription.links(of: record),
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
