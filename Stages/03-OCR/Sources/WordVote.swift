import DocumentModel
import Leptonica
import Tesseract

/// What several readings of one word agree on.
struct WordVote {
  /// A word as another reading has it; its place in the pixels of the first.
  struct Other {
    let text: String
    let confidence: Double
    let isInDictionary: Bool
    let left: Double
    let right: Double
  }

  private let word: RecognizedWord
  private var voices: [(text: String, confidence: Double)]
  /// Whether no two readings have the same.
  var isOpen: Bool {
    !voices.indices.contains { index in voices[..<index].contains { $0.text == voices[index].text } }
  }

  init(_ word: RecognizedWord) {
    self.word = word
    voices = [(word.text, word.confidence.value)]
  }

  private static let telling = 4  // letters of a word that the dictionary is asked about: short ones all exist

  private static let touching = 0.5  // of the narrower: less is a neighbour's edge
  private static let same = 0.7  // of the wider: less is another division into words

  /// Hears another reading: the one word that stands in the same place.
  mutating func hear(_ reading: [Other]) {
    let (left, right) = (Double(word.box.left), Double(word.box.right))
    let there = reading.filter { other in
      min(right, other.right) - max(left, other.left) > Self.touching * min(right - left, other.right - other.left)
    }
    guard there.count == 1, let other = there.first,
      min(right, other.right) - max(left, other.left) > Self.same * max(right - left, other.right - other.left)
    else { return }
    // "South" does not become "Sonth", however sure that is; "I00" may become "100".
    let isTelling = word.isInDictionary && word.text.unicodeScalars.count { $0.isLetter } >= Self.telling
    let isNumber = other.text.unicodeScalars.contains { $0.isNumeral }
    guard !isTelling || other.isInDictionary || isNumber, !hasNewSigns(other.text),
      Self.points(other.text) >= Self.points(word.text), !Self.isAmount(word.text) || Self.isAmount(other.text)
    else { return }
    voices.append((other.text, other.confidence))
  }

  /// Points and commas between a number's digits: of all marks they are what small or smoothed print loses, and a
  /// number without them is another.
  private static func points(_ text: String) -> Int {
    let scalars = Array(text.unicodeScalars)
    return scalars.indices.dropFirst().dropLast().count { place in
      (scalars[place] == "." || scalars[place] == ",") && isDigit(scalars[place - 1]) && isDigit(scalars[place + 1])
    }
  }

  /// Digits, points and commas alone: "075" does not become "O75".
  private static func isAmount(_ text: String) -> Bool {
    text.unicodeScalars.count >= 2 && text.unicodeScalars.allSatisfy { isDigit($0) || $0 == "." || $0 == "," }
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }

  /// Signs that print seldom has and that specks are read as; nobody doubts a word for the want of one.
  private static let signs = Set("*\\~™«»¢®©^_|{}<>¥§°".unicodeScalars)

  private func hasNewSigns(_ text: String) -> Bool {
    text.unicodeScalars.contains { Self.signs.contains($0) && !word.text.unicodeScalars.contains($0) }
  }

  /// The word with the text that has most confidence in all; the first reading's where two have the same.
  var decision: RecognizedWord {
    var best = (text: word.text, sum: 0.0, confidence: 0.0)
    for voice in voices {
      let alike = voices.filter { $0.text == voice.text }
      let sum = alike.reduce(0) { $0 + $1.confidence }
      if sum > best.sum { best = (voice.text, sum, alike.reduce(0) { max($0, $1.confidence) }) }
    }
    return RecognizedWord(
      text: best.text, box: word.box, confidence: Score(best.confidence), block: word.block, paragraph: word.paragraph,
      line: word.line, baseline: word.baseline, pointSize: word.pointSize, isNumeric: word.isNumeric,
      isInDictionary: word.isInDictionary, direction: word.direction, turn: word.turn, joinsNext: word.joinsNext,
      language: word.language)
  }
}
