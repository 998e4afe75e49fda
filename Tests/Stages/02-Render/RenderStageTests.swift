import Contracts
import DocumentModel
import Leptonica
import StageKit
import TestSupport
import Testing

@testable import Render

@Suite("Render")
struct RenderStageTests {
  private static let prose = "Every morning the lighthouse keeper walked down to the harbour and counted returning"

  /// A page of 612 × 792 with text in Times, and objects from number 4 on.
  private func page(
    _ content: String, dictionary: String = "", resources: String = "", others: [String] = []
  ) -> [UInt8] {
    WrittenPDF.bytes(
      pages: [
        "/MediaBox [0 0 612 792] /Contents 4 0 R \(dictionary) /Resources << /Font << /F 5 0 R >> \(resources) >>"
      ],
      others: [
        "<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
      ] + others)
  }

  /// A grey image of one shade with black squares as large as letters at 150 dots per inch.
  private func scan(width: Int, height: Int) -> String {
    var rows = ""
    for y in 0..<height {
      for x in 0..<width { rows += x % 20 < 10 && y % 30 < 14 && x > 100 && y > 100 ? "00" : "FF" }
    }
    return "<< /Type /XObject /Subtype /Image /Width \(width) /Height \(height) /ColorSpace /DeviceGray "
      + "/BitsPerComponent 8 /Filter /ASCIIHexDecode /Length \(rows.utf8.count + 1) >>\nstream\n\(rows)>\nendstream"
  }

  @Test("a page of typed text is trusted and drawn once, fine enough for lines")
  func typedText() throws {
    let run = try RenderRun(page("BT /F 12 Tf 72 700 Td (\(Self.prose)) Tj ET 72 600 200 1 re f"))
    let output = run.output
    #expect(output.verdict.judgement == .trusted)
    #expect(output.verdict.plausible == .certain)
    #expect(output.words.map(\.text).joined(separator: " ") == Self.prose)
    #expect(output.raster.resolution == 108)
    #expect(!output.raster.native)
    #expect(run.context.fileNames == ["0001.tif", "0001.jpg"])
    let raster = try run.raster()
    #expect((raster.width, raster.height) == (output.raster.width, output.raster.height))
    // The rule from 600 up: 792 − 600.5 points from the top.
    #expect((raster.pixel(x: 250, y: 287) ?? 255) < 128)
    let preview = try RasterImage.decode(run.context.bytes(of: "0001.jpg"), pixelLimit: 10_000_000)
    #expect((preview.width, preview.height) == (output.preview.width, output.preview.height))
  }

