import DocumentModel
import Leptonica
import Poppler
import Testing
import Tesseract

@Suite("Tesseract: recognition")
struct TesseractTests {
  private static let sentence = "The quick brown fox jumps over the lazy dog."

  private func image(_ text: String, resolution: Int = 300, x: Double = 40) throws -> RasterImage {
    let pdf = CairoPDF(width: 400, height: 100)
    pdf.text(text, x: x, y: 50, size: 12, face: .serif)
    let raster = try PopplerDocumentMaker.page(pdf).render(resolution: Double(resolution))
    return try RasterImage.taking(raster, resolution: resolution)
  }

  @Test("printed text is read exactly, with boxes, baseline and size")
  func exact() throws {
    let engine = try TesseractEngine(languages: ["eng"])
    let recognition = try engine.recognize(try image(Self.sentence))
    #expect(recognition.isComplete)
    #expect(recognition.words.map(\.text).joined(separator: " ") == Self.sentence)
    let first = try #require(recognition.words.first)
    // 300 dpi: 40 points are 166.7 pixels, the baseline at 50 points is 208.3.
    #expect(abs(first.box.left - 167) <= 3)
    #expect(abs(try #require(first.baseline).midY - 208.3) <= 3)
    #expect(first.confidence.value > 0.8)
    #expect(abs(first.pointSize - 12) <= 2)
    #expect(first.turn == .none)
    #expect(first.direction == .leftToRight)
    #expect(first.language == "eng")
    #expect(first.isInDictionary)
    #expect(Set(recognition.words.map(\.line)) == [0])
    #expect(recognition.words.allSatisfy { !$0.joinsNext })
  }

  @Test("the same image gives the same words whatever came before")
  func deterministic() throws {
    let engine = try TesseractEngine(languages: ["eng"])
    let sample = try image(Self.sentence, resolution: 150)
    let alone = try engine.recognize(sample)
    _ = try engine.recognize(try image("1234 5678 completely different 90,12 €"))
    _ = try engine.recognize(try RasterImage(width: 500, height: 500, depth: 8, resolution: 300))
    #expect(try engine.recognize(sample) == alone)
    #expect(try TesseractEngine(languages: ["eng"]).recognize(sample) == alone)
  }

  @Test("a region is read alone, its boxes are those of the whole image")
  func region() throws {
    let engine = try TesseractEngine(languages: ["eng"])
    let pdf = CairoPDF(width: 400, height: 100)
    pdf.text("left side", x: 40, y: 50)
    pdf.text("right side", x: 240, y: 50)
    let page = try RasterImage.taking(PopplerDocumentMaker.page(pdf).render(resolution: 300), resolution: 300)
    let half = PixelRect(left: page.width / 2, top: 0, width: page.width, height: page.height)
    let words = try engine.recognize(page, pageSegmentation: .singleBlock, region: half).words
    #expect(words.map(\.text) == ["right", "side"])
    #expect(abs(try #require(words.first).box.left - 1000) <= 5)
    let outside = PixelRect(left: page.width, top: 0, width: 10, height: 10)
    #expect(try engine.recognize(page, region: outside).words.isEmpty)
  }

  @Test("numbers are known as such, and two languages work together")
  func numbers() throws {
    let engine = try TesseractEngine(languages: ["deu", "eng"])
    let words = try engine.recognize(try image("Größe 1234 weiß")).words
    #expect(words.map(\.text) == ["Größe", "1234", "weiß"])
    #expect(words.map(\.isNumeric) == [false, true, false])
  }

  @Test("an empty image has no words")
  func empty() throws {
    let engine = try TesseractEngine(languages: ["eng"])
    let blank = try RasterImage(width: 600, height: 400, depth: 8, resolution: 300)
    #expect(try engine.recognize(blank) == Recognition(words: [], isComplete: true))
  }

  @Test("recognition ends when the caller wants it to")
  func cancel() throws {
    let engine = try TesseractEngine(languages: ["eng"])
    let page = try LeptonicaImageTests.prose()
    let full = try engine.recognize(page)
    #expect(full.isComplete)
    var asked = 0
    let cut = try engine.recognize(
      page,
      shouldCancel: {
        asked += 1; return asked > 20
      })
    #expect(!cut.isComplete)
    #expect(asked > 20)
    let late = try engine.recognize(page, deadline: 0)
    #expect(!late.isComplete)
    #expect(try engine.recognize(page) == full)
  }

  @Test("missing data names the language and Debian's package")
  func missingLanguage() throws {
    let path = TrainedData.defaultPath
    #expect(throws: TesseractFailure.missingLanguage("xyz", dataPath: path)) {
      try TesseractEngine(languages: ["eng", "xyz"])
    }
    #expect(
      TesseractFailure.missingLanguage("chi_sim", dataPath: path).description.contains("tesseract-ocr-chi-sim"))
    #expect(throws: TesseractFailure.missingLanguage("../eng", dataPath: path)) {
      try TesseractEngine(languages: ["../eng"])
    }
    #expect(throws: TesseractFailure.missingLanguage("eng", dataPath: "/nowhere")) {
      try TesseractEngine(languages: ["eng"], dataPath: "/nowhere")
    }
  }

  @Test("damaged data is an error, not a crash")
  func damagedData() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Array("not a model".utf8), as: "bad.traineddata")
    #expect(throws: TesseractFailure.badLanguageData("bad", dataPath: folder.path)) {
      try TesseractEngine(languages: ["bad"], dataPath: folder.path)
    }
  }

  @Test("installed languages, version and variables are told")
  func facts() throws {
    let languages = TrainedData.installedLanguages()
    #expect(languages.contains("eng"))
    #expect(!languages.contains("osd"))
    #expect(languages == languages.sorted())
    #expect(TesseractEngine.version.hasPrefix("5."))
    let engine = try TesseractEngine(languages: ["eng"])
    try engine.setVariable("tessedit_char_whitelist", to: "")
    #expect(throws: TesseractFailure.badVariable("no_such_thing", value: "1")) {
      try engine.setVariable("no_such_thing", to: "1")
    }
  }

  @Test("script and orientation of a page are told", arguments: QuarterTurn.allCases)
  func script(turn: QuarterTurn) throws {
    let page = try LeptonicaImageTests.prose(resolution: 200).turned(turn)
    let found = try #require(try ScriptDetector().detect(in: page))
    #expect(found.script == "Latin")
    #expect(found.turn == turn)
  }
}
