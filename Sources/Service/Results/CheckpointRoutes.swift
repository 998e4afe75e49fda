import CanonicalJSON
import Checkpoints
import Engine
import HTTPServer
import Ledger
import StageKit

/// What each stage left behind: the list, one checkpoint, a page's image.
struct CheckpointRoutes: RouteGroup {
  let context: ServiceContext
  private let previews: PagePreviews

  init(context: ServiceContext) {
    self.context = context
    previews = PagePreviews()
  }

  func register(in routes: inout RouteTable) {
    routes.on(.get, "/api/v1/jobs/{id}/checkpoints", Self.listing) { try await list($0) }
    routes.on(
      .get, "/api/v1/jobs/{id}/checkpoints/{stage}",
      Self.reading("getDocumentCheckpoint", "The checkpoint of a stage over the whole document.")
    ) { try await read($0) }
    routes.on(
      .get, "/api/v1/jobs/{id}/checkpoints/{stage}/{page}",
      Self.reading("getPageCheckpoint", "The checkpoint of a stage over one page; of export, of one format.")
    ) { try await read($0) }
    routes.on(.get, "/api/v1/jobs/{id}/pages/{page}/preview", Self.previewing) { try await preview($0) }
  }

  // MARK: The list

  private func list(_ request: Request) async throws -> Response {
    let job = try await context.job(request)
    let limit = try request.limit()
    let stage = try request.query("stage").map { try Self.stage(named: $0) }
    let after = try Self.place(in: request)
    let ledger = try context.ledger
    let pinned = Set(try await ledger.pins(of: job.manifest.id).map(\.unit))
    let rows = try await ledger.units(of: job.manifest.id)
      .filter { row in (stage.map { row.unit.stage == $0 } ?? true) && (after.map { row.unit > $0 } ?? true) }
    var body: [String: JSONValue] = [
      "checkpoints": .array(rows.prefix(limit).map { Self.json($0, of: job, isPinned: pinned.contains($0.unit)) })
    ]
    if rows.count > limit { body["next"] = .string(rows[limit - 1].unit.description) }
    return try .json(.object(body))
  }

  /// Where a list of units goes on: behind the last one told.
  ///
  /// - Throws: `Problem` with `invalid_parameter`.
  static func place(in request: Request) throws(Problem) -> UnitID? {
    guard let text = request.query("cursor") else { return nil }
    guard let unit = UnitID(text) else { throw Problem(.invalidParameter, "The cursor is none that this server gave.") }
    return unit
  }

  private static func json(_ row: UnitRecord, of job: JobRecord, isPinned: Bool) -> JSONValue {
    var members = row.unit.members
    members["status"] = .string(row.state.rawValue)
    members["attempts"] = .integer(Int64(row.attempts))
    members["reused"] = .bool(row.reused)
    members["pinned"] = .bool(isPinned)
    members["history"] = .integer(Int64(row.history))
    if let key = row.key { members["key"] = .string(key.description) }
    if let content = row.content { members["content"] = .string(content.description) }
    if let gap = row.gap { members["gap"] = .string(gap.rawValue) }
    if let failure = row.failure { members["failure"] = failure.json }
    members["link"] = .string("\(job.path)/checkpoints/\(row.unit)")
    return .object(members)
  }

  // MARK: One

  private func read(_ request: Request) async throws -> Response {
    let job = try await context.job(request)
    let (stage, subject) = try Self.unit(of: request)
    let engine = try context.engine
    let (unit, object) = try await CheckpointFinder(job: job.manifest.id, ledger: engine.ledger)
      .checkpoint(stage, subject)
    let resource = try context.files.resource(
      object, in: engine.store, type: "application/json", entityTag: try Self.entityTag(unit, object, engine.store))
    var response = try Response.file(resource, for: request)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
  }

  /// The content digest, in quotes: it tells what an edit is based on.
  static func entityTag(_ unit: UnitID, _ object: Digest, _ store: ObjectFolder) throws -> String {
    let header = try CheckpointReader.header(of: unit, in: store.get(object), file: object)
    return "\"\(header.content.hex)\""
  }

  /// Numbers that a page may have: more than any document has.
  static let pages = 1...10_000_000

  static func unit(of request: Request) throws -> (StageID, UnitSubject?) {
    let stage = try stage(named: request.parameter("stage"))
    guard request.parameters["page"] != nil else { return (stage, nil) }
    let text = request.parameter("page")
    if stage == .export { return (stage, .format(try ExportFormat.named(text).rawValue)) }
    let page = try Self.page(numbered: text)
    return (stage, .page(page))
  }

