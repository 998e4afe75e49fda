import CanonicalJSON
import DocumentModel

extension Schema {
  /// The schema as JSON, with every type it names, at any depth, under `$defs`.
  package static func document(of type: any SchemaDescribed.Type) -> JSONValue {
    var definitions: [String: JSONValue] = [:]
    let root = Schema.type(type).json(&definitions)
    var document: [String: JSONValue] = [
      "$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": .object(definitions),
    ]
    if case .object(let members) = root { document.merge(members) { old, _ in old } }
    return .object(document)
  }

  /// This schema as JSON; types that it names are added to `definitions`.
  package func json(_ definitions: inout [String: JSONValue]) -> JSONValue {
    switch self {
    case .object(let description, let properties):
      var members: [String: JSONValue] = [:]
      for property in properties { members[property.name] = property.schema.json(&definitions) }
      return [
        "type": "object", "description": .string(description), "properties": .object(members),
        "required": .array(
          properties.filter(\.required).map { .string($0.name) }.sorted { $0.string ?? "" < $1.string ?? "" }),
        "additionalProperties": false,
      ]
    case .dictionary(let description, let value):
      return ["type": "object", "description": .string(description), "additionalProperties": value.json(&definitions)]
    case .array(let description, let item):
      return ["type": "array", "description": .string(description), "items": item.json(&definitions)]
    case .string(let description):
      return ["type": "string", "description": .string(description)]
    case .choice(let description, let values):
      return ["enum": .array(values.map { .string($0) }), "description": .string(description)]
    case .integer(let description, let minimum):
      var members: [String: JSONValue] = ["type": "integer", "description": .string(description)]
      if let minimum { members["minimum"] = .integer(Int64(minimum)) }
      return .object(members)
    case .coordinate(let description):
      return [
        "type": "number", "minimum": .integer(Int64(Quantity.coordinates.lowerBound)),
        "maximum": .integer(Int64(Quantity.coordinates.upperBound)), "description": .string(description),
      ]
    case .score(let description):
      return ["type": "number", "minimum": 0, "maximum": 1, "description": .string(description)]
    case .flag(let description):
      return ["type": "boolean", "description": .string(description)]
    case .any(let description):
      return ["description": .string(description)]
    case .type(let type):
      // With the types it is nested in and without its module: `ClassificationOutput.Evidence`.
      let name = String(reflecting: type).split(separator: ".").dropFirst().joined(separator: ".")
      if definitions[name] == nil {
        definitions[name] = .null  // Holds the place, so that a type may contain itself.
        definitions[name] = type.schema.json(&definitions)
      }
      return ["$ref": .string("#/$defs/\(name)")]
    }
  }
}
