import CanonicalJSON
import Checkpoints
import StageKit
import TestSupport
import Testing

@Suite("The schema of checkpoint files")
struct CheckpointSchemaTests {
  /// Every member of an envelope that was really written is in the schema, and every required one was written.
  private func agree(_ schema: JSONValue, _ bytes: [UInt8]) throws {
    let tree = try CanonicalDecoder().decode(JSONValue.self, from: bytes)
    let file = try #require(tree.object)
    let properties = try #require(schema["properties"]?.object)
    let required = try #require(schema["required"]?.array).compactMap(\.string)
    #expect(Set(file.keys).isSubset(of: properties.keys))
    #expect(Set(required).isSubset(of: file.keys))
    #expect(schema["additionalProperties"] == false)
    #expect(properties["stage"]?["const"] == file["stage"])
    #expect(properties["format"]?["const"] == file["format"])
    #expect(file["unit"]?.object?.keys == properties["unit"]?["properties"]?.object?.keys)
  }

  @Test("a page checkpoint, with and without lineage, has the members that the schema names")
  func page() throws {
    let place = try Workplace()
    let schema = CheckpointSchema.document(of: Note.self, scope: .page)
    #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
    #expect(schema["properties"]?["payload"]?["$ref"] == "#/$defs/Note")
    #expect(schema["$defs"]?["Note"]?["properties"]?["text"] != nil)
    let lineage = CheckpointLineage(key: Digest(sample: "k"), upstream: [:], engines: [:], recorded: [:])
    for lineage in [lineage, nil] {
      let envelope = CheckpointEnvelope(
        unit: UnitID(.ocr, .page(1)), version: 1, source: Digest(sample: "s"), options: [:], lineage: lineage)
      try agree(schema, place.checkpoint(envelope, Note(text: "a").bytes).bytes)
    }
  }

  @Test("a stage with parts is either kind of file")
  func parts() throws {
    let place = try Workplace()
    let schema = CheckpointSchema.document(of: Note.self, part: Note.self, scope: .documentWithParts)
    let order = UnitOrder(
      unit: UnitID(.ocr), version: 1, key: Digest(sample: "k"), source: Digest(sample: "s"), options: [:],
      upstream: [:],
      engines: [:], pages: [1], scratch: "")
    let whole = try #require(schema["oneOf"]?[0])
    let part = try #require(schema["oneOf"]?[1])
    let envelope = CheckpointEnvelope(order: order, parts: [1: "gap:crashed"])
    try agree(whole, place.checkpoint(envelope, Note(text: "a").bytes).bytes)
    try agree(part, place.checkpoint(CheckpointEnvelope(order: order, part: 1), Note(text: "a").bytes).bytes)
    #expect(part["properties"]?["key"] == nil)
    #expect(schema["properties"] == nil)
    #expect(CheckpointSchema.fileName(of: .readingOrder) == "09-reading-order.schema.json")
  }
}
