import Contracts
import DocumentModel
import StageKit
import TestSupport
import Testing

@testable import Ingest

@Suite("Ingest: PDF")
struct PDFIngestTests {
  @Test("pages tell size after rotation, rotation and label")
  func pages() throws {
    let bytes = WrittenPDF.bytes(
      pages: ["/MediaBox [0 0 300 400]", "/MediaBox [0 0 300 400] /Rotate 90", "/MediaBox [0 0 50 60]"],
      catalog: "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /St 3 >>] >>")
    let run = try IngestRun(bytes)
    #expect(run.output.type == .pdf)
    #expect(run.output.pageCount == 3)
    #expect(run.output.metadata.formatVersion == "1.7")
    #expect(!run.output.encrypted)
    #expect(
      try run.page(1) == IngestPage(number: 1, size: PageSize(width: 300, height: 400), rotation: .none, label: "i"))
    #expect(
      try run.page(2) == IngestPage(number: 2, size: PageSize(width: 400, height: 300), rotation: .right, label: "ii"))
    // Its label is its number.
    #expect(try run.page(3) == IngestPage(number: 3, size: PageSize(width: 50, height: 60), rotation: .none))
    #expect(run.context.entered == [1, 2, 3])
  }

  @Test("metadata and outline are read, depth first")
  func outline() throws {
    let bytes = WrittenPDF.bytes(
      pages: ["/MediaBox [0 0 300 400]", "/MediaBox [0 0 300 400]"], catalog: "/Outlines 5 0 R",
      trailer: "/Info 8 0 R",
      others: [
        "<< /Type /Outlines /First 6 0 R /Last 6 0 R /Count 2 >>",
        "<< /Title (One) /Parent 5 0 R /First 7 0 R /Last 7 0 R /Count 1 /Dest [3 0 R /XYZ 0 350 0] >>",
        "<< /Title (Two) /Parent 6 0 R /Dest [4 0 R /Fit] >>",
        "<< /Title (A title) /Author (Somebody) /CreationDate (D:20240301120000Z) >>",
      ])
    let output = try IngestRun(bytes).output
    #expect(output.metadata.title == "A title")
    #expect(output.metadata.author == "Somebody")
    #expect(output.metadata.created == "2024-03-01T12:00:00Z")
    #expect(
      output.outline == [
        Contracts.OutlineEntry(title: "One", level: 1, page: 1, top: 50),
        Contracts.OutlineEntry(title: "Two", level: 2, page: 2, top: nil),
      ])
  }

  @Test("a page that an attempt died on becomes a gap and is not touched")
  func unreadablePages() throws {
    let bytes = WrittenPDF.bytes(pages: ["/MediaBox [0 0 300 400]", "/MediaBox [0 0 300 400]"])
    let run = try IngestRun(bytes, unreadable: [1])
    #expect(run.context.gaps == [1: .pageUnreadable])
    #expect(run.context.entered == [2])
    #expect(try run.page(1) == nil)
    #expect(try run.page(2) != nil)
  }

  @Test("a page too large becomes a gap; a document of nothing else is refused")
  func pageArea() throws {
    let large = "/MediaBox [0 0 14000 14000]"
    let run = try IngestRun(WrittenPDF.bytes(pages: [large, "/MediaBox [0 0 300 400]"]))
    #expect(run.context.gaps == [1: .pageTooLarge])
    #expect(IngestRun.failure(of: WrittenPDF.bytes(pages: [large]))?.code == .pageTooLarge)
  }

  @Test("more pages than allowed are refused with a hint")
  func pageLimit() throws {
    var options = IngestOptions()
    options.maxPages = 1
    let bytes = WrittenPDF.bytes(pages: ["/MediaBox [0 0 300 400]", "/MediaBox [0 0 300 400]"])
    let failure = try #require(IngestRun.failure(of: bytes, options: options))
    #expect(failure.code == .tooManyPages)
    #expect(failure.hint?.contains("ingest.maxPages") == true)
  }

  @Test(
    "what is no document is refused by name",
    arguments: [
      ("", ErrorCode.emptyFile), ("<html><body>x</body></html>", .unsupportedType), ("GIF89a......", .unsupportedType),
      ("PK\u{3}\u{4}word/document.xml", .unsupportedType), ("just text", .unsupportedType),
      ("%PDF-1.4\nnothing in it", .damaged),
    ])
  func refusals(text: String, code: ErrorCode) {
    let failure = IngestRun.failure(of: Array(text.utf8))
    #expect(failure?.code == code)
    #expect(failure?.hint != nil)
  }

  @Test("junk before the header does not hide a PDF")
  func leadingJunk() throws {
    let bytes = WrittenPDF.bytes(pages: ["/MediaBox [0 0 300 400]"])
    #expect(try IngestRun(Array(repeating: 0x20, count: 900) + bytes).output.pageCount == 1)
    #expect(try IngestRun(Array(repeating: 0x20, count: 5_000) + bytes).output.pageCount == 1)
  }
}
