import CanonicalJSON
import HTTPServer
import Ledger
import StageKit

/// `/openapi.json`: what the routes' own descriptions say, put together (OpenAPI 3.1).
struct OpenAPIDocument: Sendable {
  let routes: RouteTable

  /// What a route may answer besides its own: access control stands before all, and the check of `Origin` even before
  /// those that ask for no key.
  private static func everywhere(_ requirement: AccessRequirement) -> [ProblemCode] {
    ProblemCode.head + (requirement == .open ? [] : ProblemCode.access)
  }

  var value: JSONValue {
    var paths: [String: [String: JSONValue]] = [:]
    for entry in routes.entries {
      let path = entry.template.replacing("...}", with: "}")
      paths[path, default: [:]][entry.method.rawValue.lowercased()] = operation(entry)
    }
    return [
      "openapi": "3.1.0",
      "info": [
        "title": "Sheaf", "version": "1",
        "description": "Turns PDF files and images into Markdown, HTML, JSON, tables and searchable PDF.",
      ],
      "paths": .object(paths.mapValues { .object($0) }),
      "components": ["schemas": .object(Self.schemas), "securitySchemes": Self.security],
      "security": [["bearer": []], ["key": []], ["session": []]],
    ]
  }

  private func operation(_ entry: RouteTable.Entry) -> JSONValue {
    let operation = entry.operation
    var members: [String: JSONValue] = [
      "operationId": .string(operation.id), "summary": .string(operation.summary),
      "tags": [.string(operation.tag)],
    ]
    let parameters = Self.pathParameters(of: entry.template) + operation.parameters.map(Self.json)
    if !parameters.isEmpty { members["parameters"] = .array(parameters) }
    if let body = operation.body {
      members["requestBody"] = ["required": .bool(body.isRequired), "content": Self.content(body.content)]
    }
    let requirement = AccessRequirement(entry.method, path: entry.template)
    members["responses"] = .object(Self.responses(of: operation, requirement))
    switch requirement {
    case .open: members["security"] = []
    case .role(let role): members["x-sheaf-role"] = .string(role.rawValue)
    case .administrator: members["x-sheaf-role"] = .string(KeyRole.admin.rawValue)
    }
    return .object(members)
  }

  private static func pathParameters(of template: String) -> [JSONValue] {
    template.split(separator: "/").compactMap { segment in
      guard segment.hasPrefix("{"), segment.hasSuffix("}") else { return nil }
      let name = String(segment.dropFirst().dropLast()).replacing("...", with: "")
      let schema: JSONValue =
        switch name {
        case "id", "other": JSONShape.jobID
        case "stage": JSONShape.choice(StageID.allCases.map(\.rawValue))
        default: ["type": "string", "minLength": 1]
        }
      return ["name": .string(name), "in": "path", "required": true, "schema": schema]
    }
  }

  private static func json(_ parameter: Operation.Parameter) -> JSONValue {
    [
      "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
      "required": .bool(parameter.isRequired), "schema": parameter.schema, "description": .string(parameter.help),
    ]
  }

  private static func content(_ content: [(type: String, schema: JSONValue)]) -> JSONValue {
    .object(Dictionary(content.map { ($0.type, ["schema": $0.schema] as JSONValue) }) { first, _ in first })
  }

  private static func responses(
    of operation: Operation, _ requirement: AccessRequirement
  ) -> [String: JSONValue] {
    var responses: [String: JSONValue] = [:]
    for answer in operation.answers {
      var members: [String: JSONValue] = ["description": .string(answer.help)]
      if !answer.content.isEmpty { members["content"] = content(answer.content) }
      responses[String(answer.status.rawValue)] = .object(members)
    }
    var codes: [Int: [ProblemCode]] = [:]
    for problem in everywhere(requirement) + operation.problems + readable(operation.parameters)
    where codes[problem.status.rawValue]?.contains(problem) != true {
      codes[problem.status.rawValue, default: []].append(problem)
    }
    for (status, problems) in codes {
      let help = problems.map { "`\($0.rawValue)`: \($0.title)." }.joined(separator: " ")
      var response: [String: JSONValue] = [
        "description": .string(help),
        "content": ["application/problem+json": ["schema": JSONShape.named("Problem")]],
      ]
      // One status may be an answer and a problem both: then its content is either.
      if let other = responses[String(status)]?["content"]?.object {
        response["content"] = .object(other.merging(response["content"]?.object ?? [:]) { first, _ in first })
      }
      responses[String(status)] = .object(response)
    }
    return responses
  }

  /// A parameter of the query that is no plain text can be wrong.
  private static func readable(_ parameters: [Operation.Parameter]) -> [ProblemCode] {
    let canFail = parameters.contains { parameter in
      parameter.place == .query && ["integer", "boolean", "number"].contains(parameter.schema["type"]?.string)
    }
    return canFail ? [.invalidParameter] : []
  }

  private static let security: JSONValue = [
    "bearer": ["type": "http", "scheme": "bearer"],
    "key": ["type": "apiKey", "in": "header", "name": "X-Api-Key"],
    "session": ["type": "apiKey", "in": "cookie", "name": "sheaf_session"],
  ]

  private static var schemas: [String: JSONValue] {
    [
      "Problem": JSONShape.object(
        [
          "type": JSONShape.string, "title": JSONShape.string, "status": JSONShape.integer,
          "detail": JSONShape.string, "code": JSONShape.string, "request_id": JSONShape.string,
          "retryable": JSONShape.boolean,
        ],
        optional: [
          "hint": JSONShape.string, "job": JSONShape.jobID, "stage": JSONShape.string, "page": JSONShape.integer,
          "errors": JSONShape.array(of: JSONShape.string),
        ]),
      "JobSummary": JobDescription.summarySchema, "Job": JobDescription.fullSchema,
      "Event": EventRoutes.eventSchema,
    ]
  }
}
