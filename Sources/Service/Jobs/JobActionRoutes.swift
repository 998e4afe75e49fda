import CanonicalJSON
import Checkpoints
import Engine
import HTTPServer
import Ledger
import StageKit

/// What can be asked of a job: stop, go on, run anew.
struct JobActionRoutes: RouteGroup {
  let context: ServiceContext

  func register(in routes: inout RouteTable) {
    routes.on(.post, "/api/v1/jobs/{id}/cancel", Self.cancelling) { [context] request in
      try Principal.current.require(.submit)
      let job = try await context.job(request)
      try await context.engine.cancel(job.manifest.id)
      return try .json(JobDescription.summary(try await context.job(job.manifest.id)))
    }
    routes.on(.patch, "/api/v1/jobs/{id}", Self.changing) { try await change($0) }
    routes.on(.post, "/api/v1/jobs/{id}/resume", Self.resuming) { try await resume($0) }
    routes.on(.post, "/api/v1/jobs/{id}/rerun", Self.rerunning) { try await rerun($0) }
  }

  /// Changes what no stage looks at.
  private func change(_ request: Request) async throws -> Response {
    try Principal.current.require(.submit)
    let job = try await context.job(request)
    let members = try await Self.members(of: request, known: ["keep"])
    if let value = members["keep"] {
      try await context.engine.keep(try SubmissionWishes.keep(value), versionsOf: job.manifest.id)
    }
    return try .json(JobDescription.summary(try await context.job(job.manifest.id)))
  }

  private func resume(_ request: Request) async throws -> Response {
    try Principal.current.require(.submit)
    let job = try await context.job(request)
    let members = try await Self.members(of: request, known: ["retry_gaps", "password"])
    let retryGaps = try Self.flag(members, "retry_gaps")
    _ = try await context.engine.resume(job.manifest.id, retryGaps: retryGaps, password: try Self.password(members))
    return try .json(JobDescription.summary(try await context.job(job.manifest.id)), .accepted)
  }

  private func rerun(_ request: Request) async throws -> Response {
    try Principal.current.require(.submit)
    let job = try await context.job(request)
    let isDry = try request.flag("dry_run")
    let members = try await Self.members(
      of: request, known: ["stage", "stages", "pages", "options", "force", "reset", "password"])
    let requests = try Self.requests(members)
    let password = try Self.password(members)
    let engine = try context.engine
    if isDry {
      guard let rerun = requests.first, requests.count == 1 else {
        throw Problem(.invalidRequest, "A dry run looks at one stage.", hint: "Name one stage.")
      }
      let survey = try await JobSurvey(job, ledger: engine.ledger, folder: engine.folder, pipeline: engine.pipeline)
      let workers = context.configuration[Settings.mostWorkers]
      let forecast = try await RerunForecaster(survey, rerun, workers: workers).forecast()
      return try .json(JSONValue(interface: forecast))
    }
    _ = try await engine.rerun(job.manifest.id, requests, password: password)
    return try .json(JobDescription.summary(try await context.job(job.manifest.id)), .accepted)
  }

  // MARK: Bodies

  /// A small JSON object; no body is an empty one.
  ///
  /// - Throws: `Problem` with `invalid_body`.
  static func members(of request: Request, known: [String]) async throws -> [String: JSONValue] {
    let bytes = try await request.body.collect(upTo: 256 << 10)
    return bytes.isEmpty ? [:] : try RequestJSON.object(bytes, known: known)
  }

  private static func password(_ members: [String: JSONValue]) throws(Problem) -> String? {
    guard let value = members["password"], !value.isNull else { return nil }
    guard let text = value.string else { throw Problem(.invalidBody, "password must be a text.") }
    return text
  }

  private static func flag(_ members: [String: JSONValue], _ name: String) throws(Problem) -> Bool {
    guard let value = members[name] else { return false }
    guard let flag = value.bool else { throw Problem(.invalidBody, "\(name) must be true or false.") }
    return flag
  }

