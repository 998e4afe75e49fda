import CanonicalJSON
import Checkpoints
import Engine
import HTTPServer
import Ledger
import StageKit

/// `POST /api/v1/jobs/{id}/resolve`: settles a pin that is out of date.
struct ConflictRoutes: RouteGroup {
  let context: ServiceContext

  private enum Choice: String, CaseIterable {
    /// The pin stands as it is.
    case keep
    /// What the stage makes now; the edit goes into the history.
    case takeNew = "take_new"
    /// The edit, on what the stage makes now.
    case merge
  }

  func register(in routes: inout RouteTable) {
    routes.on(.post, "/api/v1/jobs/{id}/resolve", Self.operation) { try await resolve($0) }
  }

  private func resolve(_ request: Request) async throws -> Response {
    try Principal.current.require(.submit)
    let job = try await context.job(request)
    let members = try await JobActionRoutes.members(of: request, known: ["stage", "page", "format", "choice", "why"])
    guard let name = members["stage"]?.string, let choice = members["choice"]?.string.flatMap(Choice.init) else {
      throw Problem(
        .invalidBody, "The body has no stage, or no choice that there is.",
        hint: "Send {\"stage\":\"ocr\",\"page\":3,\"choice\":\"keep\"}; or take_new, or merge.")
    }
    let unit = UnitID(try CheckpointRoutes.stage(named: name), try HistoryRoutes.subject(members))
    let holds = try request.flag("hold")
    let engine = try context.engine
    let standing = try await StandingCheckpoint(unit, of: job.manifest.id, in: engine.ledger)
    guard let pin = standing.pin, pin.newer != nil, let made = standing.made else {
      return try EditRoutes.answer(.unchanged, unit)
    }
    let outcome: PinOutcome
    switch choice {
    case .keep:
      _ = try await engine.keepPin(job.manifest.id, unit)
      outcome = .unchanged
    case .takeNew:
      try await engine.unpin(job.manifest.id, unit, holds: holds)
      outcome = .unpinned
    case .merge:
      let why = members["why"]?.string.map { String($0.prefix(1_000)) } ?? pin.why
      outcome = try await engine.pin(
        job.manifest.id,
        PinRequest(
          unit: unit, content: .payload(try await merged(pin, made).bytes, like: made),
          expected: standing.record?.content, cause: .merge, author: EditRoutes.author(request), reason: why,
          holds: holds))
    }
    if !holds { _ = try await engine.resume(job.manifest.id) }
    return try EditRoutes.answer(outcome, unit)
  }

  /// - Throws: `Problem` with `merge_conflict` where both changed the same parts; it names them.
  private func merged(_ pin: PinEntry, _ made: CheckpointRecord) async throws -> CheckpointPayload {
    let engine = try context.engine
    let store = ObjectFolder(engine.folder)
    let base = try pin.base.map { try CheckpointPayload(of: pin.unit, object: $0, in: store).value }
    let merge = JSONMerge(
      // Without a base every difference is a change of both.
      base: base ?? .null, mine: try CheckpointPayload(of: pin.record, in: store).value,
      theirs: try CheckpointPayload(of: made, in: store).value)
    guard let value = merge.merged else {
      var problem = Problem(
        ProblemCode(.mergeConflict), "The edit and what the stage makes now touch the same parts of \(pin.unit).",
        hint: "Choose keep or take_new, or edit it again on what the stage makes.", job: pin.job,
        stage: pin.unit.stage, page: pin.unit.page)
      problem.faults = merge.collisions.prefix(Self.mostPlaces).map(\.description)
      throw problem
    }
    return try CheckpointPayload(
      checked: value, of: pin.unit, await StageSchemas.payload(of: pin.unit, from: engine.program))
  }

  /// Places that a refusal names.
  private static let mostPlaces = 10

  private static let operation = Operation(
    "resolvePin", "Settles a pin that is out of date; a unit without one is left as it is.", tag: "edits",
    parameters: [.who, .hold],
    body: Operation.Body([
      (
        "application/json",
        JSONShape.object(
          ["stage": JSONShape.string, "choice": JSONShape.choice(Choice.allCases.map(\.rawValue))],
          optional: ["page": JSONShape.integer, "format": JSONShape.string, "why": JSONShape.string])
      )
    ]),
    answers: [EditRoutes.outcomeAnswer],
    problems: [
      .invalidBody, ProblemCode(.jobNotFound), ProblemCode(.checkpointNotFound), ProblemCode(.unknownStage),
      ProblemCode(.unknownFormat), ProblemCode(.checkpointChanged), ProblemCode(.mergeConflict),
      ProblemCode(.checkpointCorrupt), .invalidRequest, .starting,
    ])
}
