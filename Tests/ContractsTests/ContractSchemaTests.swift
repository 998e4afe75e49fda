import CanonicalJSON
import Contracts
import StageKit
import Testing

@Suite("The contracts' schemas")
struct ContractSchemaTests {
  /// Every type that a checkpoint's payload may be.
  static let outputs: [any StageOutput.Type] = [
    IngestOutput.self, IngestPage.self, RenderOutput.self, OCROutput.self, LayoutOutput.self, RegionsOutput.self,
    RegionsPage.self, TablesOutput.self, FiguresOutput.self, AssemblyOutput.self, ReadingOrderOutput.self,
    SectionsOutput.self, ClassificationOutput.self, ExtractionOutput.self, ChunkingOutput.self, EnrichmentOutput.self,
    ExportOutput.self,
  ]

  @Test("cover all fifteen stages")
  func complete() { #expect(Set(Self.outputs.map { $0.stage }) == Set(StageID.allCases)) }

  @Test("resolve every reference and close every object", arguments: outputs.indices)
  func closed(index: Int) throws {
    let document = Schema.document(of: Self.outputs[index])
    let definitions = try #require(document["$defs"]?.object)
    #expect(!definitions.values.contains(.null))
    var pending = [document]
    while let value = pending.popLast() {
      if let reference = value["$ref"]?.string {
        #expect(definitions[String(reference.dropFirst("#/$defs/".count))] != nil, "\(reference)")
      }
      if value["properties"] != nil { #expect(value["additionalProperties"] == false, "\(value)") }
      pending += value.object.map { Array($0.values) } ?? value.array ?? []
    }
  }

  @Test("say of every member what it is", arguments: outputs.indices)
  func described(index: Int) {
    for (name, definition) in Schema.document(of: Self.outputs[index])["$defs"]?.object ?? [:] {
      for (member, schema) in definition["properties"]?.object ?? [:] {
        #expect(schema["description"] != nil || schema["$ref"] != nil, "\(name).\(member)")
      }
    }
  }
}
