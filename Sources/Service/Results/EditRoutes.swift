import CanonicalJSON
import Checkpoints
import Engine
import HTTPServer
import Ledger
import StageKit

/// `PUT` and `DELETE` of a checkpoint: a person's edits, as pins.
struct EditRoutes: RouteGroup {
  let context: ServiceContext

  /// Bytes of an edited checkpoint: a table of a thousand pages.
  private static let longest: Int64 = 64 << 20

  func register(in routes: inout RouteTable) {
    for (suffix, noun) in [("", "Document"), ("/{page}", "Page")] {
      let template = "/api/v1/jobs/{id}/checkpoints/{stage}" + suffix
      routes.on(
        .put, template, Self.editing("edit\(noun)Checkpoint"), bodyLimit: Self.longest
      ) { try await edit($0) }
      routes.on(.delete, template, Self.unpinning("unpin\(noun)Checkpoint")) { try await unpin($0) }
    }
    routes.on(.get, "/api/v1/jobs/{id}/pins", Self.listing) { try await list($0) }
  }

  private func list(_ request: Request) async throws -> Response {
    let job = try await context.job(request)
    let limit = try request.limit()
    let after = try CheckpointRoutes.place(in: request)
    let pins = try await context.ledger.pins(of: job.manifest.id).sorted { $0.unit < $1.unit }
      .filter { pin in after.map { pin.unit > $0 } ?? true }
    var body: [String: JSONValue] = ["pins": .array(pins.prefix(limit).map(Self.json))]
    if pins.count > limit { body["next"] = .string(pins[limit - 1].unit.description) }
    return try .json(.object(body))
  }

  private func edit(_ request: Request) async throws -> Response {
    try Principal.current.require(.submit)
    let job = try await context.job(request)
    let unit = try await unit(of: request, job)
    let expected = try Self.expected(request)
    let (cause, adopted) = (try Self.cause(request), try Self.adopted(request))
    let holds = try request.flag("hold")
    let bytes = try await request.body.collect(upTo: Int(Self.longest))
    let engine = try context.engine
    let schema = try await StageSchemas.payload(of: unit, from: engine.program)
    let payload = try CheckpointPayload(text: bytes, of: unit, schema)
    let standing = try await StandingCheckpoint(unit, of: job.manifest.id, in: engine.ledger)
    let outcome = try await engine.pin(
      job.manifest.id,
      PinRequest(
        unit: unit,
        // What was merged has the version and options of what it was merged into.
        content: .payload(payload.bytes, like: (cause == .merge ? standing.made : nil) ?? standing.record),
        expected: expected ?? standing.record?.content, cause: cause, author: Self.author(request),
        reason: request.query("why").map { String($0.prefix(1_000)) } ?? "", adopted: adopted, holds: holds))
    return try await settled(outcome, unit, job, holds: holds)
  }

  private func unpin(_ request: Request) async throws -> Response {
    try Principal.current.require(.submit)
    let job = try await context.job(request)
    let holds = try request.flag("hold")
    let engine = try context.engine
    try await engine.unpin(job.manifest.id, try await unit(of: request, job), holds: holds)
    if !holds { _ = try await engine.resume(job.manifest.id) }
    return Response(.noContent)
  }

  /// Lets the job go on from what was edited.
  private func settled(
    _ outcome: PinOutcome, _ unit: UnitID, _ job: JobRecord, holds: Bool
  ) async throws -> Response {
    if outcome != .unchanged, !holds { _ = try await context.engine.resume(job.manifest.id) }
    return try Self.answer(outcome, unit)
  }

  /// What came of a change of what stands for a unit.
  static func answer(_ outcome: PinOutcome, _ unit: UnitID) throws -> Response {
    var body = unit.members
    var tag: Digest?
    switch outcome {
    case .pinned(let content):
      body["outcome"] = "pinned"
      tag = content
    case .unpinned: body["outcome"] = "unpinned"
    case .unchanged: body["outcome"] = "unchanged"
    }
    if let tag { body["content"] = .string(tag.description) }
    var response = try Response.json(.object(body))
    if let tag { response.headers["ETag"] = "\"\(tag.hex)\"" }
    return response
  }

  static let outcomeAnswer = Operation.Answer.json(
    200, "What came of it.",
    JSONShape.object(
      ["stage": JSONShape.string, "outcome": JSONShape.choice(["pinned", "unpinned", "unchanged"])],
      optional: ["page": JSONShape.integer, "format": JSONShape.string, "content": JSONShape.digest]))

  private func unit(of request: Request, _ job: JobRecord) async throws -> UnitID {
    let (stage, subject) = try CheckpointRoutes.unit(of: request)
    return UnitID(stage, subject ?? .document)
  }

