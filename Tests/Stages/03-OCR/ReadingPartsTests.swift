import DocumentModel
import Leptonica
import StageKit
import Tesseract
import Testing

@testable import OCR

@Suite("OCR: parts")
struct ReadingPartsTests {
  private static let page = PageSize(width: 600, height: 800)
  private static let mapping = PixelMapping(
    page: page, raster: PixelRect(left: 0, top: 0, width: 1_200, height: 1_600), turn: .none, correction: 0, scale: 1)

  private func found(
    _ text: String, _ confidence: Double, width: Int = 60, height: Int = 30
  ) -> Reading.Found {
    let rect = PixelRect(left: 100, top: 100, width: width, height: height)
    let word = RecognizedWord(text: text, box: rect, confidence: Score(confidence), block: 0, paragraph: 0, line: 0)
    return Reading.Found(word: word, mapping: Self.mapping, box: Self.mapping.box(rect), resolution: 144)
  }

  /// Lines whose first word is the given one, an inch apart from the left edge of the text.
  private func lines(_ starts: [String], indents: [Int] = []) -> [Reading.Found] {
    starts.enumerated().flatMap { row, start in
      [(start, 100, 12), ("text", 140 + (row < indents.count ? indents[row] : 0), 80)].map { text, left, width in
        let rect = PixelRect(left: left, top: 100 + 40 * row, width: width, height: 30)
        let word = RecognizedWord(text: text, box: rect, confidence: .certain, block: 0, paragraph: 0, line: row)
        return Reading.Found(word: word, mapping: Self.mapping, box: Self.mapping.box(rect), resolution: 144)
      }
    }
  }

  @Test(
    "signs and letters that begin the lines of a list are bullets",
    arguments: [
      (["¢", "¢", "©", "e"], 4), (["e", "o", "0"], 3), (["¢", "¢"], 0), (["e", "e", "e"], 0), (["a", "b", "c"], 0),
      (["1", "2", "3"], 0), (["•", "»", "•"], 3),
    ])
  func bullets(starts: [String], count: Int) {
    let words = RecognizedWords.words(lines(starts))
    #expect(words.count { $0.text == "•" } == count)
    #expect(words.count { $0.text == "text" } == starts.count)
  }

  @Test("what was read sideways from a column of pictures is no line")
  func columnOfPictures() {
    func word(_ text: String, _ confidence: Double, line: Int, turn: QuarterTurn = .none) -> Reading.Found {
      let rect = PixelRect(left: 100, top: 100, width: 40, height: 30)
      let word = RecognizedWord(
        text: text, box: rect, confidence: Score(confidence), block: 0, paragraph: 0, line: line, turn: turn)
      return Reading.Found(word: word, mapping: Self.mapping, box: Self.mapping.box(rect), resolution: 144)
    }
    let words = [
      word("printed", 0.96, line: 0), word("Pioatiiafe", 0.04, line: 1, turn: .left),
      word("i", 0.63, line: 1, turn: .left), word("Runtime", 0.05, line: 2, turn: .left),
      word("seconds", 0.9, line: 2, turn: .left),
    ]
    #expect(NoiseFilter(0).sift(words).map(\.word.text) == ["printed", "Runtime", "seconds"])
  }

  @Test("the dot of an i that was read by itself is no word beside the one it is of")
  func enclosedMarks() {
    func word(_ text: String, _ left: Int, _ top: Int, _ width: Int, _ height: Int) -> Reading.Found {
      let rect = PixelRect(left: left, top: top, width: width, height: height)
      let word = RecognizedWord(text: text, box: rect, confidence: .certain, block: 0, paragraph: 0, line: 1)
      return Reading.Found(word: word, mapping: Self.mapping, box: Self.mapping.box(rect), resolution: 144)
    }
    let words = [
      word(".", 178, 102, 5, 5), word("Proclamation", 100, 100, 120, 30), word(".", 224, 124, 5, 5),
      word("-", 300, 112, 10, 4), word("|", 240, 100, 4, 30),
    ]
    #expect(NoiseFilter.withoutEnclosedMarks(words).map(\.word.text) == ["Proclamation", ".", "-", "|"])
  }

  @Test("a capital over three lines has its own size and stands on its own foot; the others have their line's")
  func initial() {
    func word(_ text: String, _ left: Int, _ top: Int, _ width: Int, _ height: Int) -> Reading.Found {
      let rect = PixelRect(left: left, top: top, width: width, height: height)
      let word = RecognizedWord(
        text: text, box: rect, confidence: .certain, block: 0, paragraph: 0, line: 1)
      return Reading.Found(word: word, mapping: Self.mapping, box: Self.mapping.box(rect), resolution: 144)
    }
    let words = RecognizedWords.words([
      word("S", 100, 100, 50, 84), word("went", 160, 130, 60, 24), word("I", 230, 130, 6, 24),
      word("on", 250, 130, 40, 24),
    ])
    #expect(words[0].size == 60 && words[0].baseline == words[0].box.bottom)
    #expect(words.dropFirst().allSatisfy { $0.size == 12 })
  }