  @Test("the same page yields the same bytes")
  func determinism() throws {
    let bytes = page("BT /F 12 Tf 72 700 Td (\(Self.prose)) Tj ET 1 0 0 rg 72 600 200 50 re f")
    let (one, two) = (try RenderRun(bytes), try RenderRun(bytes))
    #expect(one.output == two.output)
    for name in one.context.fileNames { #expect(try one.context.bytes(of: name) == two.context.bytes(of: name)) }
  }

  @Test("a page without text but with ink is drawn for recognition; a blank one is not")
  func noText() throws {
    let drawn = try RenderRun(page("72 600 200 50 re f")).output
    #expect(drawn.verdict.judgement == .absent)
    #expect(drawn.raster.resolution == 216)
    let blank = try RenderRun(page("")).output
    #expect(blank.verdict.judgement == .absent)
    #expect(blank.raster.resolution == 108)
  }

  @Test("text that is drawn as shapes has no layer, though its bullets are typed", arguments: [(8, true), (2, false)])
  func outlined(lines: Int, isOutlined: Bool) throws {
    var content = ""
    for line in 0..<lines {
      let y = 700 - 24 * line
      content += "BT /F 12 Tf 60 \(y) Td (*) Tj ET\n"
      for letter in 0..<60 { content += "\(80 + 7 * letter) \(y) 5 \(6 + letter % 3) re f\n" }
    }
    let output = try RenderRun(page(content)).output
    #expect(output.verdict.judgement == (isOutlined ? .absent : .trusted))
    #expect(output.raster.resolution == (isOutlined ? 216 : 108))
  }

  @Test("letters that make no words are a broken text layer")
  func brokenText() throws {
    let garble = "Hyhub prqlqj wkh oljkwkrxvh nhhshu zdonhg grzq wr wkh kduerxu dqg frxqwhg uhwxuqlqj erdwv vkdgrzv"
    let output = try RenderRun(page("BT /F 12 Tf 72 700 Td (\(garble)) Tj ET")).output
    #expect(output.verdict.judgement == .broken)
    #expect(output.raster.resolution == 216)
    let cid = String(repeating: "\\(cid:12\\)\\(cid:7\\) ", count: 12)
    #expect(try RenderRun(page("BT /F 12 Tf 72 700 Td (\(cid)) Tj ET")).output.verdict.judgement == .broken)
  }

  @Test("a broken text layer whose letters are not drawn is kept: nothing could be recognised")
  func undrawnText() throws {
    let garble = "Hyhub prqlqj wkh oljkwkrxvh nhhshu zdonhg grzq wr wkh kduerxu dqg frxqwhg uhwxuqlqj erdwv vkdgrzv"
    // As a font that cannot be drawn: nothing appears.
    let output = try RenderRun(page("BT 3 Tr /F 12 Tf 72 700 Td (\(garble)) Tj ET 72 600 200 1 re f")).output
    #expect(output.verdict.judgement == .trusted)
    #expect(output.verdict.plausible.value < 0.65)
  }

  @Test(
    "words of other languages and short codes are not taken for garble",
    arguments: [
      "Die Angstschweisstropfen rannen langsam durch das Gesicht der Bergsteigerin Schlossstrasse",
      "Zaden czlowiek nie zdazyl przeczytac wszystkich wspanialych ksiazek podczas wakacji",
      "let checkIfUndefinedTwice expandAfterNextToken killTrailingSpaces firstOfTwoOnly afterTheNextGroup "
        + "secondOfTwoOnly returnToOldState gobbleUntilEndMark isBitSetBetween",
      String(repeating: "DeclareFontShape{TU}{lmr}{bx}{n} set.UnicodeFontFile{lmsans-bold}{lmrm} ", count: 5),
      "INV-2024-0031 A4711/B KX-550 12.50 EUR 99.00 USD PO4411 SKU-9981-22 XJ/4400-1",
    ])
  func languages(text: String) throws {
    #expect(try RenderRun(page("BT /F 12 Tf 72 700 Td (\(text)) Tj ET")).output.verdict.judgement == .trusted)
  }

  @Test("a full-page scan keeps its own pixels, turned as it is shown", arguments: [0, 90])
  func nativeScan(rotate: Int) throws {
    let bytes = page(
      "q 612 0 0 792 0 0 cm /I Do Q", dictionary: "/Rotate \(rotate)", resources: "/XObject << /I 6 0 R >>",
      others: [scan(width: 1_275, height: 1_650)])
    let run = try RenderRun(bytes)
    let raster = run.output.raster
    #expect(raster.native)
    #expect(raster.resolution == 150)
    #expect((raster.width, raster.height) == (rotate == 0 ? (1_275, 1_650) : (1_650, 1_275)))
    #expect(run.output.verdict.judgement == .absent)
    #expect(run.output.verdict.imageCover == .certain)
    // The first black square begins at (120, 120), above the lower edge by 1650 − 120.
    let pixels = try run.raster()
    let (x, y) = rotate == 0 ? (125, 125) : (1_649 - 125, 125)
    #expect((pixels.pixel(x: x, y: y) ?? 255) < 64)
    #expect((pixels.pixel(x: x, y: y - 10) ?? 0) > 192)
  }

  @Test("a scan with a stamp of typed text is only partly known")
  func partialText() throws {
    let bytes = page(
      "q 612 0 0 792 0 0 cm /I Do Q BT /F 8 Tf 72 20 Td (Downloaded from the archive on Thursday) Tj ET",
      resources: "/XObject << /I 6 0 R >>", others: [scan(width: 1_275, height: 1_650)])
    #expect(try RenderRun(bytes).output.verdict.judgement == .partial)
  }

  @Test("links and form fields come with their places, also of what is not drawn")
  func linksAndFields() throws {
    let bytes = WrittenPDF.bytes(
      pages: ["/MediaBox [0 0 612 792] /Annots [4 0 R 5 0 R 6 0 R]"], catalog: "/AcroForm << /Fields [6 0 R] >>",
      others: [
        "<< /Type /Annot /Subtype /Link /Rect [10 700 110 720] /A << /S /URI /URI (https://example.org/) >> >>",
        "<< /Type /Annot /Subtype /Link /Rect [10 600 110 620] /Dest [3 0 R /Fit] >>",
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Ada) /Rect [20 350 120 365] /P 3 0 R >>",
      ])
    let output = try RenderRun(bytes).output
    #expect(output.links.map(\.target) == ["https://example.org/", "#page=1"])
    #expect(output.links.first?.box == BoundingBox(left: 10, top: 72, right: 110, bottom: 92))
    #expect(
      output.formFields == [
        FormField(
          name: "name", kind: .text, box: BoundingBox(left: 20, top: 427, right: 120, bottom: 442), value: "Ada",
          isHidden: true)
      ])
  }

  @Test("a button that nothing is drawn of is hidden, and the form's label comes along")
  func hiddenButton() throws {
    let place = "/Type /Annot /Subtype /Widget /FT /Btn /P 3 0 R"
    let bytes = WrittenPDF.bytes(
      pages: ["/MediaBox [0 0 612 792] /Annots [4 0 R 5 0 R]"], catalog: "/AcroForm << /Fields [4 0 R 5 0 R] >>",
      others: [
        "<< \(place) /T (a) /TU (Paid in cash) /MK << /BC [0] >> /BS << /W 1 >> /AS /Off /AP << /N << /Yes 6 0 R /Off 6 0 R >> >> /Rect [20 350 32 362] >>",
        "<< \(place) /T (b) /V /Yes /AS /Yes /F 2 /AP << /N << /Yes 6 0 R >> >> /Rect [20 300 32 312] >>",
        "<< /Type /XObject /Subtype /Form /BBox [0 0 12 12] /Length 14 >>\nstream\n1 1 10 10 re S\nendstream",
      ])
    let fields = try RenderRun(bytes).output.formFields
    #expect(fields.map(\.label) == ["Paid in cash", nil])
    #expect(fields.map(\.value) == ["off", "on"])
    #expect(fields.map(\.isHidden) == [nil, true])
  }

  @Test("a form field within itself goes by its own name, others by their full names")
  func endlessField() throws {
    let place = "/Type /Annot /Subtype /Widget /P 3 0 R /Rect [20 350 120 365]"
    func names(of parent: Int) throws -> [String] {
      let bytes = WrittenPDF.bytes(
        pages: ["/MediaBox [0 0 612 792] /Annots [5 0 R]"], catalog: "/AcroForm << /Fields [4 0 R 5 0 R] >>",
        others: [
          "<< /T (person) /FT /Tx \(parent == 4 ? "/Kids [5 0 R]" : "") >>",
          "<< \(place) /FT /Tx /T (name) /V (Ada) /Parent \(parent) 0 R >>",
        ])
      return try RenderRun(bytes).output.formFields.map(\.name)
    }
    #expect(try names(of: 4) == ["person.name"])
    #expect(try names(of: 5) == ["name"])
  }

  @Test("a field beyond all bounds is hidden, and a password is not told")
  func strangeFields() throws {
    let place = "/Type /Annot /Subtype /Widget /FT /Tx /P 3 0 R"
    let far = String(repeating: "9", count: 23)
    let bytes = WrittenPDF.bytes(
      pages: ["/MediaBox [0 0 612 792] /Annots [4 0 R 5 0 R]"], catalog: "/AcroForm << /Fields [4 0 R 5 0 R] >>",
      others: [
        "<< \(place) /T (far) /V (away) /Rect [\(far) 0 \(far) 10] >>",
        "<< \(place) /T (secret) /V (sesame) /Ff 8192 /Rect [20 350 120 365] >>",
      ])
    let fields = try RenderRun(bytes).output.formFields
    #expect(fields.map(\.name) == ["far", "secret"])
    #expect(fields.map(\.value) == ["away", ""])
    #expect(fields.first?.isHidden == true)
  }

  @Test("a scan that belongs to a layer is drawn as the layer is: not where it is off", arguments: [true, false])
  func layeredScan(isOn: Bool) throws {
    let content = "q 612 0 0 792 0 0 cm /I Do Q"
    let bytes = WrittenPDF.bytes(
      pages: ["/MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >>"],
      catalog: "/OCProperties << /OCGs [6 0 R] /D << /\(isOn ? "ON" : "OFF") [6 0 R] >> >>",
      others: [
        "<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream",
        "<< /Type /XObject /Subtype /Image /Width 1275 /Height 1650 /ColorSpace /DeviceGray /BitsPerComponent 1 "
          + "/OC 6 0 R /Length 264000 >>\nstream\n\(String(repeating: "\u{0}", count: 264_000))\nendstream",
        "<< /Type /OCG /Name (scan) >>",
      ])
    #expect(try RenderRun(bytes).raster().isBlank() == !isOn)
  }

  @Test("a page as large as ingest allows is drawn within the limit of pixels")
  func largePage() throws {
    let bytes = WrittenPDF.bytes(
      pages: ["/MediaBox [0 0 14400 1800] /Contents 4 0 R"],
      others: [
        "<< /Length 20 >>\nstream\n0 0 1000 1000 re f  \nendstream"
      ])
    let output = try RenderRun(bytes, size: PageSize(width: 14_400, height: 1_800)).output
    #expect(output.raster.width * output.raster.height <= 18_100_000)
    #expect(output.raster.width <= 32_767)
  }

  @Test("a page that is not there is a failure of that page")
  func missingPage() {
    #expect {
      try RenderRun(page(""), page: 2)
    } throws: { ($0 as? StageFailure)?.code == .pageUnreadable && ($0 as? StageFailure)?.page == 2 }
  }
}
