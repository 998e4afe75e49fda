import DocumentModel
import Leptonica
import Poppler
import QPDF
import Testing

@Suite("Poppler: drawing, images, links, forms")
struct PopplerPageTests {
  @Test("a page is drawn on white at the size asked for")
  func render() throws {
    let pdf = CairoPDF(width: 100, height: 50)
    pdf.fill(x: 10, y: 20, width: 30, height: 10)
    let page = try PopplerDocument.open(pdf.finish()).page(1)
    let raster = try page.render(resolution: 144)
    #expect((raster.width, raster.height) == (200, 100))
    let grey = try RasterImage.taking(raster, resolution: 144)
    #expect(grey.pixel(x: 0, y: 0) == 255)
    #expect(grey.pixel(x: 30, y: 50) == 0)
    #expect(try grey.inkBox() == PixelRect(left: 20, top: 40, width: 60, height: 20))
    let colour = try RasterImage.taking(raster, resolution: 144, as: .rgb)
    #expect(colour.depth == 32)
    #expect(colour.pixel(x: 0, y: 0).map { $0 >> 8 } == 0xFFFFFF)
    #expect(colour.pixel(x: 30, y: 50).map { $0 >> 8 } == 0)
  }

  @Test("a region is the same part of the page")
  func region() throws {
    let pdf = CairoPDF(width: 100, height: 50)
    pdf.fill(x: 10, y: 20, width: 30, height: 10)
    let page = try PopplerDocument.open(pdf.finish()).page(1)
    let raster = try page.render(resolution: 72, region: BoundingBox(left: 5, top: 15, right: 45, bottom: 35))
    #expect((raster.width, raster.height) == (40, 20))
    #expect(
      try RasterImage.taking(raster, resolution: 72).inkBox() == PixelRect(left: 5, top: 5, width: 30, height: 10))
  }

  @Test("a page that would be too large is refused before it is drawn")
  func pixelCap() throws {
    let bytes = PlainPDF.page(content: "", dictionary: "/MediaBox [0 0 14000 14000]")
    let page = try PopplerDocument.open(bytes).page(1)
    #expect(throws: PopplerFailure.tooManyPixels(page: 1, width: 29167, height: 29167, limit: 100_000_000)) {
      try page.render(resolution: 150)
    }
    #expect(throws: PopplerFailure.self) { try page.render(resolution: .infinity) }
  }

  /// A black image of 8 × 4 pixels in a unit square, placed by a matrix on a page of 300 × 400.
  ///
  /// - Parameter text: a matrix for invisible text beside it.
  private func imagePage(matrix: String, rotate: Int, text: String? = nil) throws -> PopplerPage {
    let words = text.map { "BT 3 Tr /F 9 Tf \($0) 150 200 Tm (some words that are not seen) Tj ET " } ?? ""
    let bytes = PlainPDF.page(
      content: words + "q \(matrix) cm /I Do Q",
      dictionary: "/MediaBox [0 0 300 400] /Rotate \(rotate) "
        + "/Resources << /XObject << /I 5 0 R >> /Font << /F 6 0 R >> >>",
      others: [
        PlainPDF.stream(
          String(repeating: "00", count: 32) + ">",
          dictionary: "/Type /XObject /Subtype /Image /Width 8 /Height 4 /ColorSpace /DeviceGray /BitsPerComponent 8 "
            + "/Filter /ASCIIHexDecode"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
      ])
    return try PopplerDocument.open(bytes).page(1)
  }

  @Test(
    "an image's box is where its ink is, however page and content are turned", arguments: [0, 90, 180, 270],
    [
      ("120 0 0 60 150 300", nil),  // upright, upper right
      ("120 0 0 60 20 30", nil),  // upright, lower left
      ("120 0 0 60 20 30", "1 0 0 1"),  // with text that stands likewise
      ("300 0 0 400 0 0", nil),  // the whole page, stretched from wide to tall
      ("0 400 -300 0 300 0", nil),  // the whole page, turned in the content
      ("0 200 -100 0 280 100", "0 1 -1 0"),  // turned in the content, as its text is
      ("0 -100 50 0 100 200", "0 -1 1 0"),  // and the other way
      ("-120 0 0 -60 200 200", "-1 0 0 -1"),  // upside down
    ] as [(String, String?)])
  func imageBoxes(rotate: Int, content: (matrix: String, text: String?)) throws {
    let page = try imagePage(matrix: content.matrix, rotate: rotate, text: content.text)
    let image = try #require(try page.images(turn: page.textLayer().prevailingTurn).first)
    let ink = try #require(try RasterImage.taking(page.render(resolution: 72), resolution: 72).inkBox())
    #expect(abs(image.box.left - Double(ink.left)) <= 1.5)
    #expect(abs(image.box.top - Double(ink.top)) <= 1.5)
    #expect(abs(image.box.right - Double(ink.right)) <= 1.5)
    #expect(abs(image.box.bottom - Double(ink.bottom)) <= 1.5)
  }

  @Test(
    "an image turned otherwise than the text is found where the page shows it", arguments: [0, 90, 180, 270],
    [
      ("0 120 -60 0 200 100", "1 0 0 1"), ("0 -120 60 0 100 300", "1 0 0 1"),  // a quarter turn beside level text
      ("0 120 -60 0 200 100", nil), ("120 0 0 60 20 300", "0 1 -1 0"),
    ] as [(String, String?)])
  func turnedImageBoxes(rotate: Int, content: (matrix: String, text: String?)) throws {
    let page = try imagePage(matrix: content.matrix, rotate: rotate, text: content.text)
    let drawn = try page.render(resolution: 72)
    let image = try #require(try page.images(drawn: drawn, turn: page.textLayer().prevailingTurn).first)
    let ink = try #require(try RasterImage.taking(drawn, resolution: 72).inkBox())
    #expect(abs(image.box.left - Double(ink.left)) <= 1.5)
    #expect(abs(image.box.top - Double(ink.top)) <= 1.5)
    #expect(abs(image.box.right - Double(ink.right)) <= 1.5)
    #expect(abs(image.box.bottom - Double(ink.bottom)) <= 1.5)
  }

  @Test("an image comes at its own resolution")
  func nativeImage() throws {
    let page = try imagePage(matrix: "120 0 0 60 20 30", rotate: 0)
    let raster = try page.image(try #require(page.images(turn: nil).first).id)
    #expect((raster.width, raster.height) == (8, 4))
    #expect(try RasterImage.taking(raster, resolution: 72).pixel(x: 7, y: 3) == 0)
    #expect(throws: PopplerFailure.noImage(page: 1, id: 7)) { try page.image(7) }
    #expect(throws: PopplerFailure.noImage(page: 1, id: -1)) { try page.image(-1) }
  }

  @Test("links lie over what was linked, on rotated pages too", arguments: [0, 90, 180, 270])
  func links(rotate: Int) throws {
    let pdf = CairoPDF(width: 300, height: 400)
    pdf.link("uri='https://example.org/a?b=c'") { pdf.fill(x: 20, y: 30, width: 80, height: 12) }
    pdf.link("dest='there'") { pdf.fill(x: 150, y: 350, width: 40, height: 10) }
    pdf.nextPage()
    pdf.link("page=1 pos=[0 100]") { pdf.text("back", x: 20, y: 40) }
    let folder = try TemporaryFolder()
    let plain = try folder.write(pdf.finish(), as: "plain.pdf")
    try PDFJob(arguments: ["--rotate=+\(rotate):1", plain, "\(folder.path)/turned.pdf"]).run()
    let document = try PopplerDocument.open(try folder.read("turned.pdf"))
    let page = try document.page(1)
    let ink = try RasterImage.taking(page.render(resolution: 72), resolution: 72).componentBoxes()
    let link = try #require(try page.links().first { $0.target == .uri("https://example.org/a?b=c") })
    #expect(
      ink.contains {
        abs(Double($0.left) - link.box.left) <= 1.5 && abs(Double($0.top) - link.box.top) <= 1.5
          && abs(Double($0.right) - link.box.right) <= 1.5 && abs(Double($0.bottom) - link.box.bottom) <= 1.5
      })
    let back = try #require(try document.page(2).links().first)
    guard case .page(1, let top) = back.target else {
      Issue.record("\(back.target) is not page 1")
      return
    }
    if rotate == 0 { #expect(top == 100) }
  }

  @Test("form fields tell name, value and place, on rotated pages too", arguments: [0, 90, 180, 270])
  func formFields(rotate: Int) throws {
    let bytes = PlainPDF.file([
      "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R 6 0 R 7 0 R] >> >>",
      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 300 400] /Rotate \(rotate) "
        + "/Annots [5 0 R 6 0 R 7 0 R] >>",
      PlainPDF.stream("20 350 100 15 re f"),
      "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /TU (Your name) /V (J\\366rg) "
        + "/Rect [20 350 120 365] /P 3 0 R >>",
      "<< /Type /Annot /Subtype /Widget /FT /Btn /T (agree) /V /Yes /AS /Yes /Rect [20 300 30 310] /P 3 0 R "
        + "/AP << /N << /Yes 4 0 R /Off 4 0 R >> >> >>",
      "<< /Type /Annot /Subtype /Widget /FT /Ch /T (country) /Opt [(DE) (FR)] /V (FR) "
        + "/Rect [20 250 90 265] /P 3 0 R >>",
    ])
    let page = try PopplerDocument.open(bytes).page(1)
    let fields = try page.formFields()
    #expect(fields.map(\.name) == ["name", "agree", "country"])
    #expect(fields.first?.label == "Your name")
    #expect(fields.map(\.value) == [.text("Jörg"), .checkBox(isOn: true), .choice(["FR"])])
    let box = try #require(fields.first?.box)
    let expected: BoundingBox =
      switch rotate {
      case 90: BoundingBox(left: 350, top: 20, right: 365, bottom: 120)
      case 180: BoundingBox(left: 180, top: 350, right: 280, bottom: 365)
      case 270: BoundingBox(left: 35, top: 180, right: 50, bottom: 280)
      default: BoundingBox(left: 20, top: 35, right: 120, bottom: 50)
      }
    #expect(box == expected)
  }
}
