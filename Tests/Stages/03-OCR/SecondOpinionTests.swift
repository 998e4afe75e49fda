import DocumentModel
import Glibc
import Leptonica
import Tesseract
import TestSupport
import Testing

@testable import OCR

@Suite("OCR: second opinions")
struct SecondOpinionTests {
  private func word(
    _ text: String, _ confidence: Double, left: Int = 100, width: Int = 60, line: Int = 0, known: Bool = false
  ) -> RecognizedWord {
    RecognizedWord(
      text: text, box: PixelRect(left: left, top: 100, width: width, height: 30), confidence: Score(confidence),
      block: 0, paragraph: 0, line: line, isInDictionary: known)
  }

  private func other(
    _ text: String, _ confidence: Double, left: Double = 101, width: Double = 58, known: Bool = false
  ) -> WordVote.Other {
    WordVote.Other(text: text, confidence: confidence, isInDictionary: known, left: left, right: left + width)
  }

  @Test("the text with most confidence in all readings is taken, the first where two have the same")
  func vote() {
    var vote = WordVote(word("82.86", 0.6))
    #expect(vote.isOpen && vote.decision.text == "82.86")
    vote.hear([other("82.80", 0.5)])
    #expect(vote.isOpen && vote.decision.text == "82.86")
    vote.hear([other("82.80", 0.4)])
    #expect(!vote.isOpen)
    #expect(vote.decision.text == "82.80" && vote.decision.confidence == Score(0.5))
    #expect(vote.decision.box == word("82.86", 0.6).box)
    var even = WordVote(word("one", 0.5))
    even.hear([other("two", 0.5)])
    #expect(even.decision.text == "one")
  }

  @Test("only the one word that stands in the same place is heard")
  func place() {
    for reading in [
      [other("sure", 0.99, left: 300)], [other("sure", 0.99, width: 200)], [],
      [other("su", 0.99, width: 29), other("re", 0.99, left: 131, width: 29)],
    ] {
      var vote = WordVote(word("first", 0.2))
      vote.hear(reading)
      #expect(vote.decision.text == "first" && vote.isOpen)
    }
  }

  @Test(
    "a word of the dictionary gives way to another and to numbers, not to errors; signs of specks are not heard",
    arguments: [
      ("South", true, "Sonth", false, "South"), ("South", true, "Mouth", true, "Mouth"),
      ("IOOO", true, "1000", false, "1000"), ("4.75", false, "475", false, "4.75"),
      ("4.75", false, "4.15", false, "4.15"), ("175", false, "1.75", false, "1.75"),
      ("075", false, "O75", false, "075"), ("it", true, "1t", false, "1t"),
      ("“How", false, "**How", false, "“How"),
      ("¢xact", false, "exact", true, "exact"), ("Sonth", false, "Senth", false, "Senth"),
    ])
  func dictionary(first: String, isKnown: Bool, second: String, isKnownToo: Bool, taken: String) {
    var vote = WordVote(word(first, 0.5, known: isKnown))
    vote.hear([other(second, 0.9, known: isKnownToo)])
    #expect(vote.decision.text == taken)
  }

  @Test("doubtful words are looked at with their neighbours, and not beyond the line or a column's gap")
  func runs() {
    let words = [
      word("a", 0.9, left: 0), word("b", 0.3, left: 70), word("c", 0.9, left: 140), word("d", 0.9, left: 210),
      word("e", 0.2, left: 400), word("f", 0.3, left: 470), word("g", 0.9, left: 0, line: 1),
      word("h", 0.1, left: 70, line: 1), word("i", 0.95, left: 140, line: 1), word("j", 0.1, left: 210, line: 1),
    ]
    #expect(DoubtfulRuns.find(in: words, letterHeight: 20) == [0..<3, 4..<6, 6..<10])
    #expect(DoubtfulRuns.find(in: [], letterHeight: 20).isEmpty)
    #expect(DoubtfulRuns.find(in: [word("sure", 0.99)], letterHeight: 20).isEmpty)
  }

