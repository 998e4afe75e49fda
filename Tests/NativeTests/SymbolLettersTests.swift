import DocumentModel
import Testing

@testable import Poppler

@Suite("Letters of TeX's fonts of symbols")
struct SymbolLettersTests {
  private static func letters(_ text: String, run: Int?, at left: Double, width: Double = 5) -> [TextLayerCharacter] {
    text.unicodeScalars.enumerated().map { index, scalar in
      TextLayerCharacter(
        scalar: scalar, left: left + width * Double(index), top: 100, right: left + width * Double(index + 1),
        bottom: 110, run: run)
    }
  }

  private func read(_ text: String, in font: String) -> String {
    let read = SymbolLetters.decoded(
      Self.letters(text, run: 0, at: 0), runs: [TextLayerRun(font: 0, size: 10, color: nil, underlined: false)],
      fonts: [Font(postScriptName: font)])
    return String(String.UnicodeScalarView(read.map(\.scalar)))
  }

  @Test(
    "codes are read as the symbols that the font has there",
    arguments: [
      ("h", "ABCDEF+CMSY10", "⟨"), ("i", "LMMathSymbols8-Regular", "⟩"), ("0", "txsys", "′"), ("t", "CMBSY7", "⊔"),
      ("\u{1C}", "CMSY10", "≪"), (">", "CMSY10", "⊤"), ("?", "rtxmi", "⋆"), ("X", "CMEX10", "∑"), ("Z", "txexs", "∫"),
      ("s", "LMMathExtension10-Regular", "√"), (".", "MSAM10", "≲"), ("X", "MSAM7", "✓"), ("~", "txsyb", "ℏ"),
      ("2", "LASY10", "□"),
    ])
  func symbols(code: String, font: String, symbol: String) {
    #expect(read(code, in: font) == symbol)
  }

  @Test(
    "what a font can mean by itself stays",
    arguments: [
      ("A{|}\\∗−·", "CMSY10"), ("x,y./<>", "CMMI10"), ("()[]", "CMEX10"), ("RZ", "MSBM10"), ("/\u{FE01}", "txexs"),
      ("hi0", "CMR10"),
      ("hi06X", "Times-Roman"),
    ])
  func natural(text: String, font: String) {
    #expect(read(text, in: font) == text)
  }

  @Test("a stroke and the sign under it are one letter, and so are the foot and the shaft of an arrow")
  func pieces() {
    let runs = [0, 1].map { TextLayerRun(font: $0, size: 10, color: nil, underlined: false) }
    let fonts = ["CMSY10", "CMR10"].map(Font.init(postScriptName:))
    func told(_ first: String, _ second: String, apart: Double) -> String {
      let read = SymbolLetters.decoded(
        Self.letters(first, run: 0, at: 50, width: 0) + Self.letters(second, run: 1, at: 50 + apart), runs: runs,
        fonts: fonts)
      return String(String.UnicodeScalarView(read.map(\.scalar)))
    }
    #expect(told("6", "=", apart: 0) == "\u{2260}")
    #expect(told("6", "∈", apart: 0.5) == "\u{2209}")
    #expect(told("7", "→", apart: 0) == "↦")
    #expect(told("6", "x", apart: 0) == "\u{338}x")
    #expect(told("6", "=", apart: 20) == "\u{338}=")
  }

  @Test("a letter c in a circle is a copyright sign: alone, with room around it, a little above the line")
  func copyright() throws {
    func words(_ content: String) throws -> [String] {
      try PopplerDocument.open(
        PlainPDF.page(
          content: content, dictionary: "/MediaBox [0 0 612 792] /Resources << /Font << /A 5 0 R /B 6 0 R >> >>",
          others: ["Times-Roman", "Times-Italic"].map { "<< /Type /Font /Subtype /Type1 /BaseFont /\($0) >>" })
      ).page(1).textLayer().words.map(\.text)
    }
    func line(raised: Double, room: Double, font: String = "A") -> String {
      "BT /A 10 Tf 20 500 Td (of) Tj ET BT /\(font) 10 Tf 36 \(500 + raised) Td (c) Tj ET "
        + "BT /A 10 Tf \(36 + 4.44 + room) 500 Td (2006) Tj ET"
    }
    #expect(try words(line(raised: 0.3, room: 6)) == ["of", "©", "2006"])
    #expect(try words(line(raised: 0, room: 6)) == ["of", "c", "2006"])
    #expect(try words(line(raised: 0.3, room: 2.5)) == ["of", "c", "2006"])
    #expect(try words(line(raised: 3, room: 6)) == ["of", "c", "2006"])
    #expect(try words(line(raised: 0.3, room: 6, font: "B")) == ["of", "c", "2006"])
  }
}
