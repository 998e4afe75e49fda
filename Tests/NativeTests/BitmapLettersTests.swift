import DocumentModel
import Testing

@testable import Poppler

@Suite("Letters of TeX's bitmap fonts")
struct BitmapLettersTests {
  /// Advances of some letters of Computer Modern, in thousandths.
  private static let widths = [
    "a": 500, "b": 556, "c": 444, "d": 556, "e": 444, "f": 306, "g": 500, "h": 556, "i": 278, "l": 278, "m": 833,
    "n": 556,
    "o": 500, "r": 392, "s": 394, "t": 389, "u": 556,
  ]

  /// A font as TeX makes it of pictures: no name, and letters named by their codes; `first` decides what size Poppler
  /// takes it for.
  private static func font(first: Int) -> String {
    let codes = Array(first...255)
    let all = codes.map { code in
      code < 32 ? 556 : widths[String(Unicode.Scalar(UInt8(code)))] ?? 500
    }
    return "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << "
      + codes.map { "/a\($0) 7 0 R" }.joined(separator: " ")
      + " >> /Encoding << /Type /Encoding /Differences [\(first) "
      + codes.map { "/a\($0)" }.joined(separator: " ") + "] >> /FirstChar \(first) /LastChar 255 /Widths ["
      + all.map(String.init).joined(separator: " ") + "] /Resources << >> >>"
  }

  private func words(_ content: String) throws -> [TextLayerWord] {
    let bytes = PlainPDF.page(
      content: content, dictionary: "/MediaBox [0 0 612 792] /Resources << /Font << /A 5 0 R /B 6 0 R >> >>",
      others: [
        Self.font(first: 11), Self.font(first: 105), PlainPDF.stream("500 0 0 0 500 750 d1 0 0 500 750 re f"),
      ])
    return try PopplerDocument.open(bytes).page(1).textLayer().words
  }

  @Test(
    "ligatures and quotation marks are read in the encoding that the page's ligatures show",
    arguments: [
      ("modi\\034ed", "modi\u{FB01}ed"), ("e\\033ect", "e\u{FB00}ect"), ("\\020un\\034t\\021", "“un\u{FB01}t”"),
      ("1{2 di\\016cult", "1–2 di\u{FB03}cult"), ("ba\\017e", "ba\u{FB04}e"),
      ("gro\\377e", "große"), ("plain", "plain"), ("1{2", "1{2"),
      // A bullet by itself, and a letter in a word.
      ("\\210 item", "• item"), ("\\210 modi\\034ed", "• modi\u{FB01}ed"), ("V\\210 modi\\034ed", "VĹ modi\u{FB01}ed"),
    ])
  func encodings(written: String, read: String) throws {
    let words = try words("BT /A 10 Tf 20 500 Td (\(written)) Tj ET")
    #expect(words.map(\.text).joined(separator: " ") == read)
  }

  @Test("sizes are told by the widths of letters, whatever letter a font begins with, and boxes fit them")
  func sizes() throws {
    let words = try words(
      "BT /A 10 Tf 20 500 Td (the nation) Tj ET BT /B 10 Tf 200 500 Td (minor) Tj ET BT /B 17 Tf 20 300 Td (minor) Tj ET"
    )
    #expect(words.map(\.text) == ["the", "nation", "minor", "minor"])
    #expect(words.map(\.size) == [10, 10, 17, 10])
    for (word, foot) in zip(words, [292.0, 292, 492, 292]) {
      #expect(abs(word.box.bottom - 0.2 * word.size - foot) < 0.1)
      #expect(abs(word.box.height - 0.95 * word.size) < 0.1)
    }
  }

  /// Letters of one width beside each other.
  private func line(_ text: String, width: Double = 1, height: Double = 1) -> [TextLayerCharacter] {
    text.unicodeScalars.enumerated().map { index, scalar in
      TextLayerCharacter(
        scalar: scalar, left: width * Double(index), top: 0, right: width * Double(index + 1), bottom: height, run: 0)
    }
  }

  @Test("a page of dingbats that are codes is read; a page with some dingbats keeps them")
  func dingbats() {
    func decoded(_ text: String) -> String {
      let run = TextLayerRun(font: 0, size: 10, color: nil, underlined: false)
      let found = BitmapLetters.decoded(line(text), runs: [run], fonts: [Font(name: "Default")])
      return String(String.UnicodeScalarView(found.map(\.scalar)))
    }
    #expect(decoded("P❡♥❛❧✐③❡❞ ❧❡❛st sq✉❛r❡s✱ ♠♦r❡ ❡✣❝✐❡♥t") == "Penalized least squares, more e\u{FB03}cient")
    #expect(decoded("✓ done ✗ not done ✉ sent to all who asked") == "✓ done ✗ not done ✉ sent to all who asked")
  }

  @Test("Han, kana and Hangul say nothing of an unnamed font's pitch: they fill a square in any")
  func squares() {
    func isMonospaced(_ text: String) -> Bool {
      let run = TextLayerRun(font: 0, size: 10, color: nil, underlined: false)
      let told = UnnamedFonts.tellMonospaced(line(text), runs: [run], fonts: [Font(name: "Default")])
      return told.fonts[told.runs[0].font ?? 0].monospaced
    }
    #expect(isMonospaced("abcdefghij"))
    // Letters 18 points wide in a font that says 36.
    let letters = line("문서처리", width: 18, height: 46.8)
    let run = TextLayerRun(font: 0, size: 36, color: nil, underlined: false)
    #expect(BitmapLetters.sized(letters, runs: [run], fonts: [Font(name: "Default")]).runs.map(\.size) == [18])
    #expect(!isMonospaced("文書処理システムの概要") && !isMonospaced("문서처리시스템개요소개"))
  }
}
