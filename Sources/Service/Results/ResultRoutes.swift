import CanonicalJSON
import Checkpoints
import Engine
import HTTPServer
import Ledger
import StageKit

/// `GET /api/v1/jobs/{id}/result`: what a job made, in any format.
struct ResultRoutes: RouteGroup {
  let context: ServiceContext

  func register(in routes: inout RouteTable) {
    routes.on(.get, "/api/v1/jobs/{id}/result", Self.operation) { try await answer($0) }
  }

  private func answer(_ request: Request) async throws -> Response {
    let job = try await context.job(request)
    let format =
      try request.query("format").map { try ExportFormat.named($0) }
      ?? job.manifest.settings.formats.first ?? .markdown
    let engine = try context.engine
    let units = try await engine.ledger.units(of: job.manifest.id)
    if !job.manifest.state.isFinished, !Self.isOnlyExporting(units) { throw Self.unfinished(job) }
    let unit = UnitID(.export, .format(format.rawValue))
    if let row = units.first(where: { $0.unit == unit }) {
      if row.state == .done {
        let results = try await ExportedResult.all(
          of: job.manifest.id, formats: [format], in: engine.ledger, engine.store)
        if let result = results.first { return try deliver(result, of: job, request) }
      }
      if let problem = Self.loss(row, of: job) { throw problem }
    }
    switch job.manifest.state {
    case .failed, .cancelled: throw Self.ended(job)
    case .completed, .completedWithErrors:
      try Principal.current.require(.submit)
      _ = try await engine.export(job.manifest.id, formats: [format], password: try DocumentPassword.read(request))
    case .queued, .running, .paused: break
    }
    return try Self.making(format, of: job)
  }

  // MARK: Files

  private func deliver(_ result: ExportedResult, of job: JobRecord, _ request: Request) throws -> Response {
    let wanted: ExportedResult.File
    if let name = request.query("file") {
      guard let found = result.files.first(where: { Self.name(of: $0) == name }) else {
        throw Problem(.notFound, "The result has no file \"\(name.prefix(80))\".", job: job.manifest.id)
      }
      wanted = found
    } else {
      let main = result.files.filter { $0.suffix.hasPrefix(".") }
      guard let file = main.first, main.count == 1, try !request.flag("list") else {
        return try Self.list(result, of: job)
      }
      wanted = file
    }
    let name =
      Self.stem(job.manifest.name) + (wanted.suffix.hasPrefix("/") ? "-" + wanted.suffix.dropFirst() : wanted.suffix)
    let resource = try context.files.resource(
      wanted.object, in: try context.engine.store, type: MediaType.ofFile(named: wanted.suffix))
    var response = try Response.file(resource, for: request)
    response.headers["Content-Disposition"] =
      "inline; filename*=UTF-8''\(PercentText.encoded(name.replacing("/", with: "-")))"
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    // A result holds what a stranger's document says: in a browser it is to run nothing.
    response.headers["Content-Security-Policy"] =
      "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'"
    return response
  }

  /// The name of a file among those of a result: `md`, `table-01.csv`.
  private static func name(of file: ExportedResult.File) -> String { String(file.suffix.dropFirst()) }

  /// Of a format that is several files.
  private static func list(_ result: ExportedResult, of job: JobRecord) throws -> Response {
    let base = "/api/v1/jobs/\(job.manifest.id)/result?format=\(result.format)&file="
    return try .json([
      "format": .string(result.format),
      "files": .array(
        result.files.map { file in
          [
            "name": .string(name(of: file)), "suffix": .string(file.suffix), "bytes": .integer(Int64(file.length)),
            "type": .string(MediaType.ofFile(named: file.suffix)),
            "link": .string(base + PercentText.encoded(name(of: file))),
          ]
        }),
    ])
  }

  private static func stem(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }

  // MARK: Where there is none

  /// Whether all that is left to do are exports: then those that are there may be had.
  private static func isOnlyExporting(_ units: [UnitRecord]) -> Bool {
    let others = units.filter { $0.unit.stage != .export }
    return others.count > 1 && others.allSatisfy { $0.state == .done || $0.state == .gap }
  }

  private static func unfinished(_ job: JobRecord) -> Problem {
    if job.manifest.state == .paused, let failure = job.manifest.failure {
      var problem = Problem(failure, job: job.manifest.id)
      problem.code = ProblemCode(failure.code.rawValue, 409, ProblemCode(failure.code).title)
      return problem
    }
    return Problem(
      ProblemCode(.jobUnfinished), "The job is \(job.manifest.state.rawValue).", job: job.manifest.id, retryable: true,
      headers: ["Retry-After": "1"])
  }

  private static func ended(_ job: JobRecord) -> Problem {
    guard job.manifest.state == .failed else {
      return Problem(
        .jobCancelled, "The job was cancelled.", hint: "POST \(job.path)/resume goes on with it.", job: job.manifest.id)
    }
    let failure = job.manifest.failure
    return Problem(
      .jobFailed, failure?.message ?? "The job failed.", hint: failure?.hint, job: job.manifest.id,
      page: failure?.page)
  }

  private static func loss(_ row: UnitRecord, of job: JobRecord) -> Problem? {
    guard row.state == .failed || row.state == .gap else { return nil }
    return Problem(
      .jobFailed, row.failure?.message ?? "The export could not be made.",
      hint: row.failure?.hint ?? "POST \(job.path)/resume with {\"retry_gaps\":true} tries again.",
      job: job.manifest.id, stage: .export)
  }

  private static func making(_ format: ExportFormat, of job: JobRecord) throws -> Response {
    var response = try Response.json(
      ["job_id": .string(job.manifest.id.text), "status": "making", "format": .string(format.rawValue)], .accepted)
    response.headers["Retry-After"] = "1"
    return response
  }

  private static let operation = Operation(
    "getResult", "What the job made; a format that nobody asked for yet is made at the first request.", tag: "results",
    parameters: [
      .query("format", JSONShape.choice(ExportFormat.allCases.map(\.rawValue)), "The job's first if nothing is said."),
      .query("file", JSONShape.string, "Of a format with several files, which."),
      .query("list", JSONShape.boolean, "The list of its files, also where there is one that counts."),
      .header("Range", JSONShape.string, "One range of bytes."),
      .header("If-None-Match", JSONShape.string, "Entity tags that the client has."), .documentPassword,
    ],
    answers: [
      Operation.Answer(
        200, "The file; or, of a format that is several files, the list of them.",
        [
          "text/markdown", "text/html", "text/plain", "text/csv", "application/pdf", "application/octet-stream",
          "image/png", "image/jpeg", "application/xml",
        ].map { ($0, JSONShape.binary) } + [("application/json", JSONShape.any)]),
      Operation.Answer(206, "The range.", [("*/*", JSONShape.binary)]),
      .json(
        202, "The format is being made.",
        JSONShape.object([
          "job_id": JSONShape.jobID, "status": JSONShape.choice(["making"]), "format": JSONShape.string,
        ])), Operation.Answer(304, "The client has it already."),
    ],
    problems: [
      ProblemCode(.jobNotFound), ProblemCode(.unknownFormat), ProblemCode(.jobUnfinished), .jobFailed, .forbidden,
      .invalidParameter, .invalidRequest, .notFound, ProblemCode(.checkpointCorrupt), .jobCancelled,
      .rangeNotSatisfiable, .starting,
    ])
}

extension JobRecord {
  var path: String { "/api/v1/jobs/\(manifest.id)" }
}