  /// How many words of the prose stand at their place.
  private func right(_ words: [RecognizedWord], _ lines: [String]) -> Int {
    let printed = lines.joined(separator: " ").split(separator: " ").map(String.init)
    return words.map(\.text).difference(from: printed).removals.reduce(printed.count) { count, _ in count - 1 }
  }

  @Test("worn print is read better in the end, sure words and all places stay as they are")
  func wornPrint() throws {
    let engine = try TesseractEngine(languages: ["eng"])
    var gains: [Int] = []
    for (number, scale) in [0.36, 0.4, 0.44, 0.48, 0.52, 0.56].enumerated() {
      let lines = (0..<5).map { row in
        "Lot \(number)\(row * 7 % 10)/4 \(PrintedPage.prose[(row + number) % 8]) \(row).\(number * 13 + 10)"
      }
      // Print that went through a coarse scanner: letters lose their thin strokes.
      let worn = try PrintedPage(lines, width: 2_200, height: 520).image.scaled(by: scale).thresholded(at: 128).grey()
        .scaled(by: 1 / scale)
      let page = PageSize(width: Double(worn.width) * 0.36, height: Double(worn.height) * 0.36)
      let preparation = Preparation(letterHeight: 22)
      let (image, _) = try preparation.apply(to: worn, page: page)
      let first = try engine.recognize(image).words
      let settled = try SecondOpinion(worn, preparation: preparation, engine: engine).settled(first)
      #expect(settled.map(\.box) == first.map(\.box))
      for (before, after) in zip(first, settled) where !DoubtfulRuns.isDoubtful(before) { #expect(before == after) }
      gains.append(right(settled, lines) - right(first, lines))
      guard number == 0 else { continue }
      #expect(try SecondOpinion(worn, preparation: preparation, engine: engine).settled(first) == settled)
      #expect(try engine.recognize(image).words == first)  // the engine is left as it was
    }
    #expect(gains.reduce(0, +) > 0, "\(gains)")
  }

  @Test("print of five to nine pixels is read better in the end")
  func lowPrint() throws {
    let engine = try TesseractEngine(languages: ["eng"])
    var gains: [Int] = []
    for (number, height) in [5, 5.2, 5.4, 5.5, 5.6, 5.8, 6, 6.2, 6.5, 7, 8, 9].enumerated() {
      let lines = (0..<5).map { row in
        "Lot \(number)\(row * 7 % 10)/4 \(PrintedPage.prose[(row + number) % 8]) \(row).\(number * 13 + 10)"
      }
      let low = try PrintedPage(lines, width: 2_200, height: 520).image.scaled(by: height / 22)
      let page = PageSize(width: Double(low.width), height: Double(low.height))
      let preparation = Preparation(scale: 28 / height, letterHeight: height)
      let (image, _) = try preparation.apply(to: low, page: page)
      let first = try engine.recognize(image).words
      let settled = try SecondOpinion(low, preparation: preparation, isLow: true, engine: engine).settled(first)
      #expect(settled.map(\.box) == first.map(\.box))
      gains.append(right(settled, lines) - right(first, lines))
    }
    #expect(gains.reduce(0, +) > 0, "\(gains)")
  }

  @Test("small letters that were read with doubt are read again with steeper edges and without rules")
  func smallLetters() throws {
    func survey(_ height: Double) throws -> PageSurvey {
      let image = try PrintedPage().image.scaled(by: height / 22)
      return try PageSurvey(image, levels: GreyLevels(image), cleaning: .auto)
    }
    let small = try survey(9)
    #expect(small.hasSmallLetters)
    let stand = try PageStand(small, options: OCROptions(), turn: .none)
    let other = try #require(small.otherWay(than: small.preparation(stand)))
    #expect(other.isSharpened && !small.preparation(stand).isSharpened)
    #expect(other.unruledAt != nil && small.preparation(stand).unruledAt == nil)
    #expect(other.isAligned(with: small.preparation(stand)))
    #expect(try !survey(22).hasSmallLetters)
  }
}
