import CanonicalJSON
import Testing

@Suite("A JSON Schema")
struct JSONSchemaTests {
  static let schema: JSONValue = [
    "type": "object", "required": ["name", "size"], "additionalProperties": false,
    "properties": [
      "name": ["type": "string"], "size": ["type": "number", "minimum": 0, "maximum": 1000],
      "score": ["type": "number", "minimum": 0, "maximum": 1], "count": ["type": "integer"],
      "kind": ["enum": ["title", "text"]], "open": ["type": "boolean"], "other": ["description": "Anything."],
      "children": ["type": "array", "items": ["$ref": "#/$defs/Node"]],
      "counts": ["type": "object", "additionalProperties": ["type": "integer"]],
    ],
  ]

  static func validator() throws -> JSONSchema {
    try JSONSchema(["$ref": "#/$defs/Node"], definitions: ["Node": schema], decimals: 2)
  }

  static let values: [(JSONValue, [String])] = [
    (["name": "a", "size": 1.25, "score": 0.1234, "count": 3, "kind": "title", "open": true, "other": [1.0001]], []),
    (["name": "a", "size": 2, "count": 2.0], []),
    (["size": -1, "name": 3], ["/name: is an integer, not a string", "/size: -1 is less than 0"]),
    (["name": "a"], ["(the whole): lacks \"size\""]),
    (["name": "a", "size": 1.234], ["/size: 1.234 has more than 2 decimals"]),
    (
      ["name": "a", "size": 1, "score": 1.00001],
      ["/score: 1.00001 is more than 1", "/score: 1.00001 has more than 4 decimals"]
    ),
    (["name": "a", "size": 1, "count": 1.5], ["/count: is a number, not an integer"]),
    (["name": "a", "size": 1, "kind": "head"], ["/kind: \"head\" is none of \"title\", \"text\""]),
    (
      ["name": "a", "size": 1, "children": [["name": "b", "size": "c"], 7, ["name": "b", "size": 0, "x/y": 1]]],
      [
        "/children/0/size: is a string, not a number", "/children/1: is an integer, not an object",
        "/children/2/x~1y: has no place here; known are children, count, counts, kind, name, open, other, score, size",
      ]
    ),
    (["name": "a", "size": 1, "counts": ["p": 1, "q": "r"]], ["/counts/q: is a string, not an integer"]),
    (["name": "a", "size": 1, "open": nil], ["/open: is null, not true or false"]),
    ([], ["(the whole): is an array, not an object"]),
  ]

  @Test("tells every fault with its place", arguments: values)
  func faults(value: JSONValue, faults: [String]) throws {
    #expect(try Self.validator().faults(of: value).map(\.description) == faults)
  }

  @Test("with a keyword that is not known is refused", arguments: ["pattern", "oneOf", "multipleOf", "format"])
  func unknown(keyword: String) {
    #expect(throws: JSONFault.self) {
      _ = try JSONSchema(["properties": ["a": .object([keyword: "x"])]], definitions: [:])
    }
    #expect(throws: JSONFault.self) { _ = try JSONSchema(["$ref": "#/$defs/None"], definitions: [:]) }
  }

  @Test("tells no more faults than asked for")
  func limit() throws {
    let value: JSONValue = ["name": "a", "size": 1, "children": .array(Array(repeating: 7, count: 1000))]
    #expect(try Self.validator().faults(of: value, limit: 5).count == 5)
  }
}
