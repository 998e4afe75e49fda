import DocumentModel
import Leptonica
import Tesseract

/// Makes the page's words of what was read.
enum RecognizedWords {
  static func words(_ found: [Reading.Found]) -> [Word] {
    let found = WordSeams.apart(found)
    let sizes = lineSizes(found)
    let bullets = BulletMarks.find(in: found)
    let ones = LoneOnes.find(in: found)
    return zip(found.indices, sizes).map { index, lineSize in
      let found = found[index]
      let word = found.word
      let isInitial = isInitial(found, lineSize: lineSize)
      let size = isInitial ? found.box.height / capitalHeight : lineSize
      let turn = QuarterTurn(degrees: found.mapping.turn.rawValue + word.turn.rawValue)
      return Word(
        text: bullets.contains(index) ? "•" : ones.contains(index) ? "1" : QuoteMarks.joined(word.text), box: found.box,
        confidence: word.confidence,
        source: .recognition,
        size: size, turn: turn,
        baseline: turn == .none ? (isInitial ? found.box.bottom : baseline(found, size: size)) : nil,
        joinsNext: word.joinsNext)
    }
  }

  /// Whether a word is a capital over several lines, which the engine counts into one of them.
  private static func isInitial(_ found: Reading.Found, lineSize: Double) -> Bool {
    let letters = found.word.text.unicodeScalars
    return found.word.turn == .none && found.mapping.turn == .none && letters.count == 1
      && letters.allSatisfy(\.properties.isUppercase) && found.box.height >= initialHeight * lineSize
      && found.box.width >= lineSize / 2
  }

  private static let initialHeight = 1.5  // of the line's size: a capital of the line has 0.7
  private static let capitalHeight = 0.7  // of the size

  /// The height that the letters stand on, on the page at the word's middle; for upright words only.
  private static func baseline(_ found: Reading.Found, size: Double) -> Double? {
    guard let line = found.word.baseline else { return nil }
    let middle = Double(found.word.box.left) + Double(found.word.box.width) / 2
    let y = found.mapping.point(x: middle, y: line.midY).y
    // The engine's line may be that of a neighbour where a word is a mark alone.
    let below = QuoteMarks.areAll(found.word.text) ? markRise * size : found.box.height
    return y > found.box.top && y < found.box.bottom + below ? y : nil
  }

  private static let markRise = 0.8  // of the size: quotation marks hang from the height of capitals

  /// The size in points of each word: the median of its line's, since a line is set in one size most often.
  private static func lineSizes(_ found: [Reading.Found]) -> [Double] {
    var sizes: [Double] = []
    var start = 0
    while start < found.count {
      var end = start + 1
      while end < found.count, found[end].word.line == found[start].word.line,
        found[end].mapping.scale == found[start].mapping.scale
      { end += 1 }
      let line = found[start..<end].map(size).sorted()
      sizes += [Double](repeating: line[line.count / 2], count: end - start)
      start = end
    }
    return sizes
  }

  private static let sizePerHeight = 1.0  // a box of ascenders and descenders is about as high as the size

  private static func size(_ found: Reading.Found) -> Double {
    let upright = found.word.turn == .none || found.word.turn == .half
    let height = Double(upright ? found.word.box.height : found.word.box.width) * found.mapping.pointsPerPixel
    guard found.word.pointSize > 0, found.resolution > 0 else { return sizePerHeight * height }
    return Double(found.word.pointSize) / 72 * found.resolution * found.mapping.pointsPerPixel
  }
}
