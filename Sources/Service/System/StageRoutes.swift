import CanonicalJSON
import Engine
import HTTPServer
import StageKit

/// The plan, as everybody may know it.
struct StageRoutes: RouteGroup {
  let context: ServiceContext
  private let schemas = StageSchemaShelf()

  init(context: ServiceContext) { self.context = context }

  func register(in routes: inout RouteTable) {
    routes.on(
      .get, "/api/v1/stages",
      Operation(
        "listStages", "The plan: the stages with their scopes, needs and options.", tag: "system",
        answers: [.json(200, "The stages, in the order of the pipeline.", Self.schema)])
    ) { [context] _ in
      let plan = try context.engine.pipeline.description
      return try .json(["stages": .array(StageID.allCases.compactMap { Self.json($0, plan.rows(of: $0)) })])
    }
    routes.on(
      .get, "/api/v1/stages/{stage}/schema",
      Operation(
        "getStageSchema", "The JSON Schema of a stage's checkpoints, as the installed worker writes them.",
        tag: "system",
        answers: [
          Operation.Answer(
            200, "The schema; of a stage with a part per page, oneOf the document's and a page's.",
            [("application/schema+json", ["type": "object"])])
        ], problems: [ProblemCode(.unknownStage), .starting])
    ) { [context, schemas] request in
      let stage = try CheckpointRoutes.stage(named: request.parameter("stage"))
      let text = try await schemas.schema(of: stage, from: try context.engine.program)
      var response = Response.bytes(text, type: "application/schema+json")
      response.headers["Cache-Control"] = "no-cache"
      return response
    }
  }

  private static func json(_ stage: StageID, _ rows: [StageDescriptor]) -> JSONValue? {
    guard let first = rows.first else { return nil }
    var needs: [JSONValue] = []
    for need in first.needs {
      needs.append([
        "stage": need.stage.map { .string($0.rawValue) } ?? .null, "reach": .string(need.reach.rawValue),
        "optional": .bool(need.optional),
      ])
    }
    return [
      "stage": .string(stage.rawValue), "number": .integer(Int64(stage.number)),
      "version": .integer(Int64(first.version)), "scope": .string(first.scope.rawValue), "needs": .array(needs),
      "formats": .array(rows.compactMap(\.format).map { .string($0.rawValue) }),
      "options": .array(options(rows).map(json)),
    ]
  }

  /// The formats of export share options; each is told once.
  private static func options(_ rows: [StageDescriptor]) -> [OptionDescriptor] {
    var names: Set<String> = []
    return rows.flatMap(\.options).filter { names.insert($0.name).inserted }
  }

  private static func json(_ option: OptionDescriptor) -> JSONValue {
    var members: [String: JSONValue] = [
      "name": .string(option.name), "kind": .string(option.kind.rawValue), "default": option.default,
      "help": .string(option.help),
    ]
    if let minimum = option.minimum { members["minimum"] = .number(minimum) }
    if let maximum = option.maximum { members["maximum"] = .number(maximum) }
    if let choices = option.choices { members["choices"] = .array(choices.map { .string($0) }) }
    return .object(members)
  }

  private static let schema = JSONShape.object([
    "stages": JSONShape.array(
      of: JSONShape.object([
        "stage": JSONShape.choice(StageID.allCases.map(\.rawValue)), "number": JSONShape.integer(1...15),
        "version": JSONShape.integer, "scope": JSONShape.string,
        "needs": JSONShape.array(
          of: JSONShape.object([
            "stage": ["type": ["string", "null"]], "reach": JSONShape.string, "optional": JSONShape.boolean,
          ])),
        "formats": JSONShape.array(of: JSONShape.choice(ExportFormat.allCases.map(\.rawValue))),
        "options": JSONShape.array(
          of: JSONShape.object(
            [
              "name": JSONShape.string, "kind": JSONShape.choice(OptionDescriptor.Kind.allCases.map(\.rawValue)),
              "default": JSONShape.any, "help": JSONShape.string,
            ],
            optional: [
              "minimum": JSONShape.number, "maximum": JSONShape.number,
              "choices": JSONShape.array(of: JSONShape.string),
            ])),
      ]))
  ])
}
