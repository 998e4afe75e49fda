import CanonicalJSON
import Checkpoints
import DocumentModel
import Engine
import EventLoop
import Foundation
import HTTPServer
import Inspection
import Ledger
import StageKit

/// Why a result is what it is, in what two jobs differ, where a text comes from, and a job as one archive.
struct InspectionRoutes: RouteGroup {
  let context: ServiceContext

  func register(in routes: inout RouteTable) {
    routes.on(.get, "/api/v1/jobs/{id}/explain/{stage}", Self.explaining("explainDocumentUnit")) {
      try await explain($0)
    }
    routes.on(.get, "/api/v1/jobs/{id}/explain/{stage}/{page}", Self.explaining("explainPageUnit")) {
      try await explain($0)
    }
    routes.on(.get, "/api/v1/jobs/{id}/diff/{other}", Self.comparing) { try await compare($0) }
    routes.on(.get, "/api/v1/jobs/{id}/trace", Self.tracing) { try await trace($0) }
    routes.on(.get, "/api/v1/jobs/{id}/bundle", Self.bundling) { try await bundle($0) }
  }

  private func explain(_ request: Request) async throws -> Response {
    let job = try await context.job(request)
    let (stage, subject) = try CheckpointRoutes.unit(of: request)
    let engine = try context.engine
    let survey = try await JobSurvey(job, ledger: engine.ledger, folder: engine.folder, pipeline: engine.pipeline)
    let own = survey.rows.keys.filter { $0.stage == stage }
    let unit = subject.map { UnitID(stage, $0) } ?? (own.count == 1 ? own.first : nil) ?? UnitID(stage)
    return try .json(JSONValue(interface: try await UnitExplainer(survey).explain(unit)))
  }

  private func compare(_ request: Request) async throws -> Response {
    let job = try await context.job(request)
    guard let id = JobID(request.parameter("other")) else {
      throw Problem(
        ProblemCode(.jobNotFound), "There is no job \"\(request.parameter("other").prefix(40))\".")
    }
    let other = try await context.job(id)
    let stages = try request.query("stage").map { names in
      Set(try names.split(separator: ",").map { try CheckpointRoutes.stage(named: String($0)) })
    }
    let engine = try context.engine
    let new = try await JobSnapshot.now(
      other, engine.ledger, in: engine.folder, label: id == job.manifest.id ? "now" : id.text)
    var selection: PageSelection?
    if let text = request.query("pages") {
      guard let read = PageSelection(text) else {
        throw Problem(.invalidParameter, "pages must be a list such as 1-5,9.")
      }
      selection = read
    }
    let number = try request.integer("history", in: 1...1_000_000)
    let old: JobSnapshot
    if id != job.manifest.id {
      guard number == nil else {
        throw Problem(.invalidParameter, "history is for a job compared with itself.")
      }
      old = try await JobSnapshot.now(job, engine.ledger, in: engine.folder, label: job.manifest.id.text)
    } else if let stages {
      // What stood there before, of the units that are asked for.
      let wanted = selection.map { Set($0.pages(of: new.pages.last ?? 0)) }
      let units = new.units.filter { unit in
        stages.contains(unit.stage) && (wanted.map { wanted in unit.page.map(wanted.contains) ?? true } ?? true)
      }
      old = try new.before(units, number: number, in: engine.folder)
    } else {
      do { old = try new.before(in: engine.folder) } catch let failure as StageFailure
        where failure.code == .checkpointNotFound
      {
        // Where nothing was ever replaced nothing differs.
        old = new
      }
    }
    let pages = selection.map { Set($0.pages(of: max(old.pages.last ?? 0, new.pages.last ?? 0))) }
    return try .json(encoding: try JobComparison(old, new, stages: stages, pages: pages).run())
  }

  private func trace(_ request: Request) async throws -> Response {
    let job = try await context.job(request)
    let format = try ExportFormat.named(request.query("format") ?? ExportFormat.markdown.rawValue)
    let look = try Self.target(of: request)
    let engine = try context.engine
    let tracer = try Tracer(try await JobSnapshot.now(job, engine.ledger, in: engine.folder))
    let trace =
      switch look {
      case .text(let text): try tracer.text(text, in: format)
      case .offset(let offset): try tracer.offset(offset, in: format)
      case .chunk(let chunk): try tracer.chunk(chunk)
      case .field(let field): try tracer.field(field)
      case .box(let box, let page): try tracer.box(box, page: page)
      }
    return try .json(encoding: trace)
  }