  /// One for each stage, in the order of the pipeline.
  private static func requests(_ members: [String: JSONValue]) throws -> [RerunRequest] {
    var values: [JSONValue] = []
    if let stages = members["stages"] {
      guard let list = stages.array else { throw Problem(.invalidBody, "stages must be a list of names.") }
      values = list
    }
    if let stage = members["stage"] { values.append(stage) }
    let names = values.compactMap(\.string)
    guard !names.isEmpty, names.count == values.count else {
      throw Problem(.invalidBody, "The body names no stage.", hint: "Send {\"stages\":[\"ocr\"]}.")
    }
    var pages: PageSelection?
    if let value = members["pages"] {
      guard let text = value.string, let read = PageSelection(text) else {
        throw Problem(.invalidBody, "pages must be a list such as \"1-5,9\".")
      }
      pages = read
    }
    let settings = try Self.settings(members["options"])
    let (force, reset) = (try flag(members, "force"), try flag(members, "reset"))
    let stages = try Set(
      names.map { name -> StageID in
        guard let stage = StageID(rawValue: name) else {
          let nearest = NearestName.of(name, in: StageID.allCases.map(\.rawValue)).map { "Did you mean \($0)?" }
          throw StageFailure(.unknownStage, "There is no stage \"\(name.prefix(40))\".", hint: nearest)
        }
        return stage
      })
    // One stage's options may be named without it; of several, each says whose it is.
    for setting in settings where stages.count > 1 {
      guard !stages.contains(where: { $0.rawValue == setting.stage }) else { continue }
      throw Problem(
        .invalidBody, "The option \(setting.text.prefix(80)) is of none of these stages.",
        hint: "Name its stage among stages, or leave it out.")
    }
    return stages.sorted().map { stage in
      RerunRequest(
        stage: stage, pages: pages,
        settings: settings.filter { $0.stage == stage.rawValue || stages.count == 1 }.map(\.text),
        force: force, reset: reset)
    }
  }

  /// Options by name, `{"ocr.languages":["deu"]}`, as they would be typed.
  private static func settings(_ value: JSONValue?) throws(Problem) -> [(stage: String, text: String)] {
    guard let value else { return [] }
    guard let options = value.object else { throw Problem(.invalidBody, "options must be an object.") }
    var settings: [(stage: String, text: String)] = []
    for (name, value) in options.sorted(by: { $0.key < $1.key }) {
      guard let typed = Self.typed(value) else {
        throw Problem(.invalidBody, "The option \(name.prefix(80)) has a value of no kind that options have.")
      }
      settings.append((String(name.prefix { $0 != "." }), "\(name)=\(typed)"))
    }
    return settings
  }

  private static func typed(_ value: JSONValue) -> String? {
    switch value {
    case .bool(let flag): flag ? "on" : "off"
    case .integer(let number): String(number)
    case .number(let number): number.isFinite ? "\(number)" : nil
    case .string(let text): text
    case .array(let items):
      items.allSatisfy { $0.string != nil } ? items.compactMap(\.string).joined(separator: "+") : nil
    case .null, .object: nil
    }
  }

  // MARK: Descriptions

  private static let cancelling = Operation(
    "cancelJob", "Stops a job; what is done is kept, and resume goes on.", tag: "jobs",
    answers: [.json(200, "The job.", JSONShape.named("JobSummary"))],
    problems: [ProblemCode(.jobNotFound), .forbidden, .starting])

  private static let changing = Operation(
    "changeJob", "Changes how many replaced versions of each checkpoint the job keeps.", tag: "jobs",
    body: Operation.Body([
      ("application/json", JSONShape.object([:], optional: ["keep": JSONShape.integer(SubmissionWishes.versions)]))
    ]),
    answers: [.json(200, "The job.", JSONShape.named("JobSummary"))],
    problems: [.invalidBody, ProblemCode(.jobNotFound), .forbidden, .starting])

  private static let resuming = Operation(
    "resumeJob", "Goes on with a job that was stopped, paused or failed.", tag: "jobs",
    body: Operation.Body(
      [
        (
          "application/json",
          JSONShape.object([:], optional: ["retry_gaps": JSONShape.boolean, "password": JSONShape.string])
        )
      ], required: false),
    answers: [.json(202, "The job.", JSONShape.named("JobSummary"))],
    problems: [.invalidBody, ProblemCode(.jobNotFound), ProblemCode(.checkpointCorrupt), .forbidden, .starting])

  private static let rerunning = Operation(
    "rerunJob", "Runs a job anew from a stage with other options; only what depends on what changed runs.", tag: "jobs",
    parameters: [.query("dry_run", JSONShape.boolean, "Tell what would run, why and for how long; change nothing.")],
    body: Operation.Body([
      (
        "application/json",
        JSONShape.object(
          [:],
          optional: [
            "stage": JSONShape.choice(StageID.allCases.map(\.rawValue)),
            "stages": JSONShape.array(of: JSONShape.choice(StageID.allCases.map(\.rawValue))),
            "pages": ["type": "string", "examples": ["1-5,9"]], "options": ["type": "object"],
            "force": JSONShape.boolean, "reset": JSONShape.boolean, "password": JSONShape.string,
          ])
      )
    ]),
    answers: [
      .json(202, "The job.", JSONShape.named("JobSummary")),
      .json(200, "What would run; of a dry run.", ["type": "object"]),
    ],
    problems: [
      .invalidBody, .invalidRequest, ProblemCode(.jobNotFound), ProblemCode(.unknownStage),
      ProblemCode(.unknownOption), ProblemCode(.invalidOption), ProblemCode(.languageDataMissing),
      ProblemCode(.noSuchPage), ProblemCode(.jobUnfinished), ProblemCode(.checkpointCorrupt), .forbidden, .starting,
    ])
}
