import CanonicalJSON
import StageKit

/// The JSON Schema of a stage's whole checkpoint files, for people who read or edit them.
package enum CheckpointSchema {
  /// The schema, in the dialect 2020-12, of every checkpoint file that a stage leaves.
  ///
  /// - Parameters:
  ///   - output: what stands in the unit's own checkpoint.
  ///   - part: what stands in its parts, for a document stage that leaves some: then either kind of file is valid.
  ///   - scope: over what the stage runs.
  package static func document(
    of output: any StageOutput.Type, part: (any StageOutput.Type)? = nil, scope: StageScope
  ) -> JSONValue {
    var definitions: [String: JSONValue] = ["digest": digest, "reference": reference]
    let stage = output.stage
    let whole = envelope(
      stage, unit: unit(scope), payload: Schema.type(output).json(&definitions), lineage: true, parts: part != nil)
    var document: [String: JSONValue] = [
      "$schema": "https://json-schema.org/draft/2020-12/schema", "title": .string("Checkpoint of \(stage.rawValue)"),
    ]
    if let part {
      let page = envelope(
        stage, unit: unit(.page), payload: Schema.type(part).json(&definitions), lineage: false, parts: false)
      document["oneOf"] = [whole, page]
    } else if case .object(let members) = whole {
      document.merge(members) { old, _ in old }
    }
    document["$defs"] = .object(definitions)
    return .object(document)
  }

  /// The file under Checkpoints/schema: `03-ocr.schema.json`.
  package static func fileName(of stage: StageID) -> String { stage.folder + ".schema.json" }

  /// - Parameter lineage: whether members that tell what made the checkpoint may stand in it; where a person edited it,
  ///   they do not.
  private static func envelope(
    _ stage: StageID, unit: JSONValue, payload: JSONValue, lineage: Bool, parts: Bool
  ) -> JSONValue {
    var members: [String: JSONValue] = [
      "format": ["const": .string(CheckpointHeader.currentFormat)],
      "stage": ["const": .string(stage.rawValue)],
      "version": ["type": "integer", "minimum": 1, "description": "The stage's version."],
      "unit": unit,
      "content": reference(to: "digest", "SHA-256 of the canonical files and payload."),
      "source": reference(to: "digest", "SHA-256 of the document as received."),
      "options": ["type": "object", "description": "The stage's effective options."],
      "files": [
        "type": "object", "description": "The files that belong to the checkpoint.",
        "additionalProperties": ["$ref": "#/$defs/digest"],
      ],
      "payload": payload,
    ]
    let required = members.keys.sorted()
    if lineage {
      members["key"] = reference(to: "digest", "SHA-256 of all that the result depends on; absent where edited.")
      members["upstream"] = [
        "type": "object", "description": "Every upstream unit with its content digest or gap.",
        "additionalProperties": ["$ref": "#/$defs/reference"],
      ]
      members["engines"] = [
        "type": "object", "description": "Engine versions, digests of rules and language data.",
        "additionalProperties": ["type": "string"],
      ]
      members["recorded"] = ["description": "What is told but does not enter the key."]
    }
    if parts {
      members["parts"] = [
        "type": "object", "description": "Every page's part with its content digest or gap.",
        "propertyNames": ["pattern": "^[1-9][0-9]*$"], "additionalProperties": ["$ref": "#/$defs/reference"],
      ]
    }
    return [
      "type": "object", "properties": .object(members), "required": .array(required.map { .string($0) }),
      "additionalProperties": false,
    ]
  }

  private static func unit(_ scope: StageScope) -> JSONValue {
    let (name, value): (String, JSONValue) =
      switch scope {
      case .page: ("page", ["type": "integer", "minimum": 1])
      case .document, .documentWithParts: ("document", ["const": true])
      case .format: ("format", ["enum": .array(ExportFormat.allCases.map { .string($0.rawValue) })])
      }
    return [
      "type": "object", "description": "What the stage was run over.", "properties": .object([name: value]),
      "required": [.string(name)], "additionalProperties": false,
    ]
  }

  private static let digest: JSONValue = ["type": "string", "pattern": "^sha256:[0-9a-f]{64}$"]
  private static var reference: JSONValue {
    [
      "anyOf": [
        ["$ref": "#/$defs/digest"], ["enum": .array(GapCode.allCases.map { .string(UnitKey.reference(to: $0)) })],
      ]
    ]
  }

  private static func reference(to definition: String, _ description: String) -> JSONValue {
    ["$ref": .string("#/$defs/\(definition)"), "description": .string(description)]
  }
}
