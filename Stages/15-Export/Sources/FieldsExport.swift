import CanonicalJSON
import Contracts
import DocumentModel
import StageKit

/// Stage 15 for fields: the document's type and the values found in it, as JSON.
package struct FieldsExport: Stage {
  package typealias Input = Upstream<
    WholeDocument<ReadingOrderOutput>, WholeDocumentIfAny<ClassificationOutput>, WholeDocumentIfAny<ExtractionOutput>
  >
  package typealias Options = NoOptions
  package typealias Output = ExportOutput

  package static var version: Int { 2 }
  package static var scope: StageScope { .format }
  package static var format: ExportFormat? { .fields }

  package init() {}

  package func run(_ input: Input, options: NoOptions, context: any StageContext) throws -> ExportOutput {
    let (order, classification, extraction) = input.needs
    var members: [String: JSONValue?] = [
      "schema": "sheaf.fields/1", "gaps": .list(try order.load().missing, { JSONValue($0) }),
    ]
    var unavailable: [String: JSONValue] = [:]
    switch try classification.load() {
    case .value(let found):
      members["type"] = .string(found.type.rawValue)
      members["subtype"] = found.subtype.map { .string($0) }
      members["confidence"] = JSONValue(found.confidence)
    case .gap(let code): unavailable["classification"] = .string(code.rawValue)
    }
    switch try extraction.load() {
    case .value(let found):
      members["fields"] = .object(found.fields.mapValues({ JSONValue($0) }))
      members["pairs"] = .list(found.pairs) {
        [.traced($0.label, $0.labelProvenance), .traced($0.value, $0.valueProvenance)]
      }
      members["entities"] = .list(found.entities, { JSONValue($0) })
      members["line_items"] = .list(found.lineItems, { JSONValue($0) })
    case .gap(let code): unavailable["extraction"] = .string(code.rawValue)
    }
    if !unavailable.isEmpty { members["unavailable"] = .object(unavailable) }
    let file = try TextFile("fields/document.fields.json", context)
    try file.put(tagged: try JSONText.prettyPrinted(try JSONValue.members(members).canonicalBytes))
    try file.write("\n")
    try file.finish()
    return ExportOutput(
      format: .fields,
      files: [file.exported(".fields.json", "application/json")])
  }
}
