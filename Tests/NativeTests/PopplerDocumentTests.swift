import CPoppler
import DocumentModel
import Poppler
import QPDF
import Testing

@Suite("Poppler: documents")
struct PopplerDocumentTests {
  @Test("metadata, labels and outline are read as they were set")
  func documentFacts() throws {
    let pdf = CairoPDF(width: 200, height: 300)
    pdf.metadata(CAIRO_PDF_METADATA_TITLE, "Größe & Maß")
    pdf.metadata(CAIRO_PDF_METADATA_AUTHOR, "A. Author")
    pdf.metadata(CAIRO_PDF_METADATA_CREATE_DATE, "2024-03-01T12:00:00+02:00")
    pdf.label("iv")
    pdf.text("one", x: 20, y: 40)
    pdf.nextPage()
    pdf.text("two", x: 20, y: 40)
    let first = pdf.outline("First", to: "page=1 pos=[20 100]")
    _ = pdf.outline("Below", to: "page=2 pos=[20 30]", below: first, isOpen: false)
    _ = pdf.outline("Web", to: "uri='https://example.org/'")
    pdf.nextPage()
    let document = try PopplerDocument.open(pdf.finish())

    #expect(document.pageCount == 2)
    #expect(document.metadata.title == "Größe & Maß")
    #expect(document.metadata.author == "A. Author")
    #expect(document.metadata.subject == nil)
    #expect(document.metadata.creationDate == "2024-03-01T10:00:00Z")
    #expect(document.metadata.version.hasPrefix("1."))
    #expect(try document.page(1).label == "iv")
    #expect(try document.page(2).label == nil)
    #expect(!document.isEncrypted)
    let outline = document.outline()
    #expect(outline.map(\.title) == ["First", "Web"])
    #expect(outline[0].target == .page(1, top: 100))
    #expect(outline[0].children.map(\.title) == ["Below"])
    #expect(outline[0].children[0].target == .page(2, top: 30))
    #expect(outline[1].target == .uri("https://example.org/"))
  }

  @Test("an outline that contains itself ends at the limits")
  func endlessOutline() throws {
    let bytes = PlainPDF.file([
      "<< /Type /Catalog /Pages 2 0 R /Outlines 4 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
      "<< /Type /Outlines /First 5 0 R /Last 6 0 R /Count 2 >>",
      "<< /Title (a) /Parent 4 0 R /Next 6 0 R /First 5 0 R /Last 6 0 R /Count 2 /Dest [3 0 R /Fit] >>",
      "<< /Title (b) /Parent 4 0 R /Prev 5 0 R /First 5 0 R /Last 6 0 R /Count 2 /Dest [3 0 R /Fit] >>",
    ])
    func count(_ entries: [OutlineEntry]) -> Int { entries.reduce(0) { $0 + 1 + count($1.children) } }
    func depth(_ entries: [OutlineEntry]) -> Int { 1 + (entries.map { depth($0.children) }.max() ?? -1) }
    let outline = try PopplerDocument.open(bytes).outline()
    #expect(count(outline) <= PopplerDocument.outlineEntryLimit)
    #expect(count(outline) > 1)
    #expect(depth(outline) <= PopplerDocument.outlineDepthLimit)
  }

  @Test(
    "size and rotation come from the page's dictionary", arguments: [0, 90, 180, 270],
    ["", "/CropBox [10 20 110 320]"])
  func rotation(degrees: Int, crop: String) throws {
    let bytes = PlainPDF.page(content: "", dictionary: "/MediaBox [0 0 200 400] \(crop) /Rotate \(degrees)")
    let placement = try PopplerDocument.open(bytes).placement(ofPage: 1)
    let upright = crop.isEmpty ? PageSize(width: 200, height: 400) : PageSize(width: 100, height: 300)
    let isSideways = degrees % 180 != 0
    #expect(placement.rotation == QuarterTurn(degrees: degrees))
    #expect(placement.size == (isSideways ? PageSize(width: upright.height, height: upright.width) : upright))
  }

  @Test("the rotation of a square page is told too", arguments: [0, 90, 180, 270, -90, 450])
  func squarePage(degrees: Int) throws {
    let bytes = PlainPDF.page(content: "", dictionary: "/MediaBox [0 0 300 300] /Rotate \(degrees)")
    #expect(try PopplerDocument.open(bytes).placement(ofPage: 1).rotation == QuarterTurn(degrees: degrees))
  }