  /// The content digest of `If-Match`.
  ///
  /// - Returns: nil for `*`.
  /// - Throws: `Problem` with `precondition_required`, `precondition_failed`.
  private static func expected(_ request: Request) throws(Problem) -> Digest? {
    let tags = request.headers.list("If-Match")
    guard let tag = tags.first, tags.count == 1 else {
      throw Problem(
        .preconditionRequired, "An edit says what it is based on.",
        hint: "Send If-Match with the ETag of the checkpoint that was edited, or *.")
    }
    if tag == "*" { return nil }
    guard tag.hasPrefix("\""), tag.hasSuffix("\""), let digest = Digest(String(tag.dropFirst().dropLast())) else {
      throw Problem(.preconditionFailed, "If-Match is no tag of a checkpoint.")
    }
    return digest
  }

  /// What a client's change may be called in the history; everything else has a route of its own.
  private static let causes = [HistoryEntry.Cause.edit, .merge]

  private static func cause(_ request: Request) throws(Problem) -> HistoryEntry.Cause {
    guard let text = request.query("cause") else { return .edit }
    guard let cause = causes.first(where: { $0.rawValue == text }) else {
      throw Problem(.invalidParameter, "cause must be \(causes.map(\.rawValue).joined(separator: " or ")).")
    }
    return cause
  }

  private static func adopted(_ request: Request) throws(Problem) -> Digest? {
    guard let text = request.query("adopted") else { return nil }
    guard let digest = Digest(text) else { throw Problem(.invalidParameter, "adopted must be a file's digest.") }
    return digest
  }

  /// As the history tells it: the key's name, or what a trusted local client says.
  static func author(_ request: Request) -> String {
    if !Principal.current.name.isEmpty { return Principal.current.name }
    return request.query("who").flatMap { $0.isEmpty ? nil : String($0.prefix(100)) } ?? "server"
  }

  private static func json(_ pin: PinEntry) -> JSONValue {
    var members = pin.unit.members
    members["content"] = .string(pin.content.description)
    members["who"] = .string(pin.who)
    members["at"] = .number(pin.at)
    members["why"] = .string(pin.why)
    members["conflict"] = .bool(pin.newer != nil)
    if let basedOn = pin.basedOn { members["based_on"] = .string(basedOn.description) }
    return .object(members)
  }

  // MARK: Descriptions

  private static func editing(_ id: String) -> Operation {
    Operation(
      id, "Puts a person's checkpoint in the place of what the stage made, in this job only; what depends on it runs.",
      tag: "edits",
      parameters: [
        .header("If-Match", JSONShape.string, "The tag of the checkpoint that was edited, or *."),
        .query("why", JSONShape.string, "Why, for the history."), .who, .hold,
        .query(
          "cause", JSONShape.choice(causes.map(\.rawValue)),
          "merge where the edit was put together with what the stage makes now; that settles a pin out of date."),
        .query(
          "adopted", JSONShape.digest,
          "The file in the job's folder that the edit was taken from, by its digest: it may be replaced."),
      ],
      body: Operation.Body([("application/json", ["type": "object"])]),
      answers: [outcomeAnswer],
      problems: [
        ProblemCode(.jobNotFound), ProblemCode(.checkpointNotFound), ProblemCode(.unknownStage), .preconditionRequired,
        .preconditionFailed, ProblemCode(.invalidCheckpoint), .invalidRequest, .invalidParameter,
        ProblemCode(.checkpointCorrupt), .starting,
      ])
  }

  private static func unpinning(_ id: String) -> Operation {
    Operation(
      id, "Lets what the stage makes stand again.", tag: "edits", parameters: [.hold],
      answers: [Operation.Answer(204, "It is no longer pinned.")],
      problems: [
        ProblemCode(.jobNotFound), ProblemCode(.checkpointNotFound), ProblemCode(.unknownStage),
        ProblemCode(.checkpointCorrupt), .starting,
      ])
  }

  private static let listing = Operation(
    "listPins", "What was edited by hand, and what of it is out of date.", tag: "edits",
    parameters: [.limit, .cursor],
    answers: [
      .json(
        200, "The pins.",
        JSONShape.object(
          [
            "pins": JSONShape.array(
              of: JSONShape.object(
                [
                  "stage": JSONShape.string, "content": JSONShape.digest, "who": JSONShape.string, "at": JSONShape.time,
                  "why": JSONShape.string, "conflict": JSONShape.boolean,
                ],
                optional: [
                  "page": JSONShape.integer, "format": JSONShape.string, "based_on": JSONShape.digest,
                ]))
          ], optional: ["next": JSONShape.string]))
    ], problems: [.invalidParameter, ProblemCode(.jobNotFound), .starting])
}

extension Operation.Parameter {
  static let hold = query(
    "hold", JSONShape.boolean, "Leave what depends on it for the next resume, e.g. to edit more before it runs.")
  static let who = query(
    "who", JSONShape.string, "Who, for the history, where no key is asked for; otherwise it is the key's name.")
}
