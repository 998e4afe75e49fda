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

  @Test("words of a font that claims no height are as high as its size", arguments: QuarterTurn.allCases)
  func flatFont(turn: QuarterTurn) throws {
    let matrix =
      switch turn {
      case .none: "1 0 0 1"
      case .right: "0 -1 1 0"
      case .half: "-1 0 0 -1"
      case .left: "0 1 -1 0"
      }
    let widths = Array(repeating: "500", count: 95).joined(separator: " ")
    let pdf = PlainPDF.page(
      content: "BT /F 20 Tf \(matrix) 300 300 Tm (words) Tj ET",
      dictionary: "/MediaBox [0 0 600 600] /Resources << /Font << /F 5 0 R >> >>",
      others: [
        "<< /Type /Font /Subtype /TrueType /BaseFont /Flat /FirstChar 32 /LastChar 126 /Widths [\(widths)] "
          + "/Encoding /WinAnsiEncoding /FontDescriptor 6 0 R >>",
        "<< /Type /FontDescriptor /FontName /Flat /Flags 32 /Ascent 1 /Descent -1 /CapHeight 1 /StemV 80 "
          + "/ItalicAngle 0 /FontBBox [0 0 500 1] >>",
      ])
    let word = try #require(try PopplerDocument.open(pdf).page(1).textLayer().words.first)
    #expect(word.text == "words" && word.turn == turn)
    // 50 points along the line, from 4 below its foot to 15 above.
    let (left, top, right, bottom) =
      switch turn {
      case .none: (300.0, 285.0, 350.0, 304.0)
      case .right: (296, 300, 315, 350)
      case .half: (250, 296, 300, 315)
      case .left: (285, 250, 304, 300)
      }
    let box = word.box
    for (told, expected) in zip([box.left, box.top, box.right, box.bottom], [left, top, right, bottom]) {
      #expect(abs(told - expected) < 0.2, "\(box)")
    }
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
      ("LinBiolinumTB", "LinBiolinumTB", true, false, false), ("LinLibertineT", "LinLibertineT", false, false, false),
      ("LinLibertineTZI", "LinLibertineTZI", true, true, false),
      ("LinLibertineMT", "LinLibertineMT", false, false, true), ("t1xtt", "t1xtt", false, false, true),
      ("t1xbtt", "t1xbtt", true, false, true), ("rtxbi", "rtxbi", true, true, false),
      ("txsys", "txsys", false, false, false), ("SFSX1440", "SFSX1440", true, false, false),
      ("SFTT1000", "SFTT1000", false, false, true), ("CMITT10", "CMITT10", false, true, true),
      ("CMSSI10", "CMSSI10", false, true, false), ("ptmb8t", "ptmb8t", true, false, false),
      ("pcrr8r", "pcrr8r", false, false, true), ("phvro8r", "phvro8r", false, true, false),
      ("AdvTimes-b", "AdvTimes-b", true, false, false),
      ("LMRoman10-Bold-Identity-H", "LMRoman10-Bold-Identity-H", true, false, false),
      ("SourceCodePro-Regular", "SourceCodePro-Regular", false, false, true),
      ("LMMonoProp10-Regular", "LMMonoProp10-Regular", false, false, false),
      ("MonotypeCorsiva", "MonotypeCorsiva", false, false, false),
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

  @Test("a capital and the smaller ones after it are one word in small capitals")
  func smallCapitals() throws {
    let layer = try layer { pdf in
      var x = 72.0
      for name in ["ABSTRACT", "AND", "CONTENTS"] {
        x = pdf.text(String(name.prefix(1)), x: x, y: 100, size: 12)
        x = pdf.text(String(name.dropFirst()), x: x + 0.65, y: 100, size: 9.6) + 4
      }
    }
    let joined = layer.words.map { $0.joinsNext ? $0.text : $0.text + " " }.joined()
    #expect(joined == "ABSTRACT AND CONTENTS ")
  }

  @Test("marks between small capitals are as large as capitals, and part nothing")
  func marksInSmallCapitals() throws {
    let layer = try layer { pdf in
      var x = 72.0
      for piece in ["P", "RE", "-", "TRAINING", ",", " O", "UR", "’", "S", " - ", "A", "ND"] {
        let isLarge = ["P", "-", ",", " O", "’", " - ", "A"].contains(piece)
        let text = piece.filter { $0 != " " }
        x += piece.hasPrefix(" ") ? 3.6 : 0
        x = pdf.text(text == "’" ? "'" : text, x: x, y: 100, size: isLarge ? 12 : 9.6) + 0.6
        x += piece.hasSuffix(" ") ? 3.6 : 0
      }
    }
    let joined = layer.words.map { $0.joinsNext ? $0.text : $0.text + " " }.joined()
    #expect(joined == "PRE-TRAINING, OUR'S - AND ")
  }

  @Test("dots that lead from small capitals and a sign before a number are no parts of them")
  func marksBesideSmallCapitals() throws {
    let layer = try layer { pdf in
      var x = pdf.text("C", x: 72, y: 100, size: 12)
      x = pdf.text("LIMATE", x: x + 0.6, y: 100, size: 9.6)
      _ = pdf.text("....", x: x + 0.6, y: 100, size: 12)
      x = pdf.text("12.14", x: 72, y: 130, size: 12)
      _ = pdf.text("-0.11", x: x + 0.6, y: 130, size: 9.6)
    }
    #expect(layer.words.filter(\.joinsNext).map(\.text) == ["C"])
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

  @Test("a page that reads from right to left keeps all its blocks")
  func rightToLeftBlocks() throws {
    let layer = try layer { pdf in
      for row in 0..<12 {
        pdf.text("םלוע םולש", x: 400, y: 100 + 40 * Double(row), size: 12 + Double(row % 3) * 4)
        pdf.text("םולש", x: 100, y: 110 + 40 * Double(row))
      }
      pdf.text("left", x: 20, y: 60)
      pdf.text("margin", x: 20, y: 800)
    }
    #expect(layer.words.count { $0.text == "שלום" } == 24)
    #expect(layer.words.count == 38)
  }

  @Test("the last line of such a page is kept, be it short and far from the margin", arguments: [60.0, 260, 500])
  func rightToLeftEnd(x: Double) throws {
    let layer = try layer { pdf in
      for row in 0..<6 { pdf.text("םלוע םולש הז םג תושדח תולימ", x: 330, y: 100 + 15 * Double(row)) }
      pdf.text("(2024) ףוס", x: x, y: 300)
      pdf.text("Page 3", x: 20, y: 20)
    }
    #expect(layer.words.map(\.text).suffix(2).contains { $0.hasPrefix("סוף") })
    #expect(layer.characterCount == 6 * 22 + 9 + 5)
  }

  @Test("such a page keeps a heading at the left, and one in Latin letters a quotation in Hebrew")
  func rightToLeftStart() throws {
    let turned = try layer { pdf in
      pdf.text("ABC", x: 20, y: 20)
      for row in 0..<6 { pdf.text("םלוע םולש הז םג תושדח תולימ", x: 330, y: 100 + 15 * Double(row)) }
      pdf.text("ףוסה הז ןאכ המיתחה", x: 400, y: 300)
    }
    #expect(turned.characterCount == 3 + 6 * 22 + 15)
    let latin = try layer { pdf in
      for row in 0..<6 { pdf.text("words that stand here from left to right", x: 60, y: 100 + 15 * Double(row)) }
      pdf.text("םולש", x: 400, y: 60)
      pdf.text("end", x: 500, y: 300)
    }
    #expect(latin.characterCount == 6 * 33 + 4 + 3)
    #expect(latin.words.contains { $0.text == "שלום" } && latin.words.last?.text == "end")
  }

  @Test("lam and alef that are one glyph come in their order, whatever Poppler makes of it")
  func lamAlef() throws {
    // a: alef, b: lam, c: both in one glyph of 600, halved by Poppler; shown from the left: "الا" as c, b, a.
    let map =
      "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <ff> "
      + "endcodespacerange 4 beginbfchar <61> <0627> <62> <0644> <63> <06440627> <64> <0628> endbfchar endcmap end end"
    let bytes = PlainPDF.page(
      content: "BT /F 20 Tf 300 300 Td (dcdba) Tj ET BT /F 20 Tf 200 260 Td (dab) Tj ET",
      dictionary: "/MediaBox [0 0 600 400] /Resources << /Font << /F 5 0 R >> >>",
      others: [
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R /FirstChar 97 /Widths [250 320 600 500] "
          + "/LastChar 100 >>",
        PlainPDF.stream(map),
      ])
    let words = try PopplerDocument.open(bytes).page(1).textLayer().words
    // From the right: alef, lam, beh, the ligature, beh.
    #expect(words.map(\.text).contains("البلاب"))
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

  /// A page of 612 × 792 with one content stream; font `/F` is Times, `/T` a Type 3 font of squares, all 600 wide.
  private func plainPage(_ content: String) throws -> TextLayer {
    let squares = "abcdefghijkl".map { "/\($0) 7 0 R" }.joined(separator: " ")
    let names = "abcdefghijkl".map { "/\($0)" }.joined(separator: " ")
    let bytes = PlainPDF.page(
      content: content, dictionary: "/MediaBox [0 0 612 792] /Resources << /Font << /F 5 0 R /T 6 0 R >> >>",
      others: [
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 750 750] /FontMatrix [0.001 0 0 0.001 0 0] "
          + "/CharProcs << \(squares) >> /Encoding << /Type /Encoding /Differences [97 \(names)] >> /FirstChar 97 "
          + "/LastChar 108 /Widths [\(String(repeating: "600 ", count: 12))] /Resources << >> >>",
        PlainPDF.stream("600 0 0 0 500 750 d1 0 0 500 750 re f"),
      ])
    return try PopplerDocument.open(bytes).page(1).textLayer()
  }

  @Test(
    "fragments of one line that stand far apart are words of their own, whichever way they run",
    arguments: ["1 0 0 1 100 400", "0 1 -1 0 300 100", "-1 0 0 -1 500 400", "0 -1 1 0 300 600"])
  func distantFragments(matrix: String) throws {
    let layer = try plainPage(
      "BT /F 10 Tf \(matrix) Tm (Low-performing) Tj ET BT /F 10 Tf \(matrix) Tm 100 0 Td (34%) Tj ET "
        + "BT /F 10 Tf \(matrix) Tm 160 0 Td (3%) Tj ET")
    #expect(Set(layer.words.map(\.text)) == ["Low-performing", "34%", "3%"])
    #expect(layer.words.allSatisfy { !$0.joinsNext })
  }

  @Test("letter-spaced and kerned words stay whole", arguments: [0.5, 1.5, 4, -0.5])
  func letterSpacing(spacing: Double) throws {
    let layer = try plainPage("BT /F 10 Tf \(spacing) Tc 1 0 0 1 100 400 Tm (Spaced) Tj ET")
    let text = layer.words.map(\.text).joined()
    #expect(text == "Spaced")
    // Poppler itself parts letters beyond its own measure of a space; none is parted by ours.
    #expect(layer.words.count == 1 || layer.words.count == 6)
    if spacing < 4 { #expect(layer.words.map(\.text) == ["Spaced"]) }
  }

  @Test("a raised mark joins its word, one in the next column does not")
  func raisedMarks() throws {
    let near = try plainPage("BT /F 10 Tf 100 400 Td (area) Tj /F 6 Tf 4 Ts (2) Tj ET")
    #expect(near.words.map(\.joinsNext) == [true, false])
    let far = try plainPage("BT /F 10 Tf 100 400 Td (area) Tj /F 6 Tf 60 0 Td (2) Tj ET")
    #expect(far.words.map(\.joinsNext) == [false, false])
  }

  @Test("a letter-spaced stamp in the margin stands, though each letter is a word")
  func letterSpacedStamp() throws {
    let up = try plainPage("BT /F 20 Tf 10 Tc 0 1 -1 0 32 200 Tm (arXiv:2503) Tj ET")
    #expect(up.words.allSatisfy { $0.turn == .left && $0.size == 20 })
    let down = try plainPage("BT /F 20 Tf 10 Tc 0 -1 1 0 32 600 Tm (arXiv:2503) Tj ET")
    #expect(down.words.allSatisfy { $0.turn == .right })
  }

  @Test("an unnamed font is monospaced where enough of its letters are equally wide")
  func unnamedFonts() throws {
    let enough = try plainPage("BT /T 10 Tf 100 400 Td (abcdefghij) Tj ET")
    #expect(try enough.words.allSatisfy { enough.fonts[try #require($0.font)].monospaced })
    let few = try plainPage("BT /T 10 Tf 100 400 Td (abcabcabcabc) Tj ET")
    #expect(try few.words.allSatisfy { !few.fonts[try #require($0.font)].monospaced })
  }

  @Test("type whose name says monospaced, but whose letters are of many widths, is not: its words stay apart")
  func typewriterByName() throws {
    // Widths of an old typewriter's face as fonts have it: i and l narrow, m and w wide, the space narrower than either.
    let widths = (32...122).map { code -> Int in
      switch Unicode.Scalar(UInt8(code)) {
      case " ": 278
      case "i", "l", "j", ".", ",": 300
      case "m", "w": 850
      default: 560
      }
    }
    func words(_ font: String) throws -> TextLayer {
      let pdf = PlainPDF.page(
        content: "BT /T 10 Tf 72 400 Td (will women swim in small illnesses, mill, or wallow) Tj ET",
        dictionary: "/MediaBox [0 0 600 600] /Resources << /Font << /T 5 0 R >> >>",
        others: [
          "<< /Type /Font /Subtype /TrueType /BaseFont /\(font) /FirstChar 32 /LastChar 122 "
            + "/Encoding /WinAnsiEncoding /Widths [\(widths.map(String.init).joined(separator: " "))] >>"
        ])
      return try PopplerDocument.open(pdf).page(1).textLayer()
    }
    let layer = try words("OldTypewriter")
    #expect(layer.fonts.map(\.monospaced) == [false])
    #expect(
      layer.words.map(\.text) == ["will", "women", "swim", "in", "small", "illnesses,", "mill,", "or", "wallow"])
  }

  @Test("letters of monospaced type that stand apart are one word, its spaces part words")
  func columnsOfListings() throws {
    // Letters 6 wide every 8, as a listing sets them: "abcdef ghij" with one column left empty.
    let shown = "abcdefghij".enumerated().map { place, letter in
      let column = Double(place < 6 ? place : place + 1)
      return "BT /T 10 Tf 1 0 0 1 \(100 + 8 * column) 400 Tm (\(letter)) Tj ET"
    }
    let layer = try plainPage(shown.joined(separator: " "))
    #expect(layer.words.map(\.text) == ["abcdef", "ghij"])
  }

  @Test("words of monospaced type that were set one by one are words, however close they stand")
  func wordsSetOneByOne() throws {
    // As recognition writes them into a scan: each as wide as it was found, some in the same size.
    let texts = ["the", "lefte", "syde", "of", "myghte", "men", "see", "his", "horse", "launches"]
    let sizes = [10, 10, 10.2, 9.7, 9.4, 9.4, 9.9, 10.1, 10.4, 10.4]
    var left = 100.0
    let shown = zip(texts, sizes).map { text, size in
      defer { left += size * (0.6 * Double(text.count) + 0.33) }
      return "BT /T \(size) Tf 1 0 0 1 \(left) 400 Tm (\(text)) Tj ET"
    }
    let pdf = PlainPDF.page(
      content: shown.joined(separator: " "),
      dictionary: "/MediaBox [0 0 600 600] /Resources << /Font << /T 5 0 R >> >>",
      others: ["<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>"])
    let words = try PopplerDocument.open(pdf).page(1).textLayer().words
    #expect(words.map(\.text) == texts)
    #expect(words.allSatisfy { !$0.joinsNext })
  }

  @Test("the library tells its version")
  func version() { #expect(PopplerVersion.text.hasPrefix("poppler-2")) }

  @Test("a page without text has an empty layer")
  func emptyPage() throws {
    #expect(try layer { _ in } == .none)
  }
}
