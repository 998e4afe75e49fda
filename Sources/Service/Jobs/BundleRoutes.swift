import CanonicalJSON
import Engine
import EventLoop
import HTTPServer
import StageKit

/// `POST /api/v1/bundles`: takes a job that was packed elsewhere.
struct BundleRoutes: RouteGroup {
  let context: ServiceContext

  func register(in routes: inout RouteTable) {
    let limit = Int64(context.configuration[Settings.documentSize]) << 20
    routes.on(.post, "/api/v1/bundles", Self.operation, bodyLimit: limit, runs: .loop) { try await take($0) }
  }

  private func take(_ request: Request) async throws -> Response {
    let renamed = try request.flag("new_id")
    let engine = try context.engine
    let pass = try context.admission.admit(
      length: request.body.length, engine.census, secondsPerJob: engine.pace.secondsPerJob)
    defer { withExtendedLifetime(pass) {} }
    let spool = try await engine.spool()
    for try await piece in request.body {
      try await context.pool.run { try piece.withUnsafeBytes { try spool.write($0) } }
    }
    return try await context.offLoop {
      let adoption = try await engine.adopt(spool, renamed: renamed)
      return try .json(JSONValue(interface: adoption), adoption.isNew ? .created : .ok)
    }
  }

  private static let operation = Operation(
    "importBundle",
    """
    Takes a bundle's job into the data folder, finished as it was. Every file is checked against the bundle's manifest; \
    one in which anything is wrong leaves nothing behind. Other jobs over the same document will use its results.
    """, tag: "inspection",
    parameters: [.query("new_id", JSONShape.boolean, "Give the job a new id rather than its own.")],
    body: Operation.Body([(PackedBundles.type, JSONShape.binary), ("application/octet-stream", JSONShape.binary)]),
    answers: [
      .json(201, "The job that was taken in.", schema), .json(200, "The very same job is here already.", schema),
    ],
    problems: [
      ProblemCode(.bundleInvalid), ProblemCode(.jobExists), ProblemCode(.fileTooLarge), ProblemCode(.emptyFile),
      .invalidParameter, .uploadStalled, .insufficientStorage, .queueFull, .overloaded, .forbidden, .starting,
    ])

  private static let schema = JSONShape.object([
    "job": JSONShape.string, "name": JSONShape.string, "is_new": JSONShape.boolean, "units": JSONShape.integer,
    "shared": JSONShape.integer,
  ])
}