  /// What a trace starts from.
  private enum TraceTarget {
    case text(String)
    case offset(Int)
    case chunk(String)
    case field(String)
    case box(BoundingBox, page: Int)
  }

  /// - Throws: `Problem` with `invalid_parameter`.
  private static func target(of request: Request) throws(Problem) -> TraceTarget {
    if let text = request.query("text") { return .text(text) }
    if let offset = try request.integer("offset", in: 0...Int(Int32.max)) { return .offset(offset) }
    if let chunk = request.query("chunk") { return .chunk(chunk) }
    if let field = request.query("field") { return .field(field) }
    guard let box = request.query("box") else {
      throw Problem(.invalidParameter, "Nothing says what to trace.", hint: "Give text, offset, chunk, field or box.")
    }
    let numbers = box.split(separator: ",").compactMap { Double($0) }
    guard numbers.count == 5, numbers.allSatisfy(\.isFinite), let page = Int(exactly: numbers[0]), page > 0 else {
      throw Problem(.invalidParameter, "box must be page,left,top,right,bottom in points.")
    }
    return .box(
      BoundingBox(left: numbers[1], top: numbers[2], right: numbers[3], bottom: numbers[4]), page: page)
  }

  private func bundle(_ request: Request) async throws -> Response {
    let job = try await context.job(request)
    let engine = try context.engine
    return try await context.bundles.response(
      to: request, for: job, history: try request.flag("history"), engine, context.admission)
  }

  // MARK: Descriptions

  private static func explaining(_ id: String) -> Operation {
    Operation(
      id, "Why a result is what it is: what its key is made of, what ran it, what hangs on it.", tag: "inspection",
      answers: [.json(200, "The explanation.", ["type": "object"])],
      problems: [
        ProblemCode(.jobNotFound), ProblemCode(.unknownStage), ProblemCode(.checkpointNotFound), .invalidRequest,
        ProblemCode(.checkpointCorrupt), .starting,
      ])
  }

  private static let comparing = Operation(
    "compareJobs",
    "In what another job differs from this one, stage by stage; of the job itself, from what was there before.",
    tag: "inspection",
    parameters: [
      .query("stage", JSONShape.string, "Only these stages, joined by commas."),
      .query("pages", JSONShape.string, "Only these pages: 1-5,9."),
      .query(
        "history", JSONShape.integer(1...1_000_000),
        "With a stage, of the job itself: which entry of the history; the newest if nothing is said."),
    ],
    answers: [.json(200, "The differences.", ["type": "object"])],
    problems: [
      .invalidParameter, ProblemCode(.jobNotFound), ProblemCode(.checkpointNotFound), ProblemCode(.unknownStage),
      ProblemCode(.checkpointCorrupt),
      .invalidRequest, .starting,
    ])

  private static let tracing = Operation(
    "traceText", "Which words of which page a text came from, or what was made of a place on a page.",
    tag: "inspection",
    parameters: [
      .query("text", JSONShape.string, "Some text of an export, or of a page."),
      .query("offset", JSONShape.integer(0...Int(Int32.max)), "A byte of the export's main file."),
      .query("chunk", JSONShape.string, "A chunk by its id."),
      .query("field", JSONShape.string, "A field by its name."),
      .query("box", JSONShape.string, "page,left,top,right,bottom in points."),
      .query("format", JSONShape.choice(ExportFormat.allCases.map(\.rawValue)), "The export to look in; md."),
    ],
    answers: [.json(200, "The trace.", ["type": "object"])],
    problems: [
      .invalidParameter, ProblemCode(.jobNotFound), ProblemCode(.unknownFormat), ProblemCode(.checkpointNotFound),
      ProblemCode(.jobUnfinished), ProblemCode(.checkpointCorrupt), .invalidRequest, .starting,
    ])

  private static let bundling = Operation(
    "getBundle", "The job with its document, checkpoints and pins as one archive.", tag: "inspection",
    parameters: [.query("history", JSONShape.boolean, "Also what reruns and edits replaced.")],
    answers: [
      Operation.Answer(200, "The archive.", [(PackedBundles.type, JSONShape.binary)]),
      Operation.Answer(206, "The range.", [(PackedBundles.type, JSONShape.binary)]),
      Operation.Answer(304, "The client has it already."),
    ],
    problems: [
      .invalidParameter, ProblemCode(.jobNotFound), ProblemCode(.jobUnfinished), ProblemCode(.checkpointCorrupt),
      .insufficientStorage, .rangeNotSatisfiable, .starting,
    ])
}
