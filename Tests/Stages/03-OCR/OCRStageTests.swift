import Contracts
import DocumentModel
import Leptonica
import StageKit
import TestSupport
import Testing

@testable import OCR

@Suite("OCR: the stage")
struct OCRStageTests {
  private func text(_ output: OCROutput) -> [String] { output.words.map(\.text) }

  private static let words = PrintedPage.prose.joined(separator: " ").split(separator: " ").map(String.init)

  @Test("a scanned page is read word for word, in points")
  func upright() throws {
    let output = try PrintedPage().run()
    #expect(text(output) == Self.words)
    #expect(output.source == .recognition && output.turn == .none && output.skew == 0 && output.passes == 1)
    #expect(output.languages == ["eng"])
    let first = try #require(output.words.first)
    #expect(abs(first.box.left - 36) < 2)  // 100 pixels at 200 dpi
    #expect(first.confidence.value > 0.8 && first.source == .recognition && first.turn == .none)
    let baseline = try #require(first.baseline)
    #expect(baseline > first.box.top && baseline <= first.box.bottom + 1)
    #expect(output.words.allSatisfy { $0.size > 5 && $0.size < 25 })
  }

  @Test("a page that stands turned is read, and its boxes are the page's", arguments: QuarterTurn.allCases)
  func turned(turn: QuarterTurn) throws {
    let straight = try PrintedPage().run()
    var page = try PrintedPage()
    page.image = try page.image.turned(turn)
    let output = try page.run()
    #expect(output.turn == turn)
    #expect(text(output) == Self.words)
    let frame = UprightFrame(page: page.size, turn: turn)
    for (word, other) in zip(output.words, straight.words) {
      #expect(word.turn == turn)
      let upright = frame.upright(word.box)
      #expect(abs(upright.left - other.box.left) < 2 && abs(upright.top - other.box.top) < 2)
    }
  }

