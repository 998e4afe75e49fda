import CanonicalJSON
import Engine
import EventLoop
import HTTPServer
import StageKit

/// `POST /api/v1/documents`: as a form, as the plain bytes, or as an address to be fetched.
struct DocumentRoutes: RouteGroup {
  let context: ServiceContext

  func register(in routes: inout RouteTable) {
    let limit = Int64(context.configuration[Settings.documentSize]) << 20 + RouteTable.smallBody
    routes.on(.post, "/api/v1/documents", Self.operation, bodyLimit: limit, runs: .loop) { try await answer($0) }
  }

  private func answer(_ request: Request) async throws -> Response {
    let desk = SubmissionDesk(context: context)
    let type = request.headers["Content-Type"] ?? ""
    let kind = HeaderParameters(type).value
    if kind == "application/json" { return try await fetch(request, desk) }
    let boundary = MultipartParser.boundary(in: type)
    guard boundary != nil || Self.takesPlain(kind) else {
      throw Problem(
        .unsupportedMediaType, "Documents are not taken as \(kind.prefix(80)).",
        hint: "Send multipart/form-data, application/pdf, image/… or application/octet-stream.")
    }
    let ticket = try await context.offLoop { try await desk.open(request, length: request.body.length) }
    let engine = try context.engine
    let spool = try await engine.spool()
    let receiver = DocumentReceiver(spool, boundary: boundary, submission: try Self.submission(request))
    for try await piece in request.body { try await context.pool.run { try receiver.take(piece) } }
    let submission = try await context.pool.run { try receiver.finish() }
    return try await context.offLoop {
      try await desk.submit(spool, submission, ticket, try submission.fingerprint(spool.digest.description))
    }
  }

  private func fetch(_ request: Request, _ desk: SubmissionDesk) async throws -> Response {
    let bytes = try await request.body.collect(upTo: 64 << 10)
    return try await context.offLoop {
      let (address, named) = try RemoteDocument.read(bytes)
      var submission = named
      let fingerprint = try submission.fingerprint(address)
      let ticket = try await desk.open(request, length: nil, fingerprint: fingerprint)
      if let answer = ticket.answer { return answer }
      let spool = try await context.engine.spool()
      let found = try await context.fetcher.fetch(address, into: spool)
      if submission.name.isEmpty { submission.name = found }
      return try await desk.submit(spool, submission, ticket, fingerprint)
    }
  }

  /// What a plain body's query and head tell.
  private static func submission(_ request: Request) throws(Problem) -> Submission {
    var submission = Submission()
    submission.name = DocumentName.cleaned(request.query("name") ?? "document")
    submission.password = try DocumentPassword.read(request)
    for item in request.target.query {
      switch item.name {
      case "formats": submission.wishes.formats += item.value.split(separator: ",").map(String.init)
      case "pages": submission.wishes.pages = item.value
      case "until": submission.wishes.until = item.value
      case "priority":
        guard let priority = Int(item.value) else {
          throw Problem(.invalidParameter, "priority must be a whole number.")
        }
        submission.wishes.priority = priority
      case "keep":
        guard let count = Int(item.value) else { throw Problem(.invalidParameter, "keep must be a whole number.") }
        submission.wishes.keep = try SubmissionWishes.keep(.integer(Int64(count)))
      case "set":
        let halves = item.value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard halves.count == 2 else {
          throw Problem(.invalidParameter, "set must be stage.option=value.", hint: "As in ocr.languages=eng+deu.")
        }
        submission.wishes.settings[halves[0]] = .string(halves[1])
      default: break
      }
    }
    return submission
  }

  private static func takesPlain(_ type: String) -> Bool {
    ["", "application/pdf", "application/octet-stream"].contains(type) || type.hasPrefix("image/")
  }

  private static let operation = Operation(
    "submitDocument",
    "Takes a document and answers before anything is processed; the job can be watched from then on.", tag: "documents",
    parameters: [
      .query("name", JSONShape.string, "The document's name; for plain bodies."),
      .query("formats", JSONShape.string, "Formats to make, joined by commas; for plain bodies."),
      .query("pages", JSONShape.string, "Only these pages: 1-5,9; for plain bodies."),
      .query("until", JSONShape.choice(StageID.allCases.map(\.rawValue)), "The last stage to run; for plain bodies."),
      .query("set", JSONShape.string, "A stage's option, stage.option=value; for plain bodies; may stand often."),
      .query("priority", JSONShape.integer(SubmissionWishes.priorities), "Higher goes first; for plain bodies."),
      .query(
        "keep", JSONShape.integer(SubmissionWishes.versions),
        "Replaced versions of each checkpoint that the job keeps; for plain bodies."),
      .header(
        "Idempotency-Key", JSONShape.string,
        "A repeated request with the same key gets the first one's answer, for 24 hours."),
      .documentPassword,
    ],
    body: Operation.Body([
      (
        "multipart/form-data",
        [
          "type": "object", "required": ["file"],
          "properties": [
            "file": JSONShape.binary, "options": wishes, "password": JSONShape.string,
            "priority": JSONShape.integer(SubmissionWishes.priorities), "webhook": JSONShape.webhook,
          ],
        ]
      ),
      ("application/pdf", JSONShape.binary), ("application/octet-stream", JSONShape.binary),
      ("image/*", JSONShape.binary),
      (
        "application/json",
        JSONShape.object(
          ["url": JSONShape.string],
          optional: [
            "name": JSONShape.string, "options": wishes, "password": JSONShape.string,
            "priority": JSONShape.integer(SubmissionWishes.priorities), "webhook": JSONShape.webhook,
          ])
      ),
    ]),
    answers: [.json(202, "The document is stored, and its job waits.", SubmissionDesk.acceptedSchema)],
    problems: [
      .invalidBody, .unsupportedMediaType, ProblemCode(.fileTooLarge), .uploadStalled, ProblemCode(.emptyFile),
      ProblemCode(.unknownFormat), ProblemCode(.unknownOption), ProblemCode(.invalidOption),
      ProblemCode(.languageDataMissing), .queueFull, .insufficientStorage, .starting,
      .invalidParameter, .invalidWebhook, .idempotencyInFlight, .idempotencyMismatch,
    ] + ProblemCode.fetching)

  static let wishes: JSONValue = [
    "type": "object",
    "properties": [
      "formats": JSONShape.array(of: JSONShape.choice(ExportFormat.allCases.map(\.rawValue))),
      "pages": ["type": "string", "examples": ["1-5,9"]],
      "until": JSONShape.choice(StageID.allCases.map(\.rawValue)),
      "set": [
        "type": "object", "description": "Stage options by name; /api/v1/stages lists them.",
        "examples": [["ocr.languages": ["deu", "eng"]]],
      ],
      "priority": JSONShape.integer(SubmissionWishes.priorities),
      "keep": JSONShape.integer(SubmissionWishes.versions),
    ],
  ]
}
