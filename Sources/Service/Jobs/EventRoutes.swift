import CanonicalJSON
import Checkpoints
import HTTPServer
import Ledger
import StageKit

/// The event log of a job; as a stream for those who ask for one.
struct EventRoutes: RouteGroup {
  let context: ServiceContext

  func register(in routes: inout RouteTable) {
    routes.on(.get, "/api/v1/jobs/{id}/events", Self.operation) { try await answer($0) }
  }

  private func answer(_ request: Request) async throws -> Response {
    let job = try await context.job(request)
    if request.headers.list("Accept").contains(where: { HeaderParameters($0).value == "text/event-stream" }),
      let stream = context.hooks.eventStream
    {
      return try await stream(request, job)
    }
    let since = Int64(try request.integer("since", in: 0...Int(Int32.max)) ?? 0)
    let limit = try request.limit()
    let events = try await context.ledger.events(of: job.manifest.id, since: since, limit: limit)
    var body: [String: JSONValue] = [
      "events": .array(events.map(\.json)), "seq": .integer(job.seq),
    ]
    if events.count == limit, let last = events.last { body["next"] = .integer(last.seq) }
    return try .json(.object(body))
  }

  static let eventSchema = JSONShape.object(
    [
      "seq": JSONShape.integer, "job": JSONShape.jobID,
      "type": JSONShape.choice(JobEvent.Kind.allCases.map(\.rawValue)), "state": JSONShape.string,
      "at": JSONShape.time,
    ],
    optional: [
      "stage": JSONShape.choice(StageID.allCases.map(\.rawValue)), "page": JSONShape.integer,
      "format": JSONShape.string, "attempt": JSONShape.integer, "failure": ["type": "object"],
      "worker": JSONShape.integer,
    ])

  private static let operation = Operation(
    "listEvents", "A job's numbered transitions; as text/event-stream those that are still to come, too.", tag: "jobs",
    parameters: [
      .query("since", JSONShape.integer(0...Int(Int32.max)), "Only those with greater numbers."),
      .query("limit", JSONShape.integer(1...Request.longestPage), "How many at most; 50 if nothing is said."),
    ],
    answers: [
      Operation.Answer(
        200, "The transitions, and the number of the newest; with next where there are more.",
        [
          (
            "application/json",
            JSONShape.object(
              ["events": JSONShape.array(of: JSONShape.named("Event")), "seq": JSONShape.integer],
              optional: ["next": JSONShape.integer])
          ), ("text/event-stream", JSONShape.string),
        ])
    ], problems: [.invalidParameter, ProblemCode(.jobNotFound), .starting])
}
