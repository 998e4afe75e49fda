import DocumentModel
import Poppler
import Testing

@Suite("Poppler: text layers")
struct PopplerTextTests {
  private func layer(_ draw: (CairoPDF) -> Void) throws -> TextLayer {
    let pdf = CairoPDF()
    draw(pdf)
    return try PopplerDocument.open(pdf.finish()).page(1).textLayer()
  }

  @Test("words stand where they were drawn, to a point")
  func positions() throws {
    var (first, second) = (0.0, 0.0)
    let layer = try layer { pdf in
      pdf.text("Hello brave world", x: 72, y: 100)
      first = 72 + pdf.advance("Hello ")
      second = 72 + pdf.advance("Hello brave ")
      pdf.text("below", x: 300, y: 500, size: 24)
    }
    #expect(layer.words.map(\.text) == ["Hello", "brave", "world", "below"])
    #expect(layer.words.map(\.line) == [0, 0, 0, 1])
    #expect(layer.isConsistent)
    #expect(layer.characterCount == 20)
    #expect(layer.unmappedCount == 0)
    for (word, left) in zip(layer.words, [72, first, second, 300]) { #expect(abs(word.box.left - left) < 1) }
    for word in layer.words.prefix(3) {
      #expect(word.box.top < 100 - 8 && word.box.top > 100 - 14 && word.box.bottom > 100 && word.box.bottom < 104)
      #expect(word.size == 12)
      #expect(word.turn == .none)
    }
    #expect(layer.words[3].size == 24)
  }

  @Test("fonts tell their weight, slant and pitch; colours are told unless black")
  func fonts() throws {
    let layer = try layer { pdf in
      pdf.text("plain", x: 72, y: 100)
      pdf.text("heavy", x: 72, y: 130, bold: true)
      pdf.text("leaning", x: 72, y: 160, face: .serif, italic: true)
      pdf.text("code", x: 72, y: 190, face: .mono, color: (1, 0, 0))
    }
    let fonts = try layer.words.map { layer.fonts[try #require($0.font)] }
    #expect(fonts.map(\.name) == ["DejaVuSans", "DejaVuSans-Bold", "DejaVuSerif-Italic", "DejaVuSansMono"])
    #expect(fonts.map(\.bold) == [false, true, false, false])
    #expect(fonts.map(\.italic) == [false, false, true, false])
    #expect(fonts.map(\.monospaced) == [false, false, false, true])
    #expect(layer.words.map(\.color) == [nil, nil, nil, "ff0000"])
  }

  @Test(
    "fonts of the usual foundries are understood",
    arguments: [
      ("ABCDEF+NimbusRomNo9L-Medi", "NimbusRomNo9L-Medi", true, false, false),
      ("NimbusRomNo9L-ReguItal", "NimbusRomNo9L-ReguItal", false, true, false),
      ("TimesNewRomanPS-BoldItalicMT", "TimesNewRomanPS-BoldItalicMT", true, true, false),
      ("CMBX10", "CMBX10", true, false, false), ("CMTI10", "CMTI10", false, true, false),
      ("CMTT9", "CMTT9", false, false, true), ("CMR10", "CMR10", false, false, false),
      ("Courier", "Courier", false, false, true), ("Helvetica-Oblique", "Helvetica-Oblique", false, true, false),
      ("Arial-Black", "Arial-Black", true, false, false),
      ("MinionPro-Regular", "MinionPro-Regular", false, false, false),
      ("MyriadPro-It", "MyriadPro-It", false, true, false), ("abcdef+X", "abcdef+X", false, false, false),
    ])
  func fontNames(full: String, name: String, bold: Bool, italic: Bool, monospaced: Bool) {
    #expect(
      Font(postScriptName: full) == Font(name: name, bold: bold, italic: italic, monospaced: monospaced))
  }

  @Test("a change of font inside a word splits it, and the parts join")
  func splitWord() throws {
    let layer = try layer { pdf in
      let end = pdf.text("area", x: 72, y: 100)
      pdf.text("2", x: end, y: 95, size: 7)
      pdf.text("next", x: end + 12, y: 100)
    }
    let area = try #require(layer.words.first { $0.text == "area" })
    let exponent = try #require(layer.words.first { $0.text == "2" })
    #expect(area.joinsNext)
    #expect(!exponent.joinsNext)
    #expect(exponent.size == 7)
  }

  @Test(
    "the turn of a word is told by its letters",
    arguments: [(0.0, QuarterTurn.none), (90, .right), (180, .half), (270, .left)])
  func turnedText(degrees: Double, turn: QuarterTurn) throws {
    let layer = try layer { $0.text("sideways", x: 300, y: 400, degrees: degrees) }
    #expect(layer.words.map(\.text) == ["sideways"])
    #expect(layer.words.map(\.turn) == [turn])
  }

  @Test("text on a rotated page stands where the page shows it", arguments: [90, 180, 270])
  func rotatedPage(degrees: Int) throws {
    // At (100, 50) from the lower left of a page of 200 × 400, 20 points high.
    let bytes = PlainPDF.page(
      content: "BT /F 20 Tf 100 50 Td (Up) Tj ET",
      dictionary: "/MediaBox [0 0 200 400] /Rotate \(degrees) /Resources << /Font << /F 5 0 R >> >>",
      others: ["<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>"])
    let word = try #require(try PopplerDocument.open(bytes).page(1).textLayer().words.first)
    #expect(word.turn == QuarterTurn(degrees: degrees))
    // The corner where the text begins, on the page as shown.
    let expected: (x: Double, y: Double) =
      switch degrees {
      case 90: (50, 100)
      case 180: (100, 50)
      default: (350, 100)
      }
    let start: (x: Double, y: Double) =
      switch degrees {
      case 90: (word.box.left, word.box.top)
      case 180: (word.box.right, word.box.top)
      default: (word.box.right, word.box.bottom)
      }
    // Descenders reach below the baseline, so one of the two coordinates is only near.
    #expect(abs(start.x - expected.x) < 7)
    #expect(abs(start.y - expected.y) < 7)
    #expect(abs(degrees == 180 ? start.x - expected.x : start.y - expected.y) < 1)
  }

  @Test("Hebrew comes in reading order, upright, letters and places in step")
  func rightToLeft() throws {
    let layer = try layer { pdf in
      // cairo draws letters in the order given, so the visual order is written here: "shalom olam".
      pdf.text("םלוע םולש", x: 300, y: 100)
    }
    #expect(layer.isConsistent)
    #expect(Set(layer.words.map(\.text)) == ["שלום", "עולם"])
    #expect(layer.words.allSatisfy { $0.turn == .none })
    let shalom = try #require(layer.words.first { $0.text == "שלום" })
    let olam = try #require(layer.words.first { $0.text == "עולם" })
    #expect(shalom.box.left > olam.box.right)
  }

  @Test("letters without a Unicode meaning are counted, not dropped")
  func unmapped() throws {
    let bytes = PlainPDF.page(
      content: "BT /F 20 Tf 20 50 Td (abc) Tj ET",
      dictionary: "/MediaBox [0 0 200 100] /Resources << /Font << /F 5 0 R >> >>",
      others: [
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
        PlainPDF.stream(
          "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <ff> "
            + "endcodespacerange 3 beginbfchar <61> <e001> <62> <e002> <63> <0063> endbfchar endcmap end end"),
      ])
    let layer = try PopplerDocument.open(bytes).page(1).textLayer()
    #expect(layer.characterCount == 3)
    #expect(layer.unmappedCount == 2)
    #expect(layer.words.map(\.text) == ["\u{E001}\u{E002}c"])
  }

  @Test("a page without text has an empty layer")
  func emptyPage() throws {
    #expect(try layer { _ in } == .none)
  }
}
