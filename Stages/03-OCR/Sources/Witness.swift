import DocumentModel
import Leptonica
import Tesseract

/// What another pass over the page read, asked about single words.
struct Witness {
  private let words: [RecognizedWord]
  private let rows: [Int: [Int]]

  private static let row = 32  // pixels: as high as letters are where the engine reads best
  private static let mostRows = 8  // of a word: what is higher is no line of text

  init(_ words: [RecognizedWord]) {
    self.words = words
    var rows: [Int: [Int]] = [:]
    for (index, word) in words.enumerated() where word.turn == .none {
      for row in Self.rows(of: word.box) { rows[row, default: []].append(index) }
    }
    self.rows = rows
  }

  private static func rows(of box: PixelRect) -> Range<Int> {
    let first = box.top / row
    return first..<min(box.bottom / row + 1, first + mostRows)
  }

  /// The doubtful ones of a reading, each with what the witness has in its place.
  func votes(on reading: [RecognizedWord]) -> [Int: WordVote] {
    guard !words.isEmpty else { return [:] }
    var votes: [Int: WordVote] = [:]
    for (index, word) in reading.enumerated() where DoubtfulRuns.isDoubtful(word) {
      let beside = Set(Self.rows(of: word.box).flatMap { rows[$0] ?? [] }).sorted().map { words[$0] }
      votes[index, default: WordVote(word)].hear(
        beside.filter { Self.isLevel($0.box, word.box) }.map {
          WordVote.Other(
            text: $0.text, confidence: $0.confidence.value, isInDictionary: $0.isInDictionary,
            left: Double($0.box.left), right: Double($0.box.right))
        })
    }
    return votes
  }

  private static func isLevel(_ one: PixelRect, _ other: PixelRect) -> Bool {
    2 * (min(one.bottom, other.bottom) - max(one.top, other.top)) > min(one.height, other.height)
  }
}
