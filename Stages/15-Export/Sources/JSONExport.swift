import CanonicalJSON
import Contracts
import DocumentModel
import StageKit

/// Stage 15 for JSON: all that is known of the document, in one file.
package struct JSONExport: Stage {
  package typealias Input = Upstream<
    WholeDocument<IngestOutput>, EveryPage<AssemblyOutput>, WholeDocument<ReadingOrderOutput>,
    WholeDocument<SectionsOutput>, WholeDocumentIfAny<ClassificationOutput>, WholeDocumentIfAny<ExtractionOutput>,
    WholeDocumentIfAny<ChunkingOutput>, WholeDocumentIfAny<EnrichmentOutput>
  >
  package typealias Options = NoOptions
  package typealias Output = ExportOutput

  package static var version: Int { 5 }
  package static var scope: StageScope { .format }
  package static var format: ExportFormat? { .json }

  package init() {}

  package func run(_ input: Input, options: NoOptions, context: any StageContext) throws -> ExportOutput {
    let (document, pages, order, sections, classification, extraction, chunking, enrichment) = input.needs
    let file = try TextFile("json/document.json", context)
    var json = try JSONStream(file)
    let stream = try order.load()
    let tree = try sections.load()
    let content = ContentReader(stream, tree, reader: ElementReader(pages))
    var unavailable: [String: JSONValue] = [:]
    func known<Output>(_ name: String, _ arrival: Arrival<Output>) -> Output? {
      if case .gap(let code) = arrival { unavailable[name] = .string(code.rawValue) }
      return arrival.value
    }

    try json.member("schema", .string(Self.schema))
    try json.member("source", .string(context.source.description))
    try writeDocument(try document.load(), try content.titleText(), &json)
    try writeFindings(
      known("classification", try classification.load()), known("extraction", try extraction.load()), &json)
    let beyond = known("enrichment", try enrichment.load())
    if let beyond { try writeEnrichment(beyond, content, &json) }
    let chunks = known("chunking", try chunking.load())
    if !unavailable.isEmpty { try json.member("unavailable", .object(unavailable)) }
    try json.member("gaps", .list(stream.missing) { JSONValue($0) })
    try json.member("sections", .list(tree.sections) { Self.section($0, tree.headings) })
    if let chunks { try json.list("chunks") { list in for chunk in chunks.chunks { try list.put(Self.chunk(chunk)) } } }
    try json.list("pages") { list in
      for number in pages.pages { try list.put(try PageJSON(number, content.reader).value) }
    }
    let entries = EntryJSON(content: content, descriptions: beyond?.descriptions ?? [:])
    try json.list("entries") { list in
      for index in content.entries.indices {
        if index % 64 == 0 { context.progress(Double(index) / Double(content.entries.count)) }
        try entries.put(index, into: list)
      }
    }
    try json.end()
    return ExportOutput(
      format: .json, files: [file.exported(".json", "application/json")])
  }

  /// Grows when a member changes its meaning or goes; new members leave it.
  private static let schema = "sheaf.document/1"

  private func writeDocument(_ ingest: IngestOutput, _ title: TracedText?, _ json: inout JSONStream) throws {
    let metadata = ingest.metadata
    try json.member("type", .string(ingest.type.rawValue))
    try json.member("page_count", JSONValue(ingest.pageCount))
    try json.member("title", title.map { .traced($0) })
    let texts = [
      "title": metadata.title, "author": metadata.author, "subject": metadata.subject, "keywords": metadata.keywords,
      "creator": metadata.creator, "producer": metadata.producer, "created": metadata.created,
      "modified": metadata.modified, "format_version": metadata.formatVersion,
    ]
    try json.member(
      "metadata", .object(texts.compactMapValues { $0.map { .traced($0, .made(.metadata, element: nil)) } }))
  }

  private func writeFindings(
    _ classification: ClassificationOutput?, _ extraction: ExtractionOutput?, _ json: inout JSONStream
  ) throws {
    if let classification {
      try json.member(
        "classification",
        .members([
          "type": .string(classification.type.rawValue), "subtype": classification.subtype.map { .string($0) },
          "confidence": JSONValue(classification.confidence), "decided_by": .string(classification.decidedBy.rawValue),
          "candidates": .list(classification.candidates) {
            ["type": .string($0.type.rawValue), "score": JSONValue($0.score)]
          },
        ]))
    }
    guard let extraction else { return }
    try json.member("fields", .object(extraction.fields.mapValues { JSONValue($0) }))
    try json.member(
      "pairs",
      .list(extraction.pairs) {
        [
          "label": .traced($0.label, $0.labelProvenance), "value": .traced($0.value, $0.valueProvenance),
          "confidence": JSONValue($0.confidence),
          "page": JSONValue($0.valueProvenance.page), "box": JSONValue($0.valueProvenance.box),
        ]
      })
    // A document of a thousand pages may have a hundred thousand.
    try json.member("entities") {
      try $0.list { add in for entity in extraction.entities { try add(JSONValue(entity)) } }
    }
    try json.member("line_items") {
      try $0.list { add in for item in extraction.lineItems { try add(JSONValue(item)) } }
    }
  }

  private func writeEnrichment(_ found: EnrichmentOutput, _ content: ContentReader, _ json: inout JSONStream) throws {
    try json.member(
      "languages", .list(found.languages) { ["language": .string($0.language), "share": JSONValue($0.share)] })
    try json.member(
      "keywords",
      .list(found.keywords) { ["text": .traced($0.text, .made(.keyword, element: nil)), "score": JSONValue($0.score)] })
    try json.member("abstract", found.abstract.map { .traced($0, .made(.abstract, element: nil)) })
    try json.list("summary") { list in
      for sentence in found.summary where content.entries.indices.contains(sentence.entry) {
        let text = try content.joined(content.entries[sentence.entry]).traced
        try list.put([
          "text": .traced(text.scalars(sentence.start, sentence.end)), "entry": JSONValue(sentence.entry),
          "score": JSONValue(sentence.score),
        ])
      }
    }
    if !found.models.isEmpty { try json.member("models", .object(found.models.mapValues { .string($0) })) }
  }

  private static func section(_ section: Section, _ headings: [Heading]) -> JSONValue {
    let heading = section.heading.flatMap { headings.indices.contains($0) ? headings[$0] : nil }
    return .members([
      "heading": heading.map { JSONValue($0.entry) }, "level": heading.map { JSONValue($0.level) },
      "number": heading.flatMap(Self.number), "start": JSONValue(section.start), "end": JSONValue(section.end),
      "children": .list(section.children) { Self.section($0, headings) },
    ])
  }

  /// A heading's number as printed: some of its element's words.
  private static func number(_ heading: Heading) -> JSONValue? {
    heading.number.map { .traced($0, .words([], page: heading.element.page, element: heading.element.index)) }
  }

  private static func chunk(_ chunk: Chunk) -> JSONValue {
    [
      "id": .string(chunk.id), "tokens": JSONValue(chunk.tokens), "pages": .list(chunk.pages) { JSONValue($0) },
      "spans": .list(chunk.spans) {
        ["entry": JSONValue($0.entry), "start": JSONValue($0.start), "end": JSONValue($0.end)]
      },
    ]
  }
}
