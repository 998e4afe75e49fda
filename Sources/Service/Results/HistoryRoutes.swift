import CanonicalJSON
import Checkpoints
import Engine
import HTTPServer
import Ledger
import StageKit

/// Versions of checkpoints that reruns and edits replaced, and the way back to them.
struct HistoryRoutes: RouteGroup {
  let context: ServiceContext

  func register(in routes: inout RouteTable) {
    routes.on(.get, "/api/v1/jobs/{id}/history/{stage}", Self.listing("getDocumentHistory")) { try await list($0) }
    routes.on(.get, "/api/v1/jobs/{id}/history/{stage}/{page}", Self.listing("getPageHistory")) { try await list($0) }
    routes.on(.post, "/api/v1/jobs/{id}/restore", Self.restoring) { try await restore($0) }
  }

  private func list(_ request: Request) async throws -> Response {
    let job = try await context.job(request)
    let (stage, subject) = try CheckpointRoutes.unit(of: request)
    let unit = UnitID(stage, subject ?? .document)
    let limit = try request.limit()
    let after = try request.integer("cursor", in: 0...Int(Int32.max)) ?? 0
    let engine = try context.engine
    let entries = try await engine.ledger.history(of: job.manifest.id, unit: unit)
      .filter { $0.unit == unit && $0.number > after }
    var body: [String: JSONValue] = ["versions": .array(entries.prefix(limit).map(Self.json))]
    if entries.count > limit { body["next"] = .string(String(entries[limit - 1].number)) }
    do {
      let standing = try await StandingCheckpoint(unit, of: job.manifest.id, in: engine.ledger)
      if let content = standing.record?.content { body["current"] = .string(content.description) }
    } catch let failure as StageFailure where failure.code == .checkpointNotFound {
      // Nothing stands there now; what stood there before is told all the same.
    }
    return try .json(.object(body))
  }

  private func restore(_ request: Request) async throws -> Response {
    try Principal.current.require(.submit)
    let job = try await context.job(request)
    let members = try await JobActionRoutes.members(of: request, known: ["stage", "page", "format", "number", "why"])
    guard let name = members["stage"]?.string, let number = members["number"]?.int else {
      throw Problem(
        .invalidBody, "The body has no stage or number.", hint: "Send {\"stage\":\"ocr\",\"page\":3,\"number\":1}.")
    }
    let stage = try CheckpointRoutes.stage(named: name)
    let unit = UnitID(stage, try Self.subject(members))
    let holds = try request.flag("hold")
    let engine = try context.engine
    let entries = try await engine.ledger.history(of: job.manifest.id, unit: unit)
    guard let entry = entries.first(where: { $0.unit == unit && $0.number == number }) else {
      throw Problem(
        ProblemCode(.checkpointNotFound), "\(unit) has no version \(number) that is kept.", job: job.manifest.id,
        stage: stage, page: unit.page)
    }
    let standing = try await StandingCheckpoint(unit, of: job.manifest.id, in: engine.ledger)
    let outcome = try await engine.pin(
      job.manifest.id,
      PinRequest(
        unit: unit, content: .checkpoint(entry.record), expected: standing.record?.content, cause: .restore,
        author: EditRoutes.author(request),
        reason: members["why"]?.string.map { String($0.prefix(1_000)) } ?? "version \(number) restored",
        holds: holds))
    if outcome != .unchanged, !holds { _ = try await engine.resume(job.manifest.id) }
    return try EditRoutes.answer(outcome, unit)
  }

  /// - Throws: `Problem` with `invalid_body` for a page or a format that is none; `StageFailure` with `unknown_format`.
  static func subject(_ members: [String: JSONValue]) throws -> UnitSubject {
    if let value = members["page"] {
      guard let page = value.int, CheckpointRoutes.pages.contains(page) else {
        throw Problem(.invalidBody, "page must be a whole number from 1.")
      }
      return .page(page)
    }
    guard let value = members["format"] else { return .document }
    guard let name = value.string else { throw Problem(.invalidBody, "format must be a text.") }
    return .format(try ExportFormat.named(name).rawValue)
  }

  private static func json(_ entry: HistoryEntry) -> JSONValue {
    var members = entry.unit.members
    members["number"] = .integer(Int64(entry.number))
    members["cause"] = .string(entry.cause.rawValue)
    members["at"] = .number(entry.at)
    members["content"] = .string(entry.record.content.description)
    if let who = entry.who { members["who"] = .string(who) }
    if let why = entry.why { members["why"] = .string(why) }
    return .object(members)
  }

  private static func listing(_ id: String) -> Operation {
    Operation(
      id, "The versions of a checkpoint that reruns and edits replaced.", tag: "edits",
      parameters: [.limit, .cursor],
      answers: [
        .json(
          200, "The versions that are kept.",
          JSONShape.object(
            [
              "versions": JSONShape.array(
                of: JSONShape.object(
                  [
                    "stage": JSONShape.string, "number": JSONShape.integer, "cause": JSONShape.string,
                    "at": JSONShape.time, "content": JSONShape.digest,
                  ],
                  optional: [
                    "page": JSONShape.integer, "format": JSONShape.string, "who": JSONShape.string,
                    "why": JSONShape.string,
                  ]))
            ], optional: ["current": JSONShape.digest, "next": JSONShape.string]))
      ], problems: [.invalidParameter, ProblemCode(.jobNotFound), ProblemCode(.unknownStage), .starting])
  }

  private static let restoring = Operation(
    "restoreCheckpoint", "Makes a replaced version of a checkpoint current again.", tag: "edits",
    parameters: [.who, .hold],
    body: Operation.Body([
      (
        "application/json",
        JSONShape.object(
          ["stage": JSONShape.choice(StageID.allCases.map(\.rawValue)), "number": JSONShape.integer(1...1_000_000)],
          optional: [
            "page": JSONShape.integer(1...10_000_000), "format": JSONShape.string, "why": JSONShape.string,
          ])
      )
    ]),
    answers: [EditRoutes.outcomeAnswer],
    problems: [
      .invalidBody, ProblemCode(.jobNotFound), ProblemCode(.checkpointNotFound), ProblemCode(.unknownStage),
      ProblemCode(.unknownFormat), ProblemCode(.checkpointChanged), ProblemCode(.checkpointCorrupt), .invalidRequest,
      .starting,
    ])
}
