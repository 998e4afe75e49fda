import Contracts
import DocumentModel
import StageKit
import TestSupport
import Testing

@testable import Export

@Suite("Block quotes of exports")
struct QuoteTests {
  private static func document() -> MadeDocument {
    var document = MadeDocument()
    document.add(.paragraph, "Before.")
    document.quote("1. first")
    document.quote("second")
    document.item("•", "item")
    document.quote("of the item", level: 1)
    document.item("•", "next")
    document.quote("at the end")
    return document
  }

  @Test("Markdown sets a sign before every line, and between paragraphs of one quote")
  func markdown() throws {
    #expect(
      try Self.document().markdown() == """
        Before.

        > 1\\. first
        >
        > second

        - item

          > of the item

        - next

        > at the end

        """)
  }

  @Test("HTML has the paragraphs of one quote in one, within the item that it belongs to")
  func html() throws {
    #expect(
      try Self.document().html().contains(
        """
        <blockquote>
        <p>1. first</p>
        <p>second</p>
        </blockquote>
        <ul>
        <li>item
        <blockquote>
        <p>of the item</p>
        </blockquote>
        </li>
        <li>next</li>
        </ul>
        <blockquote>
        <p>at the end</p>
        </blockquote>
        """))
  }

  @Test("text indents it")
  func text() throws {
    #expect(try Self.document().text().hasPrefix("Before.\n\n    1. first\n\n    second\n\n"))
  }

  @Test("JSON names it, and chunks have Markdown's sign")
  func data() throws {
    let artifacts = try Self.document().artifacts()
    try artifacts.put(
      IngestOutput(type: .pdf, pageCount: 1, metadata: DocumentMetadata(), outline: [], encrypted: false))
    for stage in [StageID.classification, .extraction] { artifacts.put(gap: .timedOut, for: UnitID(stage)) }
    try artifacts.put(
      ChunkingOutput(
        counter: "words",
        chunks: [
          Chunk(
            id: "0123456789abcdef",
            spans: [ChunkSpan(entry: 0, start: 0, end: 7), ChunkSpan(entry: 1, start: 0, end: 8)], headings: [],
            tokens: 4, pages: [1])
        ]))
    var context = try RecordingContext(UnitID(.export, .format("json")))
    _ = try JSONExport().run(
      JSONExport.Input(unit: context.unit, artifacts: artifacts), options: NoOptions(), context: context)
    let json = String(decoding: try context.bytes(of: "json/document.json"), as: UTF8.self)
    #expect(json.split(separator: "\"quote\":true").count == 5)
    context = try RecordingContext(UnitID(.export, .format("chunks")))
    _ = try ChunksExport().run(
      ChunksExport.Input(unit: context.unit, artifacts: artifacts), options: NoOptions(), context: context)
    let chunks = String(decoding: try context.bytes(of: "chunks/document.chunks.jsonl"), as: UTF8.self)
    #expect(chunks.contains(#""body":"Before.\n\n> 1. first""#))
  }
}
