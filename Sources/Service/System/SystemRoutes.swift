import CanonicalJSON
import Engine
import EventLoop
import HTTPServer

/// How busy the server is.
struct SystemRoutes: RouteGroup {
  let context: ServiceContext

  func register(in routes: inout RouteTable) {
    routes.on(
      .get, "/api/v1/system",
      Operation(
        "getSystem", "The queue, the workers, the loop's lag and the disk.", tag: "system",
        answers: [
          .json(
            200, "As it is now.",
            JSONShape.object(
              [
                "status": JSONShape.string, "queue": Self.queueSchema,
                "workers": JSONShape.object([
                  "allowed": JSONShape.integer, "running_units": JSONShape.integer, "ready_units": JSONShape.integer,
                ]),
                "jobs": JSONShape.object(["live": JSONShape.integer, "waiting": JSONShape.integer]),
                "loop": JSONShape.object([
                  "lag_mean_seconds": JSONShape.number, "lag_p99_seconds": JSONShape.number,
                  "lag_max_seconds": JSONShape.number,
                ]),
              ], optional: ["disk": JSONShape.object(["free_bytes": JSONShape.integer])]))
        ], problems: [.starting])
    ) { try await system($0) }
    routes.on(
      .get, "/health/queue",
      Operation(
        "getQueue", "How full the queue is.", tag: "health",
        answers: [.json(200, "As it is now.", Self.queueSchema)], problems: [.starting]), runs: .loop
    ) { [context] _ in try .json(Self.queue(context.admission.reading(try context.engine.census))) }
  }

  private func system(_ request: Request) async throws -> Response {
    let engine = try context.engine
    let load = await engine.load()
    let reading = context.admission.reading(engine.census)
    let lag = context.loop.metrics.lag.snapshot()
    func seconds(_ duration: Duration) -> JSONValue { .number(duration / .seconds(1)) }
    var body: [String: JSONValue] = [
      "status": .string(context.readiness.phase.rawValue), "queue": Self.queue(reading),
      "workers": [
        "allowed": .integer(Int64(load.workers)), "running_units": .integer(Int64(load.runningUnits)),
        "ready_units": .integer(Int64(load.readyUnits)),
      ],
      "jobs": ["live": .integer(Int64(load.liveJobs)), "waiting": .integer(Int64(load.waitingJobs))],
      "loop": [
        "lag_mean_seconds": seconds(lag.mean), "lag_p99_seconds": seconds(lag.quantile(0.99)),
        "lag_max_seconds": seconds(lag.maximum),
      ],
    ]
    if let free = reading.freeDisk { body["disk"] = ["free_bytes": .integer(Int64(free))] }
    return try .json(.object(body))
  }

  private static func queue(_ reading: AdmissionGate.Reading) -> JSONValue {
    func share(_ used: Int, _ limit: Int) -> JSONValue {
      ["used": .integer(Int64(used)), "limit": .integer(Int64(limit))]
    }
    return [
      "status": reading.isFull ? "full" : "open", "jobs": share(reading.jobs, reading.jobLimit),
      "pages": share(reading.pages, reading.pageLimit), "uploads": share(reading.uploads, reading.uploadLimit),
    ]
  }

  private static let shareSchema = JSONShape.object(["used": JSONShape.integer, "limit": JSONShape.integer])

  private static let queueSchema = JSONShape.object([
    "status": JSONShape.choice(["open", "full"]), "jobs": shareSchema, "pages": shareSchema, "uploads": shareSchema,
  ])
}