  @Test("looking at the rotation leaves no mark on the page")
  func rotationLeavesNoMark() throws {
    let document = try PopplerDocument.open(PlainPDF.page(content: "", dictionary: "/MediaBox [0 0 50 50] /Rotate 90"))
    _ = try document.placement(ofPage: 1)
    let raster = try document.page(1).render(resolution: 72)
    let isBlank = raster.withPixels { $0.bindMemory(to: UInt32.self).allSatisfy { $0 & 0xFFFFFF == 0xFFFFFF } }
    #expect(isBlank)
  }

  @Test("what is no PDF is called by its name")
  func refusals() throws {
    #expect(throws: PopplerFailure.empty) { try PopplerDocument.open([]) }
    #expect(throws: PopplerFailure.notPDF) { try PopplerDocument.open(Array("Dear Sir or Madam, …".utf8)) }
    let noPages = PlainPDF.file(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"])
    #expect(throws: PopplerFailure.noPages) { try PopplerDocument.open(noPages) }
    let error = #expect(throws: PopplerFailure.self) { try PopplerDocument.open(Array("%PDF-1.4\ngarbage".utf8)) }
    guard case .damaged = error else {
      Issue.record("\(String(describing: error)) is not damage")
      return
    }
  }

  @Test("a file whose table of objects is lost is repaired")
  func repair() throws {
    let pdf = CairoPDF()
    pdf.text("still here", x: 72, y: 100)
    let bytes = pdf.finish()
    let document = try PopplerDocument.open(Array(bytes.dropLast(20)))
    #expect(document.pageCount == 1)
    #expect(try document.page(1).textLayer().words.map(\.text) == ["still", "here"])
  }

  @Test("no password, a wrong one, the user's and the owner's are told apart")
  func passwords() throws {
    let folder = try TemporaryFolder()
    let plain = try folder.write(PlainPDF.page(content: "", dictionary: "/MediaBox [0 0 50 50]"), as: "plain.pdf")
    let secret = "\(folder.path)/secret.pdf"
    try PDFJob(arguments: ["--encrypt", "user", "owner", "256", "--", plain, secret]).run()
    let bytes = try folder.read("secret.pdf")
    #expect(throws: PopplerFailure.passwordRequired) { try PopplerDocument.open(bytes) }
    #expect(throws: PopplerFailure.passwordWrong) { try PopplerDocument.open(bytes, password: "guess") }
    #expect(throws: PopplerFailure.passwordWrong) { try PopplerDocument.open(bytes, password: "") }
    for password in ["user", "owner"] {
      let document = try PopplerDocument.open(bytes, password: password)
      #expect(document.neededPassword)
      #expect(document.isEncrypted)
    }
  }

  @Test("a file that only forbids opens without a password and says what it forbids")
  func permissions() throws {
    let folder = try TemporaryFolder()
    let plain = try folder.write(PlainPDF.page(content: "", dictionary: "/MediaBox [0 0 50 50]"), as: "plain.pdf")
    try PDFJob(
      arguments: ["--encrypt", "", "owner", "256", "--print=none", "--", plain, "\(folder.path)/locked.pdf"]
    ).run()
    let document = try PopplerDocument.open(try folder.read("locked.pdf"), password: "unneeded")
    #expect(!document.neededPassword)
    #expect(document.isEncrypted)
    #expect(!document.permissions.contains(.print))
    #expect(document.permissions.contains(.copy))
  }

  @Test("a page that is not there is an error of that page")
  func missingPage() throws {
    let document = try PopplerDocument.open(PlainPDF.page(content: "", dictionary: "/MediaBox [0 0 50 50]"))
    #expect(throws: PopplerFailure.pageUnreadable(2)) { try document.page(2) }
    #expect(throws: PopplerFailure.pageUnreadable(0)) { try document.page(0) }
  }

  @Test(
    "asking how a page is turned leaves the other pages of a damaged document readable",
    arguments: ["0000000020 00000 n", "0000000000 00000 f"])
  func damagedPlaces(entry: String) throws {
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] /Rotate 90 >>"
    let whole = PlainPDF.file([
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>", page, page,
    ])
    var lines = String(decoding: whole, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    let last = try #require(lines.lastIndex { $0.hasSuffix(" n ") })
    lines[last] = entry + " "
    let document = try PopplerDocument.open(Array(lines.joined(separator: "\n").utf8))
    #expect(try document.placement(ofPage: 1).rotation == .right)
    #expect(try document.placement(ofPage: 2).size == PageSize(width: 300, height: 200))
  }
}
