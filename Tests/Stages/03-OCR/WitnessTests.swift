import DocumentModel
import Leptonica
import Tesseract
import Testing

@testable import OCR

@Suite("OCR: the other pass")
struct WitnessTests {
  private static let page = PageSize(width: 600, height: 800)
  private static let mapping = PixelMapping(
    page: page, raster: PixelRect(left: 0, top: 0, width: 1_200, height: 1_600), turn: .none, correction: 0, scale: 1)

  private func word(
    _ text: String, _ confidence: Double, left: Int = 100, top: Int = 100, turn: QuarterTurn = .none
  ) -> RecognizedWord {
    RecognizedWord(
      text: text, box: PixelRect(left: left, top: top, width: 60, height: 30), confidence: Score(confidence), block: 0,
      paragraph: 0, line: top, turn: turn)
  }

  private func found(_ word: RecognizedWord) -> Reading.Found {
    Reading.Found(word: word, mapping: Self.mapping, box: Self.mapping.box(word.box), resolution: 144)
  }

  @Test(
    "what it has in a doubtful word's place is a voice, what it has elsewhere is none",
    arguments: [
      (102, 104, QuarterTurn.none, "Roll"), (102, 118, .none, "Boll"), (300, 100, .none, "Boll"),
      (102, 100, .left, "Boll"),
    ])
  func voice(left: Int, top: Int, turn: QuarterTurn, taken: String) {
    let doubtful = word("Boll", 0.4)
    let votes = Witness([word("Roll", 0.7, left: left, top: top, turn: turn)]).votes(on: [doubtful, word("up", 0.95)])
    #expect(votes.keys.sorted() == [0])
    #expect(votes[0]?.decision.text == taken)
  }

  @Test("a word that the first reading is sure of is not asked about, and nobody is heard where there was one pass")
  func sure() {
    #expect(Witness([word("Roll", 0.99)]).votes(on: [word("Boll", 0.9)]).isEmpty)
    #expect(Witness([]).votes(on: [word("Boll", 0.2)]).isEmpty)
  }

  @Test("words of many rows' height do not make it slow")
  func high() {
    let tall = RecognizedWord(
      text: "I", box: PixelRect(left: 0, top: 0, width: 10, height: 1_000_000), confidence: Score(0.2), block: 0,
      paragraph: 0, line: 0)
    #expect(Witness([tall]).votes(on: [tall])[0]?.decision.text == "I")
  }

  @Test("its sure words are added where the other pass has none, and dashes, which are values of cells")
  func completed() {
    let reading = Reading(words: [found(word("one", 0.9))], preparation: Preparation())
    let others = [
      word("won", 0.95), word("two", 0.9, left: 300), word("three", 0.6, left: 500), word("x", 0.95, left: 700),
      word("-", 0.93, left: 900), word(".", 0.93, left: 1_100),
    ].map(found)
    #expect(reading.completed(by: others, page: Self.page).words.map(\.word.text) == ["one", "two", "-"])
  }

  @Test("a full stop within a word that is added was the dot of its i")
  func dot() {
    let dot = RecognizedWord(
      text: ".", box: PixelRect(left: 340, top: 102, width: 2, height: 2), confidence: Score(0.6), block: 0,
      paragraph: 0,
      line: 0)
    let reading = Reading(words: [word("one", 0.9), dot].map(found), preparation: Preparation())
    let others = [word("oil", 0.95, left: 300)].map(found)
    #expect(reading.completed(by: others, page: Self.page).words.map(\.word.text) == ["one", "oil"])
  }
}
