import Contracts
import DocumentModel

/// Builds a page of words as a typesetter would: boxes from sizes, no raster.
struct WordPage {
  let size: PageSize
  private(set) var words: [Word] = []
  var fonts: [Font] = [Font(name: "Serif"), Font(name: "Serif-Bold", bold: true)]

  static let letterWidth = 0.5  // em
  static let space = 0.28  // em

  init(width: Double = 595, height: Double = 842) { size = PageSize(width: width, height: height) }

  /// Sets one line and returns the indices of its words.
  @discardableResult
  mutating func line(
    _ text: String, left: Double, baseline: Double, size: Double = 10, space: Double = WordPage.space, font: Int = 0
  ) -> [Int] {
    var x = left
    var indices: [Int] = []
    for word in text.split(separator: " ") {
      let width = Double(word.unicodeScalars.count) * Self.letterWidth * size
      indices.append(put(String(word), left: x, baseline: baseline, width: width, size: size, font: font))
      x += width + space * size
    }
    return indices
  }

  /// Sets one word by itself.
  @discardableResult
  mutating func put(
    _ text: String, left: Double, baseline: Double, width: Double, size: Double, font: Int = 0,
    turn: QuarterTurn = .none, joinsNext: Bool = false
  ) -> Int {
    let box = BoundingBox(
      left: left, top: baseline - 0.8 * size, right: left + width, bottom: baseline + 0.21 * size)
    words.append(
      Word(text: text, box: box, source: .textLayer, font: font, size: size, turn: turn, joinsNext: joinsNext))
    return words.count - 1
  }

  mutating func add(_ word: Word) { words.append(word) }

  /// Fills a column with justified prose; each line is `count` words that the generator names.
  @discardableResult
  mutating func paragraph(
    lines: Int, left: Double, width: Double, baseline: Double, size: Double = 10, leading: Double = 1.2, tag: String,
    lastShort: Bool = true
  ) -> [Int] {
    var indices: [Int] = []
    var generator = WordGenerator(seed: UInt64(tag.unicodeScalars.reduce(7) { $0 &* 31 &+ $1.value }))
    for row in 0..<lines {
      let isLast = row == lines - 1 && lastShort
      let room = isLast ? width * 0.5 : width
      var names: [String] = []
      var used = 0.0
      while true {
        let name = generator.word()
        let own = Double(name.unicodeScalars.count) * Self.letterWidth * size
        if !names.isEmpty, used + own + Double(names.count) * Self.space * size > room { break }
        names.append(name)
        used += own
      }
      if isLast { names[names.count - 1] += "." }
      let gap = isLast || names.count < 2 ? Self.space * size : (width - used) / Double(names.count - 1)
      indices += line(
        names.joined(separator: " "), left: left, baseline: baseline + Double(row) * leading * size, size: size,
        space: gap / size)
    }
    return indices
  }

  func output(turn: QuarterTurn = .none, skew: Double = 0) -> OCROutput {
    OCROutput(source: .textLayer, turn: turn, skew: skew, languages: [], passes: 0, fonts: fonts, words: words)
  }

  /// The same page turned clockwise by a quarter turn as a scanner might.
  func turned(_ turn: QuarterTurn) -> (size: PageSize, words: OCROutput) {
    let upright = UprightFrame(page: size, turn: turn.inverse)
    let turnedWords = words.map {
      Word(
        text: $0.text, box: upright.upright($0.box), source: $0.source, font: $0.font, size: $0.size,
        turn: QuarterTurn(degrees: $0.turn.rawValue + turn.rawValue))
    }
    return (
      upright.size,
      OCROutput(source: .textLayer, turn: turn, languages: [], passes: 0, fonts: fonts, words: turnedWords)
    )
  }
}
