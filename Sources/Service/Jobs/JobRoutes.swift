import CanonicalJSON
import Checkpoints
import Engine
import HTTPServer
import Ledger
import StageKit

/// The list of jobs, one job, and its end.
struct JobRoutes: RouteGroup {
  let context: ServiceContext

  func register(in routes: inout RouteTable) {
    routes.on(.get, "/api/v1/jobs", Self.listing) { try await list($0) }
    routes.on(
      .get, "/api/v1/jobs/{id}",
      Operation(
        "getJob", "A job with its stages, what runs, and what went wrong.", tag: "jobs",
        answers: [.json(200, "The job.", JSONShape.named("Job"))], problems: [ProblemCode(.jobNotFound), .starting])
    ) { try await tell($0) }
    routes.on(
      .delete, "/api/v1/jobs/{id}",
      Operation(
        "deleteJob", "Removes a job with its results, and the document if no other job has it.", tag: "jobs",
        answers: [Operation.Answer(204, "It is gone.")],
        problems: [ProblemCode(.jobNotFound), .forbidden, .starting])
    ) { [context] request in
      try Principal.current.require(.submit)
      let job = try await context.job(request)
      try await context.engine.delete(job.manifest.id)
      return Response(.noContent)
    }
  }

  private func tell(_ request: Request) async throws -> Response {
    let job = try await context.job(request)
    let engine = try context.engine
    let id = job.manifest.id
    var body = JobDescription.full(
      job, units: try await engine.ledger.units(of: id), costs: try await engine.ledger.costs(of: id),
      live: await engine.liveStatus(of: id), queuePosition: await engine.queuePosition(of: id))
    var more = try await context.hooks.outlook?(id) ?? [:]
    more["webhook"] = try await WebhookReport.json(of: id, engine.outbox)
    if let members = body.object { body = .object(members.merging(more) { first, _ in first }) }
    return try .json(body)
  }

  // MARK: The list

  /// Rows looked at for one answer where a filter leaves most of them out: bounds how long a request takes.
  private static let mostScanned = 2_000

  private func list(_ request: Request) async throws -> Response {
    let limit = try request.limit()
    let filter = try JobFilter(request)
    var cursor = try request.query("cursor").map { (text) throws(Problem) in try PageCursor(text) }
    var found: [JobRecord] = []
    var scanned = 0
    var isExhausted = false
    while found.count < limit, scanned < Self.mostScanned, !isExhausted {
      let batch = try await batch(filter, after: cursor, limit: Request.longestPage)
      isExhausted = batch.count < Request.longestPage
      for job in batch {
        scanned += 1
        cursor = PageCursor(after: job)
        if filter.takes(job) { found.append(job) }
        if found.count == limit {
          isExhausted = isExhausted && job.manifest.id == batch.last?.manifest.id
          break
        }
      }
    }
    var body: [String: JSONValue] = ["jobs": .array(found.map(JobDescription.summary))]
    if !isExhausted, let cursor { body["next"] = .string(cursor.text) }
    return try .json(.object(body))
  }

  private func batch(_ filter: JobFilter, after cursor: PageCursor?, limit: Int) async throws -> [JobRecord] {
    let before = cursor.map(\.record)
    if let owner = Principal.current.visibleOwner {
      return try await context.ledger.jobs(owner: owner, before: before, limit: limit)
    }
    return try await context.ledger.jobs(states: filter.states, before: before, limit: limit)
  }

  private static let listing = Operation(
    "listJobs", "Jobs, the newest first.", tag: "jobs",
    parameters: [
      .limit, .cursor,
      .query("status", JSONShape.string, "Only these states, joined by commas."),
      .query("type", JSONShape.string, "Only documents whose name has this extension, e.g. pdf."),
      .query("text", JSONShape.string, "Only documents whose name holds this, whatever its case."),
    ],
    answers: [
      .json(
        200, "One page of the list; with next where there may be more.",
        JSONShape.object(
          ["jobs": JSONShape.array(of: JSONShape.named("JobSummary"))], optional: ["next": JSONShape.string]))
    ], problems: [.invalidParameter, .starting])
}
