import CanonicalJSON
import Contracts
import DocumentModel
import StageKit
import TestSupport
import Testing

@testable import Export

@Suite("CSV, chunks, fields and JSON")
struct DataFormatTests {
  private func json(_ bytes: [UInt8]) throws -> JSONValue { try CanonicalDecoder().decode(JSONValue.self, from: bytes) }

  @Test("CSV has a file for every table, quoted where it must be")
  func csv() throws {
    var document = MadeDocument()
    document.add(.table, [], table: MadeTable.plain([["a,b", "say \"x\""], ["=1+1", "-5,00"]]))
    document.add(.table, [], table: MadeTable.spanned)
    let files = try document.export(CSVExport.self).files.mapValues { String(decoding: $0, as: UTF8.self) }
    #expect(files["/table-01.csv"] == "\"a,b\",\"say \"\"x\"\"\"\r\n=1+1,\"-5,00\"\r\n")
    #expect(files["/table-02.csv"] == "Region,Sales & more,\r\n,2025,2026\r\nNorth,1,2\r\n,3,<4>\r\n")
  }

  @Test("CSV quotes a sign that a combining mark follows, and doubles such a quote")
  func csvCombining() throws {
    var document = MadeDocument()
    document.add(.table, [], table: MadeTable.plain([["a,\u{301}b", "say \"\u{301}x"]]))
    let bytes = try #require(try document.export(CSVExport.self).files["/table-01.csv"])
    #expect(bytes == Array("\"a,\u{301}b\",\"say \"\"\u{301}x\"\r\n".utf8))
  }