  @Test("skew above zero falls to the right, and the reading frame makes lines level", arguments: [-2.0, -0.6, 1.5])
  func skewed(degrees: Double) throws {
    var page = try PrintedPage()
    page.image = try page.image.rotated(clockwise: degrees)
    let output = try page.run()
    #expect(abs(output.skew - degrees) < 0.15)
    #expect(text(output) == Self.words)
    let line = output.words.prefix(9)
    let (first, last) = (try #require(line.first), try #require(line.last))
    #expect((last.box.midY > first.box.midY) == (degrees > 0))
    let frame = ReadingFrame(page: page.size, turn: output.turn, skew: output.skew)
    let bottoms = line.filter { !$0.text.contains { "qjpyg".contains($0) } }.map { frame.place($0.box).bottom }
    #expect(try #require(bottoms.max()) - #require(bottoms.min()) < 1.5)
  }

  @Test("a trusted text layer is taken as it is, without recognition")
  func trusted() throws {
    var page = try PrintedPage()
    page.judgement = .trusted
    page.fonts = [Font(name: "Serif", bold: true)]
    let box = BoundingBox(left: 36, top: 40, right: 80, bottom: 52)
    page.words = ["up", "wards"].map { Word(text: $0, box: box, source: .textLayer, font: 0, size: 10, turn: .left) }
    let output = try page.run()
    #expect(output.words == page.words && output.fonts == page.fonts)
    #expect(output.source == .textLayer && output.turn == .left && output.passes == 0 && output.languages.isEmpty)
    var options = OCROptions()
    options.mode = .always
    #expect(try text(page.run(options)) == Self.words)
  }

  @Test("mode never takes a text layer that is broken, and reads nothing where there is none")
  func never() throws {
    var options = OCROptions()
    options.mode = .never
    var page = try PrintedPage()
    #expect(try page.run(options).source == OCROutput.Source.none)
    page.judgement = .broken
    page.words = [Word(text: "(cid:1)", box: page.size.bounds, source: .textLayer, size: 10)]
    #expect(try page.run(options).words == page.words)
  }

  @Test("a text layer that looks broken is taken after all where the page shows just that", arguments: [true, false])
  func confirmed(isShown: Bool) throws {
    var page = try PrintedPage()
    page.judgement = .broken
    // Divided otherwise than recognition divides them; or each letter the next but two in the alphabet.
    let texts = Self.words.flatMap { $0.count > 6 ? [String($0.prefix(3)), String($0.dropFirst(3))] : [$0] }
    page.words = texts.map { text in
      let shifted = String(String.UnicodeScalarView(text.unicodeScalars.map { Unicode.Scalar($0.value + 3) ?? $0 }))
      return Word(text: isShown ? text : shifted, box: page.size.bounds, source: .textLayer, size: 10)
    }
    let output = try page.run()
    #expect(output.source == (isShown ? .textLayer : .recognition) && output.passes == 1)
    #expect(text(output) == (isShown ? texts : Self.words))
    var options = OCROptions()
    options.mode = .always
    #expect(try text(page.run(options)) == Self.words)
  }

  @Test("of a partial page only what no typed word covers is read, and only in the image areas")
  func partial() throws {
    var page = try PrintedPage()
    page.judgement = .partial
    page.fonts = [Font(name: "Serif")]
    // The first line is typed; the second and third stand in an image; the others are drawn, but in no image.
    let lines = try PrintedPage().run().words
    page.words = lines.prefix(9).map { Word(text: $0.text, box: $0.box, source: .textLayer, font: 0, size: 10) }
    page.images = [
      BoundingBox(left: 0, top: 0, right: page.size.width, bottom: (120 + 2 * 70 + 20) * 72 / PrintedPage.resolution)
    ]
    let output = try page.run()
    #expect(output.source == .both && output.fonts == page.fonts)
    #expect(text(output) == PrintedPage.prose.prefix(3).joined(separator: " ").split(separator: " ").map(String.init))
    #expect(output.words.prefix(9).allSatisfy { $0.source == .textLayer })
    #expect(output.words.dropFirst(9).allSatisfy { $0.source == .recognition && $0.font == nil })
  }

  @Test("a blank page and a stained one are read by nobody")
  func blank() throws {
    let context = try RecordingContext(UnitID(.ocr, .page(1)))
    let blank = try PrintedPage([]).run(in: context)
    #expect(blank == OCROutput(source: .none, languages: [], passes: 0, fonts: [], words: []))
    #expect(context.fractions.isEmpty)
  }

  @Test("faint print within a black border is read")
  func faint() throws {
    var page = try PrintedPage(ink: 0xB0)
    let inner = PixelRect(left: 40, top: 40, width: page.image.width - 80, height: page.image.height - 80)
    page.image = try page.image.framed(around: inner)
    #expect(try text(page.run()) == Self.words)
  }

  @Test("a language that is not installed is named, with what is")
  func missingLanguage() throws {
    var options = OCROptions()
    options.languages = ["eng", "xyz"]
    let failure = try #require(throws: StageFailure.self) { try PrintedPage().run(options) }
    #expect(failure.code == .languageDataMissing)
    #expect(failure.message.contains("xyz"))
    let hint = try #require(failure.hint)
    #expect(hint.contains("tesseract-ocr-xyz") && hint.contains("eng"))
  }

  @Test("the same page gives the same words whatever was read before, and progress only grows")
  func deterministic() throws {
    let context = try RecordingContext(UnitID(.ocr, .page(1)))
    let alone = try PrintedPage().run()
    _ = try PrintedPage(["1234 5678 completely different"]).run(in: context)
    let told = context.fractions.count
    #expect(try PrintedPage().run(in: context) == alone)
    let fractions = context.fractions.dropFirst(told)
    #expect(!fractions.isEmpty)
    #expect(Array(fractions) == fractions.sorted() && fractions.allSatisfy { (0...1).contains($0) })
  }

  @Test("keys hold the engines and every language's data")
  func ingredients() throws {
    let ingredients = try OCRStage.ingredients()
    #expect(ingredients.engines.keys.sorted() == ["leptonica", "tesseract"])
    #expect(ingredients.languageData.keys.contains("eng") && ingredients.languageOption == "languages")
    #expect(!ingredients.languageData.keys.contains("osd"))
  }
}