  @Test("a quotation mark alone stands on its line's foot, and a point alone on its own line's")
  func loneMarks() {
    func word(_ text: String, _ left: Int, _ top: Int, _ width: Int, _ height: Int) -> Reading.Found {
      let rect = PixelRect(left: left, top: top, width: width, height: height)
      let word = RecognizedWord(
        text: text, box: rect, confidence: .certain, block: 0, paragraph: 0, line: 1,
        baseline: RecognizedWord.ClosedBaseline(startY: 124, endY: 124))
      return Reading.Found(word: word, mapping: Self.mapping, box: Self.mapping.box(rect), resolution: 144)
    }
    let words = RecognizedWords.words([
      word("heathen", 100, 100, 90, 24), word("\u{201D}", 200, 100, 10, 7), word("of", 220, 100, 30, 24),
      word(".", 300, 100, 3, 3),
    ])
    #expect(words[0].baseline == 62 && words[1].baseline == 62 && words[2].baseline == 62)
    #expect(words[3].baseline == nil)
  }

  @Test("a sign whose text does not stand with the others' is no bullet")
  func noBullet() {
    #expect(BulletMarks.find(in: lines(["¢", "©", "¢", "¢"], indents: [0, 0, 0, 200])) == [0, 2, 4])
  }

  @Test(
    "a stroke alone is a one where a number as high stands above or below it",
    arguments: [
      ("|", 24, 100, "12", true), ("l", 22, 100, "3.5%", true), ("I", 24, 100, "(4)", true),
      // A rule is higher, a letter stands among letters, and what is in no column of numbers is what it is.
      ("|", 40, 100, "12", false), ("I", 24, 100, "twelve", false), ("x", 24, 100, "12", false),
      ("|", 24, 300, "12", false),
    ])
  func loneOnes(text: String, height: Int, left: Int, number: String, isOne: Bool) {
    let page = [
      placed("Share", 90, 100, 60, 24), placed(text, left, 140, 6, height), placed(number, 92, 180, 20, 24),
      placed("Total", 90, 400, 60, 24),
    ]
    #expect(LoneOnes.find(in: page) == (isOne ? [1] : []))
    // Beside a word it is part of a text.
    #expect(LoneOnes.find(in: page + [placed("did", left + 14, 140, 30, 24)]).isEmpty)
  }

  private func placed(_ text: String, _ left: Int, _ top: Int, _ width: Int, _ height: Int) -> Reading.Found {
    let rect = PixelRect(left: left, top: top, width: width, height: height)
    let word = RecognizedWord(
      text: text, box: rect, confidence: Score(0.9), block: 0, paragraph: 0, line: top)
    return Reading.Found(word: word, mapping: Self.mapping, box: Self.mapping.box(rect), resolution: 144)
  }

  @Test("pixels and points map to and fro", arguments: QuarterTurn.allCases, [-3.0, 0, 1.7])
  func mapping(turn: QuarterTurn, correction: Double) {
    let mapping = PixelMapping(
      page: Self.page, raster: PixelRect(left: 0, top: 0, width: 1_200, height: 1_600), turn: turn,
      correction: correction, scale: 1.5)
    let rect = PixelRect(left: 300, top: 420, width: 90, height: 33)
    let back = mapping.rect(mapping.box(rect))
    #expect(abs(back.left - rect.left) <= 1 && abs(back.top - rect.top) <= 1)
    #expect(abs(back.right - rect.right) <= 1 && abs(back.bottom - rect.bottom) <= 1)
  }

  @Test(
    "strokes read from rules and doubtful marks are noise",
    arguments: [
      ("|", 0.9, 6, 200), ("l", 0.9, 8, 120), ("—.", 0.2, 60, 30), ("a", 0.01, 20, 30), ("W", 0.5, 300, 200),
    ])
  func noise(text: String, confidence: Double, width: Int, height: Int) {
    let page = [found("usual", 0.9), found("words", 0.9), found(text, confidence, width: width, height: height)]
    #expect(NoiseFilter(0).sift(page).map(\.word.text) == ["usual", "words"])
  }

  @Test(
    "real words are never noise, whatever their confidence",
    arguments: [("faithful", 0.0), ("I", 0.8), ("—", 0.5), ("l.", 0.6), ("8", 0.3)])
  func noNoise(text: String, confidence: Double) {
    let page = [found("usual", 0.9), found("words", 0.9), found(text, confidence)]
    #expect(NoiseFilter(0).sift(page).count == 3)
    #expect(NoiseFilter(0.85).sift(page).count == 2)
  }