  @Test("CSV obeys its options")
  func csvOptions() throws {
    var options = CSVOptions()
    (options.csvDelimiter, options.csvGuard, options.csvRepeatMerged) = (.semicolon, true, true)
    var document = MadeDocument()
    document.add(.table, [], table: MadeTable.plain([["=1+1", "-5,00"], ["-a", "@b"]]))
    document.add(.table, [], table: MadeTable.spanned)
    let files = try document.export(CSVExport.self, options).files.mapValues { String(decoding: $0, as: UTF8.self) }
    #expect(files["/table-01.csv"] == "'=1+1;-5,00\r\n'-a;'@b\r\n")
    #expect(
      files["/table-02.csv"]?.hasPrefix("Region;Sales & more;Sales & more\r\nRegion;2025;2026\r\nNorth;1;2\r\nNorth;3")
        == true)
  }

  @Test("a row of very many columns is laid out in text in one pass", .timeLimit(.minutes(10)))
  func wideRow() throws {
    var document = MadeDocument()
    let cells = (0..<20_000).map { "c\($0)" }
    document.add(.table, [], table: MadeTable.plain([cells], headerRows: 0))
    #expect(try document.text() == cells.joined(separator: "  ") + "\n")
  }

  @Test("a document without tables has no CSV, and that is no failure")
  func noTables() throws {
    var document = MadeDocument()
    document.add(.paragraph, "Nothing.")
    #expect(try document.export(CSVExport.self).output.files.isEmpty)
  }

  @Test("chunks have their headings, text, pages and vectors")
  func chunks() throws {
    let document = MadeDocument.everything()
    let artifacts = try document.artifacts()
    let table = try #require(
      document.order.indices.first { index in
        let id = document.order[index].elements[0]
        return document.pages[id.page - 1][id.index].table?.headerRows == 2
      })
    try artifacts.put(
      ChunkingOutput(
        counter: "words",
        chunks: [
          Chunk(
            id: "0123456789abcdef",
            spans: [ChunkSpan(entry: 3, start: 0, end: 11), ChunkSpan(entry: 7, start: 0, end: 5)],
            headings: [0, 1], tokens: 3, pages: [1]),
          Chunk(
            id: "0123456789abcdf0", spans: [ChunkSpan(entry: table, start: 2, end: 3, repeatsHeader: true)],
            headings: [9],
            tokens: 3, pages: [2]),
        ]))
    let context = try RecordingContext(UnitID(.export, .format("chunks")))
    _ = try ChunksExport().run(
      ChunksExport.Input(unit: context.unit, artifacts: artifacts), options: NoOptions(), context: context)
    let lines = try context.bytes(of: "chunks/document.chunks.jsonl").split(separator: UInt8(ascii: "\n")).map {
      try json(Array($0))
    }
    #expect(lines.count == 2)
    #expect(lines[0]["text"] == "1 Introduction\n1.1 Lists\n\nPlain, bold\n\n• first")
    #expect(lines[0]["kind"] == "text" && lines[0]["pages"] == [1] && lines[0]["boxes"]?.array?.count == 2)
    let rows = "| Region | Sales & more |\n| 2025 | 2026 |\n| North | 1 | 2 |"
    #expect(lines[1]["kind"] == "table" && lines[1]["body"] == .string(rows))
  }

  @Test("fields tell the type, the values and what is missing")
  func fields() throws {
    let artifacts = try MadeDocument.everything().artifacts()
    let place = Provenance(page: 1, box: BoundingBox(left: 1, top: 2, right: 3, bottom: 4))
    artifacts.put(gap: .engineFailed, for: UnitID(.classification))
    try artifacts.put(
      ExtractionOutput(
        fields: [
          "invoice_number": ExtractedField(
            text: "No. 17", value: "17", kind: .identifier, confidence: Score(0.9), provenance: place)
        ],
        pairs: [
          KeyValuePair(
            label: "Total", value: "12,00", labelProvenance: place, valueProvenance: place, confidence: Score(0.8))
        ], entities: [], lineItems: []))
    let context = try RecordingContext(UnitID(.export, .format("fields")))
    _ = try FieldsExport().run(
      FieldsExport.Input(unit: context.unit, artifacts: artifacts), options: NoOptions(), context: context)
    let value = try json(context.bytes(of: "fields/document.fields.json"))
    #expect(value["fields"]?["invoice_number"]?["value"] == "17" && value["fields"]?["invoice_number"]?["page"] == 1)
    #expect(value["pairs"] == [["Total", "12,00"]])
    #expect(
      value["gaps"] == [["page": 3, "code": "crashed"]] && value["unavailable"] == ["classification": "engine_failed"])
  }

  @Test("JSON has all that is known, as kept")
  func document() throws {
    let artifacts = try MadeDocument.everything().artifacts()
    try artifacts.put(
      IngestOutput(
        type: .pdf, pageCount: 4, metadata: DocumentMetadata(author: "Somebody"), outline: [], encrypted: false))
    for stage in [StageID.classification, .extraction, .chunking] { artifacts.put(gap: .timedOut, for: UnitID(stage)) }
    let context = try RecordingContext(UnitID(.export, .format("json")))
    _ = try JSONExport().run(
      JSONExport.Input(unit: context.unit, artifacts: artifacts), options: NoOptions(), context: context)
    let bytes = try context.bytes(of: "json/document.json")
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == String(decoding: try GoldenFile.bytes("everything.json", now: bytes), as: UTF8.self))
    let value = try json(bytes)
    #expect(value["schema"] == "sheaf.document/1" && value["summary"]?[0]?["text"] == "Plain")
    #expect(value["unavailable"]?.object?.count == 3 && value["pages"]?[2]?["gap"] == "crashed")
    #expect(value["entries"]?.array?.count == MadeDocument.everything().order.count)
  }

  @Test("hOCR has every word with its place in pixels")
  func hocr() throws {
    var page = MadeScan.Page()
    page.line([("A&B", BoundingBox(left: 10, top: 20, right: 40, bottom: 32))])
    var lost = MadeScan.Page()
    lost.gap = .timedOut
    var scan = try MadeScan.blank(page)
    scan.pages.append(lost)
    let bytes = try scan.export(HOCRExport.self)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("title=\"bbox 20 40 80 64; x_wconf 90\">A&amp;B</span>"))
    #expect(text.contains("bbox 0 0 600 800; ppageno 0; scan_res 144 144"))
    #expect(text.contains("<!-- page 2 could not be read: timed_out -->"))
    #expect(String(decoding: try GoldenFile.bytes("scan.hocr", now: bytes), as: UTF8.self) == text)
  }

  @Test("hOCR is XML, whatever its words are", .enabled(if: CommandTool.python != nil, "needs a Python"))
  func wellFormed() throws {
    var random = RandomText(seed: 3)
    var page = MadeScan.Page()
    for row in 0..<40 {
      let top = 5 + Double(row) * 9
      page.line([(random.line() + "\u{1}\u{FFFF}", BoundingBox(left: 10, top: top, right: 90, bottom: top + 8))])
    }
    let python = try #require(CommandTool.python)
    let script = """
      import sys, xml.etree.ElementTree as E
      tree = E.fromstring(sys.stdin.buffer.read())
      print(sum(e.get("class") == "ocrx_word" for e in tree.iter()))
      """
    let read = try python.run(["-c", script], input: try MadeScan.blank(page).export(HOCRExport.self))
    #expect(read.output == "40\n")
  }
}
