import DocumentModel
import Leptonica
import Tesseract

/// Leaves out what the engine read from things that are no text: rules, specks, pictures.
struct NoiseFilter {
  private let minimum: Double

  init(_ minimumConfidence: Double) { minimum = minimumConfidence }

  func sift(_ words: [Reading.Found]) -> [Reading.Found] {
    let heights = words.filter { Reading.letters($0.word.text) >= 2 }.map(\.word.box.height).sorted()
    let usual = heights.isEmpty ? 0 : Double(heights[heights.count / 2])
    let kept = words.filter { $0.word.confidence.value >= minimum && !isNoise($0.word, usual) }
    guard kept.contains(where: { $0.word.confidence.value >= Self.sure }) else { return kept }
    return withoutScraps(kept)
  }

  private static let sure = 0.85  // confidence of print: where a page has none, its scraps are all there is
  private static let scrap = 0.5  // confidence below which a line of a few letters is none
  private static let scrapLetters = 3  // of each word: pictures, stains and handwriting yield scraps of that length
  private static let worthless = 0.1  // confidence below which a line's length says nothing for it

  /// Leaves out lines that are nothing but short scraps: no number, no word of the dictionary, nothing sure.
  private func withoutScraps(_ words: [Reading.Found]) -> [Reading.Found] {
    var kept: [Reading.Found] = []
    var start = 0
    while start < words.count {
      var end = start + 1
      while end < words.count, words[end].word.line == words[start].word.line { end += 1 }
      let line = words[start..<end]
      if !line.allSatisfy({ isScrap($0.word) }), !isColumnOfPictures(line) { kept += line }
      start = end
    }
    return kept
  }

  private func isScrap(_ word: RecognizedWord) -> Bool {
    let letters = Reading.letters(word.text)
    // An x alone ticks a box; other scripts have words of a letter and no dictionary.
    guard !word.isInDictionary, word.text.lowercased() != "x",
      word.text.unicodeScalars.allSatisfy({ $0.properties.numericType == nil && $0.value < Self.latinEnd })
    else { return false }
    return word.confidence.value < (letters <= Self.scrapLetters ? Self.scrap : Self.worthless)
  }

  private static let hopelessLine = 0.3  // confidence of the letters of a sideways line

  /// Whether a line was read sideways from what is no text, as pictures one below the other are: no letter of its longer
  /// words is believed.
  private func isColumnOfPictures(_ line: ArraySlice<Reading.Found>) -> Bool {
    guard line.allSatisfy({ $0.word.turn == .left || $0.word.turn == .right }) else { return false }
    let letters = line.reduce(0) { $0 + Reading.letters($1.word.text) }
    let worth = line.reduce(0) { $0 + Double(Reading.letters($1.word.text)) * $1.word.confidence.value }
    return worth < Self.hopelessLine * Double(letters)
  }

  private static let latinEnd: UInt32 = 0x250

  private static let unsure = 0.35  // confidence below which a word without letters is no word
  private static let hopeless = 0.05  // confidence below which a letter or two are no word
  private static let tall = 3.0  // usual heights: a stroke that high is a rule
  private static let slender = 7.0  // height to width of a rule
  private static let flat = 0.2  // usual heights

  private func isNoise(_ word: RecognizedWord, _ usual: Double) -> Bool {
    let confidence = word.confidence.value
    let (width, height) = (Double(word.box.width), Double(word.box.height))
    let letters = Reading.letters(word.text)
    // The engine gives a long word nothing for one letter it cannot make out: length speaks for a word.
    if letters <= 2, confidence < Self.hopeless { return true }
    if letters == 0, confidence < Self.unsure { return true }
    guard usual > 0 else { return false }
    let isStroke = word.text.unicodeScalars.allSatisfy { Self.strokes.contains($0) }
    if isStroke, height > Self.tall * usual || height > Self.slender * width && height > 1.5 * usual { return true }
    // A word of few letters that is many lines high was read from a picture.
    return letters <= 2 && height > Self.tall * usual && confidence < 0.8
  }

  /// What rules and frames are read as.
  private static let strokes = Set("|lI!1[](){}/\\_—–-.,:;'`~=".unicodeScalars)

  private static let enclosed = 0.4  // of the height of the word that a mark lies in

  /// The words without marks that lie within others: the dot of an i that was read before its word was.
  static func withoutEnclosedMarks(_ words: [Reading.Found]) -> [Reading.Found] {
    let marks = words.indices.filter { index in words[index].word.text.unicodeScalars.allSatisfy(strokes.contains) }
    guard !marks.isEmpty else { return words }
    let whole = words.filter { Reading.letters($0.word.text) > 1 }.map(\.box)
    let gone = Set(
      marks.filter { index in
        let mark = words[index].box
        return whole.contains { $0.contains(mark) && mark.height <= enclosed * $0.height }
      })
    return words.indices.filter { !gone.contains($0) }.map { words[$0] }
  }
}
