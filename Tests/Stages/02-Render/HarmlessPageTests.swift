import CanonicalJSON
import Contracts
import DocumentModel
import Leptonica
import Poppler
import QPDF
import TestSupport
import Testing

@testable import Render

@Suite("Render: pages that would take too much")
struct HarmlessPageTests {
  private static func stream(_ content: String, _ dictionary: String = "") -> String {
    "<< \(dictionary) /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream"
  }

  /// A glyph that fills with a pattern that sets the glyph's own font; or, as many programs write it, only resources that
  /// name the font again.
  private static func typeThree(glyph: String) -> [UInt8] {
    WrittenPDF.bytes(
      pages: ["/MediaBox [0 0 600 800] /Contents 4 0 R /Resources 5 0 R"],
      others: [
        stream("BT /T 20 Tf 100 500 Td (ab) Tj ET BT /F 12 Tf 100 300 Td (Every morning the keeper walked) Tj ET"),
        "<< /Font << /T 6 0 R /F 8 0 R >> /Pattern << /P 7 0 R >> >>",
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 750 750] /FontMatrix [.01 0 0 .01 0 0] /FirstChar 97 /LastChar 98 "
          + "/Widths [1000 1000] /Encoding << /Type /Encoding /Differences [97 /a /b] >> /Resources 5 0 R "
          + "/CharProcs << /a 9 0 R /b 9 0 R >> >>",
        stream(
          "BT /T 4 Tf 10 0 0 10 1 1 Tm (ba) Tj ET",
          "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 60 60] /XStep 55 /YStep 32 /Resources 5 0 R"
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>", stream(glyph),
      ])
  }

  @Test("a font that draws itself is left out, the rest of the page is there")
  func cyclicFont() throws {
    let glyph = "1000 0 d0 /Pattern cs /P scn 0 0 750 750 re f BT /T 9 Tf (ab) Tj ET"
    let run = try RenderRun(Self.typeThree(glyph: glyph), size: PageSize(width: 600, height: 800))
    #expect(run.output.words.map(\.text).suffix(5) == ["Every", "morning", "the", "keeper", "walked"])
    #expect(run.output.omissions == [.fontLeftOut])
    // Later stages read it from the checkpoint.
    let read = try CanonicalDecoder().decode(RenderOutput.self, from: CanonicalEncoder().encode(run.output))
    #expect(read == run.output)
    #expect(run.context.logs.contains { $0.contains("font_left_out") })
    #expect(try !run.raster().isBlank())
  }

  @Test("a font whose resources name it, as pages share them, is drawn as ever")
  func sharedResources() throws {
    let run = try RenderRun(
      Self.typeThree(glyph: "1000 0 d0 0 0 750 750 re f"), size: PageSize(width: 600, height: 800))
    #expect(run.output.omissions == nil)
    let makeup = try Self.makeup(of: Self.typeThree(glyph: "1000 0 d0 0 0 750 750 re f"))
    #expect(!makeup.hasCyclicFont)
  }

