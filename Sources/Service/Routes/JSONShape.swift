import CanonicalJSON

/// Short ways to write the JSON Schemas of `/openapi.json`.
package enum JSONShape {
  package static let string: JSONValue = ["type": "string"]
  package static let integer: JSONValue = ["type": "integer"]
  package static let number: JSONValue = ["type": "number"]
  package static let boolean: JSONValue = ["type": "boolean"]
  package static let any: JSONValue = [:]
  /// Seconds since 1970.
  package static let time: JSONValue = ["type": "number", "minimum": 0, "description": "Seconds since 1970."]
  package static let jobID: JSONValue = ["type": "string", "pattern": "^[0-9a-hjkmnp-tv-z]{10}$"]
  package static let digest: JSONValue = ["type": "string", "pattern": "^sha256:[0-9a-f]{64}$"]
  package static let binary: JSONValue = ["type": "string", "format": "binary"]

  package static let webhook = object(["url": string], optional: ["secret": string])

  package static func integer(_ range: ClosedRange<Int>) -> JSONValue {
    ["type": "integer", "minimum": .integer(Int64(range.lowerBound)), "maximum": .integer(Int64(range.upperBound))]
  }

  package static func choice(_ values: [String]) -> JSONValue {
    ["type": "string", "enum": .array(values.map { .string($0) })]
  }

  package static func array(of schema: JSONValue) -> JSONValue { ["type": "array", "items": schema] }

  package static func map(of schema: JSONValue) -> JSONValue { ["type": "object", "additionalProperties": schema] }

  /// - Parameter optional: members that may be missing.
  package static func object(
    _ required: KeyValuePairs<String, JSONValue>, optional: KeyValuePairs<String, JSONValue> = [:]
  ) -> JSONValue {
    var members: [String: JSONValue] = [:]
    for (name, schema) in required { members[name] = schema }
    for (name, schema) in optional { members[name] = schema }
    return [
      "type": "object", "properties": .object(members), "required": .array(required.map { .string($0.key) }),
    ]
  }

  /// A schema of `components`, by its name.
  package static func named(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }
}