  @Test(
    "a line of unsure scraps beside sure print is left out; numbers, ticks, words and other scripts are not",
    arguments: [
      (["ee", "ae"], 0.4, false), (["PIDDADALS"], 0.05, false), (["ee", "702"], 0.1, true), (["x"], 0.3, true),
      (["Amount\u{2019}"], 0.4, true), (["or"], 0.4, true), (["\u{6771}"], 0.4, true), (["ae"], 0.6, true),
    ])
  func scraps(texts: [String], confidence: Double, isKept: Bool) {
    func word(_ text: String, _ confidence: Double, line: Int) -> Reading.Found {
      let rect = PixelRect(left: 100, top: 100 + 40 * line, width: 60, height: 30)
      let word = RecognizedWord(
        text: text, box: rect, confidence: Score(confidence), block: 0, paragraph: 0, line: line,
        isInDictionary: text == "or")
      return Reading.Found(word: word, mapping: Self.mapping, box: Self.mapping.box(rect), resolution: 144)
    }
    let line = texts.map { word($0, confidence, line: 1) }
    let sure = word("printed", 0.95, line: 0)
    #expect(NoiseFilter(0).sift([sure] + line).map(\.word.text) == ["printed"] + (isKept ? texts : []))
    #expect(NoiseFilter(0).sift(line).map(\.word.text) == texts)
  }

  @Test(
    "two single quotation marks are the double one that was printed",
    arguments: [
      ("‘‘Peter,’’", "“Peter,”"), ("‘“No,", "“No,"), ("time.’’", "time.”"), ("‘quoted’", "‘quoted’"), ("it’s", "it’s"),
      ("’", "’"), ("’’", "”"),
    ])
  func quotes(read: String, meant: String) { #expect(QuoteMarks.joined(read) == meant) }

  @Test("a word ends where the next of its line begins, and only there")
  func seams() {
    func word(_ text: String, _ left: Int, _ width: Int, line: Int = 0) -> Reading.Found {
      let rect = PixelRect(left: left, top: 100, width: width, height: 30)
      let word = RecognizedWord(text: text, box: rect, confidence: .certain, block: 0, paragraph: 0, line: line)
      return Reading.Found(word: word, mapping: Self.mapping, box: Self.mapping.box(rect), resolution: 144)
    }
    let found = [
      word("garb", 100, 260), word("—", 230, 30), word("the", 270, 90), word("straight", 380, 120),
      word("below", 100, 400, line: 1), word("right", 300, 100, line: 2),
    ]
    let apart = WordSeams.apart(found)
    #expect(apart.map(\.word.text) == found.map(\.word.text))
    #expect(apart[0].box.right == found[1].box.left)
    for index in 1..<found.count { #expect(apart[index].box == found[index].box) }
  }

  @Test("a grid knows what its boxes cover, at any size of page")
  func coverage() {
    for scale in [1.0, 30] {
      let page = PageSize(width: 400 * scale, height: 400 * scale)
      let boxes = [(10.0, 10.0), (12, 12), (300, 390)].map {
        BoundingBox(left: $0.0 * scale, top: $0.1 * scale, right: ($0.0 + 40) * scale, bottom: ($0.1 + 20) * scale)
      }
      let grid = CoverageGrid(page: page, boxes: boxes)
      for box in boxes { #expect(grid.covers(x: box.midX, y: min(box.midY, page.height))) }
      #expect(!grid.covers(x: 100 * scale, y: 20 * scale) && !grid.covers(x: 30 * scale, y: 60 * scale))
      #expect(!grid.covers(x: .nan, y: 0) && !grid.covers(x: 1e300, y: 1))
    }
  }

  @Test("a black border does not decide what is ink")
  func greyLevels() {
    // Light grey paper with faint stripes of text, within a black border of an eighth.
    let (width, height) = (160, 160)
    var pixels = [UInt8](repeating: 230, count: width * height)
    for y in 0..<height {
      for x in 0..<width {
        if x < 20 || y < 20 || x >= 140 || y >= 140 {
          pixels[y * width + x] = 0
        } else if y % 12 < 3 {
          pixels[y * width + x] = 190
        }
      }
    }
    let levels = pixels.withUnsafeBytes { bytes in
      GreyLevels(width: width, height: height) { row in
        UnsafeRawBufferPointer(rebasing: bytes[(row * width)..<((row + 1) * width)])
      }
    }
    #expect(levels.paper == 230)
    #expect((190...230).contains(levels.threshold))
  }

  @Test("languages follow the option, then the script, then English")
  func languages() throws {
    let installed = ["deu", "ell", "eng", "rus"]
    let automatic = try LanguageChoice(option: ["auto"], installed: installed)
    #expect(automatic.wantsScript)
    #expect(automatic.languages(script: nil) == ["eng"])
    #expect(automatic.languages(script: "Latin") == ["eng"])
    #expect(automatic.languages(script: "Cyrillic") == ["rus"])
    #expect(automatic.languages(script: "Hebrew") == ["eng"])
    #expect(try !LanguageChoice(option: ["auto"], installed: ["deu", "eng"]).wantsScript)
    #expect(try LanguageChoice(option: ["auto"], installed: ["deu"]).languages(script: nil) == ["deu"])
    #expect(try LanguageChoice(option: ["eng", "eng"], installed: installed).languages(script: "Greek") == ["eng"])
  }

  @Test("options and their descriptors agree")
  func options() {
    let names = OCROptions.descriptors.map(\.name).sorted()
    let members = Mirror(reflecting: OCROptions()).children.compactMap(\.label).sorted()
    #expect(names == members)
  }
}