  /// - Throws: `Problem` with `no_such_page`.
  private static func page(numbered text: String) throws(Problem) -> Int {
    // Digits alone: a sign is no part of a page's number.
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let page = Int(text),
      pages.contains(page)
    else {
      throw Problem(ProblemCode(.noSuchPage), "There is no page \"\(text.prefix(40))\".", hint: "Pages count from 1.")
    }
    return page
  }

  static func stage(named name: String) throws(StageFailure) -> StageID {
    if let stage = StageID.allCases.first(where: { $0.rawValue == name || $0.folder == name }) { return stage }
    let nearest = NearestName.of(name, in: StageID.allCases.map(\.rawValue)).map { "Did you mean \($0)?" }
    throw StageFailure(.unknownStage, "There is no stage \"\(name.prefix(40))\".", hint: nearest)
  }

  // MARK: A page's image

  private func preview(_ request: Request) async throws -> Response {
    let job = try await context.job(request)
    let text = request.parameter("page")
    let page = try Self.page(numbered: text)
    let engine = try context.engine
    let unit = UnitID(.render, .page(page))
    guard let row = try await engine.ledger.units(of: job.manifest.id).first(where: { $0.unit == unit }),
      row.state == .done, let key = row.key, let artifact = try await engine.ledger.artifact(key: key),
      let raster = artifact.checkpoint.files.first
    else {
      throw Problem(
        ProblemCode(.checkpointNotFound), "Page \(page) has no image.", job: job.manifest.id, stage: .render, page: page
      )
    }
    let resource: FileResource
    if let preview = artifact.checkpoint.files.first(where: { $0.name.hasSuffix(".jpg") }) {
      // The stage left one for just that, in colour.
      resource = try context.files.resource(preview.digest, in: engine.store, type: "image/jpeg")
    } else {
      resource = FileResource(
        try await previews.file(of: raster.digest, engine), type: "image/png",
        entityTag: "\"\(raster.digest.hex)\"")
    }
    var response = try Response.file(resource, for: request)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
  }

  // MARK: Descriptions

  private static let listing = Operation(
    "listCheckpoints", "The units of a job, by stage and page, with their states and digests.", tag: "checkpoints",
    parameters: [
      .query("stage", JSONShape.choice(StageID.allCases.map(\.rawValue)), "Only this stage."),
      .limit, .cursor,
    ],
    answers: [
      .json(
        200, "One page of the list.",
        JSONShape.object(
          [
            "checkpoints": JSONShape.array(
              of: JSONShape.object(
                [
                  "stage": JSONShape.string, "status": JSONShape.string, "attempts": JSONShape.integer,
                  "reused": JSONShape.boolean, "pinned": JSONShape.boolean, "history": JSONShape.integer,
                  "link": JSONShape.string,
                ],
                optional: [
                  "page": JSONShape.integer, "format": JSONShape.string, "key": JSONShape.digest,
                  "content": JSONShape.digest, "gap": JSONShape.string, "failure": ["type": "object"],
                ]))
          ], optional: ["next": JSONShape.string]))
    ], problems: [.invalidParameter, ProblemCode(.jobNotFound), ProblemCode(.unknownStage), .starting])

  private static func reading(_ id: String, _ summary: String) -> Operation {
    Operation(
      id, summary, tag: "checkpoints",
      parameters: [.header("If-None-Match", JSONShape.string, "Entity tags that the client has.")],
      answers: [
        .json(200, "The checkpoint, in its envelope.", ["type": "object"]),
        Operation.Answer(206, "The range.", [("application/json", JSONShape.any)]),
        Operation.Answer(304, "The client has it already."),
      ],
      problems: [
        ProblemCode(.jobNotFound), ProblemCode(.unknownStage), ProblemCode(.checkpointNotFound), .invalidRequest,
        ProblemCode(.checkpointCorrupt), .rangeNotSatisfiable, .starting,
      ])
  }

  private static let previewing = Operation(
    "getPagePreview", "A page as it was drawn: the preview that render left, else its raster as PNG.",
    tag: "checkpoints",
    answers: [
      Operation.Answer(200, "The image.", [("image/jpeg", JSONShape.binary), ("image/png", JSONShape.binary)]),
      Operation.Answer(206, "The range.", [("image/jpeg", JSONShape.binary), ("image/png", JSONShape.binary)]),
      Operation.Answer(304, "The client has it already."),
    ],
    problems: [
      ProblemCode(.jobNotFound), ProblemCode(.checkpointNotFound), ProblemCode(.checkpointCorrupt),
      .rangeNotSatisfiable, .starting,
    ])
}
