import CanonicalJSON
import Contracts
import DocumentModel
import StageKit
import TestSupport
import Testing

@testable import Export

@Suite("Chunks")
struct ChunkTests {
  /// A table of two rows a page below a header that every page repeats.
  private func ledger(pages: Int) -> MadeDocument {
    var document = MadeDocument()
    var parts: [ElementID] = []
    for page in 1...pages {
      if page > 1 { document.newPage() }
      let rows = [["No.", "Sum"], ["\(2 * page - 1)", "a"], ["\(2 * page)", "b"]]
      parts.append(document.place(.table, table: MadeTable.plain(rows)))
    }
    document.order.append(
      ReadingEntry(
        elements: parts, joins: [ReadingEntry.Join](repeating: .rowsRepeatingHeader, count: pages - 1)))
    return document
  }

  private func chunk(_ span: ChunkSpan, pages: [Int] = [1]) -> Chunk {
    Chunk(id: "0123456789abcdef", spans: [span], headings: [], tokens: 3, pages: pages)
  }

  private func exported(_ document: MadeDocument, _ chunks: [Chunk]) throws -> (lines: [JSONValue], reads: Int) {
    let artifacts = try document.artifacts()
    try artifacts.put(ChunkingOutput(counter: "words", chunks: chunks))
    let context = try RecordingContext(UnitID(.export, .format("chunks")))
    _ = try ChunksExport().run(
      ChunksExport.Input(unit: context.unit, artifacts: artifacts), options: NoOptions(), context: context)
    let lines = try context.bytes(of: "chunks/document.chunks.jsonl").split(separator: UInt8(ascii: "\n")).map {
      try CanonicalDecoder().decode(JSONValue.self, from: Array($0))
    }
    return (lines, artifacts.reads)
  }

  @Test("read a table over many pages once, however many are cut from it")
  func longTable() throws {
    let pages = 40
    let chunks = (1..<(2 * pages)).map { chunk(ChunkSpan(entry: 0, start: $0, end: $0 + 1, repeatsHeader: true)) }
    let (lines, reads) = try exported(ledger(pages: pages), chunks)
    #expect(lines.last?["body"] == .string("| No. | Sum |\n| 79 | a |"))
    #expect(reads < 4 * pages)
  }

  @Test("of a table over pages have the boxes of the pages that their rows stand on")
  func boxesOfRows() throws {
    let (lines, _) = try exported(
      ledger(pages: 5),
      [
        chunk(ChunkSpan(entry: 0, start: 0, end: 2)), chunk(ChunkSpan(entry: 0, start: 4, end: 6)),
        chunk(ChunkSpan(entry: 0, start: 10, end: 11)),
      ])
    let pages = lines.map { $0["boxes"]?.array?.compactMap { $0["page"] } }
    #expect(pages == [[1], [2, 3], [5]])
  }

  @Test("have both pages' boxes for a row that a page's end cuts")
  func boxesOfCutRow() throws {
    var document = MadeDocument()
    let first = document.place(.table, table: MadeTable.plain([["H", "I"], ["1", "a divi-"]]))
    document.newPage()
    let second = document.place(.table, table: MadeTable.plain([["", "ded word"], ["2", "b"]], headerRows: 0))
    document.order.append(ReadingEntry(elements: [first, second], joins: [.cells]))
    let (lines, _) = try exported(
      document, [chunk(ChunkSpan(entry: 0, start: 1, end: 2)), chunk(ChunkSpan(entry: 0, start: 2, end: 3))])
    #expect(lines.map { $0["boxes"]?.array?.compactMap { $0["page"] } } == [[1, 2], [2]])
  }

  @Test("have the box of a caption where they tell it")
  func boxesOfCaptions() throws {
    var document = MadeDocument()
    let caption = document.place(.caption, [run("Table 1: Sums.")])
    document.add(.table, [], table: MadeTable.plain([["H"], ["1"], ["2"]]), captions: [caption])
    let (lines, _) = try exported(
      document,
      [
        chunk(ChunkSpan(entry: 0, start: 0, end: 2)),
        chunk(ChunkSpan(entry: 0, start: 2, end: 3)),
      ])
    #expect(lines.map { $0["boxes"]?.array?.count } == [2, 1])
  }
}