  @Test("a page that cannot be drawn to its end keeps what was drawn, and its text")
  func endlessGlyph() throws {
    let bytes = WrittenPDF.bytes(
      pages: ["/MediaBox [0 0 600 800] /Contents 4 0 R /Resources 5 0 R"],
      others: [
        Self.stream(
          "0 0 300 300 re f BT /T 20 Tf 100 500 Td (a) Tj ET BT /F 12 Tf 100 400 Td (Every morning) Tj ET"),
        "<< /Font << /T 6 0 R /F 7 0 R >> >>",
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9000000 9000000] /FontMatrix [.01 0 0 .01 0 0] /FirstChar 97 "
          + "/LastChar 97 /Widths [1000] /Encoding << /Type /Encoding /Differences [97 /a] >> /Resources << >> "
          + "/CharProcs << /a 8 0 R >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
        Self.stream("1000 0 0 0 9000000 9000000 d1 0 0 9000000 9000000 re f"),
      ])
    let run = try RenderRun(bytes, size: PageSize(width: 600, height: 800))
    #expect(run.output.words.map(\.text).suffix(2) == ["Every", "morning"])
    #expect(run.output.omissions == [.drawingIncomplete])
    #expect(run.context.logs.contains { $0.contains("could not be drawn to its end") })
    #expect(try !run.raster().isBlank())
  }

  @Test("a font that is too damaged to be drawn is told, and its words are there", arguments: ["TrueType", "Type1"])
  func damagedFont(kind: String) throws {
    let bytes = WrittenPDF.bytes(
      pages: ["/MediaBox [0 0 600 800] /Contents 4 0 R /Resources 5 0 R"],
      others: [
        Self.stream(
          "BT /D 12 Tf 100 500 Td (Every morning) Tj ET BT /F 12 Tf 100 400 Td (the keeper walked) Tj ET"),
        "<< /Font << /D 6 0 R /F 9 0 R >> >>",
        "<< /Type /Font /Subtype /\(kind) /BaseFont /Damaged /FirstChar 32 /LastChar 122 /Widths ["
          + String(repeating: "500 ", count: 91) + "] /Encoding /WinAnsiEncoding /FontDescriptor 7 0 R >>",
        "<< /Type /FontDescriptor /FontName /Damaged /Flags 32 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 "
          + "/Descent -200 /CapHeight 700 /StemV 80 /\(kind == "Type1" ? "FontFile" : "FontFile2") 8 0 R >>",
        Self.stream(
          (kind == "Type1" ? "%!PS-AdobeFont-1.0: Damaged" : "\u{0}\u{1}\u{0}\u{0}\u{0}\u{9}")
            + String(repeating: " no font", count: 40)),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
      ])
    let run = try RenderRun(bytes, size: PageSize(width: 600, height: 800))
    #expect(run.output.words.map(\.text) == ["Every", "morning", "the", "keeper", "walked"])
    #expect(run.output.omissions == [.fontUnreadable])
    #expect(run.output.isDrawable)
    #expect(run.context.logs.contains { $0.contains("font of the page is damaged") })
  }

  @Test("a heavy image amid other things is drawn from a smaller one")
  func heavyImage() throws {
    let rows = String(repeating: "00FF", count: 200 * 100)
    let content = "q 400 0 0 400 100 200 cm /I Do Q BT /F 12 Tf 100 100 Td (below) Tj ET"
    let bytes = WrittenPDF.bytes(
      pages: [
        "/MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> /Font << /F 6 0 R >> >>"
      ],
      others: [
        Self.stream(content),
        Self.stream(
          rows + ">",
          "/Type /XObject /Subtype /Image /Width 200 /Height 200 /ColorSpace /DeviceGray /BitsPerComponent 8 "
            + "/Filter /ASCIIHexDecode"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
      ])
    let file = try Self.file(bytes)
    let makeup = try PDFReader(descriptor: file).look(atPage: 1)
    #expect(makeup.images.map(\.pixelCount) == [40_000])
    #expect(try HarmlessPage(1, makeup, descriptor: file, password: nil) == nil)
    let harmless = try #require(try HarmlessPage(1, makeup, descriptor: file, password: nil, heavy: 30_000))
    #expect(harmless.omissions == [.imageReduced])
    // Black and white columns have become grey.
    let raster = try harmless.page.render(resolution: 72)
    let pixel = raster.withPixels {
      $0.loadUnaligned(fromByteOffset: 400 * raster.bytesPerRow + 4 * 300, as: UInt32.self)
    }
    #expect((100...156).contains(pixel & 0xFF))
    #expect(harmless.page.textLayer().words.map(\.text) == ["below"])
  }

  @Test("a page that is drawn from a smaller image tells the text of its notes, and shows no layer that is off")
  func surroundings() throws {
    let content =
      "q 400 0 0 400 100 200 cm /I Do Q BT /F 12 Tf 100 100 Td (below) Tj ET "
      + "/OC /L BDC BT /F 12 Tf 100 150 Td (DRAFT) Tj ET 100 600 400 50 re f EMC"
    let bytes = WrittenPDF.bytes(
      pages: [
        "/MediaBox [0 0 600 800] /Contents 4 0 R /Annots [8 0 R] /Resources << /XObject << /I 5 0 R >> "
          + "/Font << /F 6 0 R >> /Properties << /L 7 0 R >> >>"
      ],
      catalog: "/OCProperties << /OCGs [7 0 R] /D << /OFF [7 0 R] >> >>",
      others: [
        Self.stream(content),
        Self.stream(
          String(repeating: "\u{7F}", count: 8_000_000),
          "/Type /XObject /Subtype /Image /Width 8000 /Height 8000 /ColorSpace /DeviceGray /BitsPerComponent 1"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>", "<< /Type /OCG /Name (draft) >>",
        "<< /Type /Annot /Subtype /FreeText /Rect [300 100 500 130] /DA (/F 12 Tf) /Contents (remark) /AP << /N 9 0 R >> >>",
        Self.stream(
          "BT /F 12 Tf 5 5 Td (remark) Tj ET",
          "/Type /XObject /Subtype /Form /BBox [0 0 200 30] /Resources << /Font << /F 6 0 R >> >>"),
      ])
    let run = try RenderRun(bytes, size: PageSize(width: 600, height: 800))
    #expect(run.output.omissions == [.imageReduced])
    #expect(Set(run.output.words.map(\.text)) == ["below", "remark"])
    let raster = try run.raster()
    let scale = Double(raster.width) / 600
    let layer = PixelRect(
      left: Int(110 * scale), top: Int(155 * scale), width: Int(300 * scale), height: Int(30 * scale))
    #expect(try raster.thresholded(at: 128).inkShare(in: layer) == 0)
  }

  @Test("a JPEG too large to decode is made smaller by as much as its decoder can; a damaged one is left to Poppler")
  func heavyPhotograph() throws {
    let bytes = WrittenPDF.bytes(
      pages: [
        "/MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> /Font << /F 6 0 R >> >>"
      ],
      others: [
        Self.stream("q 400 0 0 400 100 200 cm /I Do Q BT /F 12 Tf 100 100 Td (below) Tj ET"),
        Self.stream(
          "no photograph",
          "/Type /XObject /Subtype /Image /Width 9248 /Height 6936 /ColorSpace /DeviceRGB /BitsPerComponent 8 "
            + "/Filter /DCTDecode"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
      ])
    let image = try #require(try Self.makeup(of: bytes).images.first)
    // Sixty-four million pixels: to nine million it is a third, which no decoder makes.
    #expect(ImageDecoding.factor(of: image, from: 2) == 2)
    #expect(ImageDecoding.factor(of: image, from: 3) == 4)
    let run = try RenderRun(bytes, size: PageSize(width: 600, height: 800))
    #expect(run.output.words.map(\.text) == ["below"])
  }

  private static func makeup(of bytes: [UInt8]) throws -> PageMakeup {
    try PDFReader(descriptor: file(bytes)).look(atPage: 1)
  }

  private static func file(_ bytes: [UInt8]) throws -> Int32 {
    let descriptor = try TemporaryFile.anonymous()
    try bytes.withUnsafeBytes { try TemporaryFile.write($0, to: descriptor) }
    return descriptor
  }
}
