import CanonicalJSON
import Engine
import EventLoop
import HTTPServer

/// How busy the server is.
struct SystemRoutes: RouteGroup {
  let context: ServiceContext
  private let recentLag: RecentLag

  init(context: ServiceContext) {
    self.context = context
    recentLag = RecentLag(context.loop.metrics.lag)
  }

  func register(in routes: inout RouteTable) {
    routes.on(
      .get, "/api/v1/system",
      Operation(
        "getSystem", "The queue, the workers, memory, sockets, the loop's lag and the disk.", tag: "system",
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
                "loop": JSONShape.object(
                  [
                    "lag_mean_seconds": JSONShape.number, "lag_p99_seconds": JSONShape.number,
                    "lag_max_seconds": JSONShape.number, "recent": SystemReport.recentSchema,
                  ]),
                "processes": SystemReport.processesSchema, "server": SystemReport.processSchema,
                "uptime_seconds": JSONShape.number,
              ],
              optional: [
                "disk": JSONShape.object(["free_bytes": JSONShape.integer, "size_bytes": JSONShape.integer]),
                "sockets": JSONShape.object([
                  "connections": JSONShape.integer, "websockets": JSONShape.integer, "limit": JSONShape.integer,
                ]),
              ]))
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
    let reading = context.admission.reading(engine.census)
    let figures = await ServerFigures.now(context)
    let load = await engine.load()
    var loop = SystemReport.lag(figures.lag)
    loop["recent"] = SystemReport.recent(recentLag.now())
    var body: [String: JSONValue] = [
      "status": .string(context.readiness.phase.rawValue), "queue": Self.queue(reading),
      "workers": [
        "allowed": .integer(Int64(load.workers)), "running_units": .integer(Int64(load.runningUnits)),
        "ready_units": .integer(Int64(load.readyUnits)),
      ],
      "jobs": ["live": .integer(Int64(load.liveJobs)), "waiting": .integer(Int64(load.waitingJobs))],
      "loop": .object(loop), "processes": SystemReport.processes(engine.roster.all), "server": figures.processJSON,
      "uptime_seconds": .number(max(0, context.clock.now - figures.started)),
    ]
    if let disk = figures.disk {
      body["disk"] = ["free_bytes": .integer(Int64(disk.free)), "size_bytes": .integer(Int64(disk.size))]
    }
    if let server = context.telemetry.server {
      body["sockets"] = [
        "connections": .integer(Int64(server.connections.value)),
        "websockets": .integer(Int64(server.webSockets.value)),
        "limit": .integer(Int64(context.configuration[Settings.connections])),
      ]
    }
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
