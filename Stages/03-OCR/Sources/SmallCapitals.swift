import DocumentModel
import Leptonica
import Tesseract

/// Words set in small capitals, which the engine knows nothing of: it reads `EnocH`, `Estuer` or `ESTHER` for one and
/// the same, and the small ones stand for small letters.
///
/// Such a word has one high letter and others that are all as high as each other. Of those that may be one, the small
/// letters are enlarged to the height of the first and the word is read again: what is then all capitals was one.
struct SmallCapitals {
  private let image: RasterImage
  private let preparation: Preparation
  private let level: Int
  private let engine: TesseractEngine

  /// Where the letters of a word stand, in pixels of the raster.
  private struct Shape {
    let first: PixelRect
    let rest: PixelRect
    let ratio: Double
  }

  private static let leastLetters = 3
  private static let leastAscent = 14  // pixels of a capital: lower ones are all as high as each other
  private static let highest = 6.0  // of the page's letters: what is higher is a headline or a picture
  private static let ratios = 0.6...0.88  // of the capital's height
  private static let slack = 0.12  // of the small capitals' height: how far one may differ from the others
  private static let part = 0.4  // of the capital's height: lower parts are points and specks
  private static let lowest = 0.5  // of the capital's height: what begins lower is a mark
  private static let mostWords = 60  // of a page that are read again: bounds the time
  private static let leastConfidence = 0.5
  private static let deadline = 20_000  // milliseconds; a word takes five
  private static let above = 0.3  // of the capital's height, around the word
  private static let below = 0.4  // likewise: commas go there
  private static let bestHeight = 36.0  // pixels of capitals: where the engine reads best
  /// Letters that look the same large and small: of them alone nothing can be told.
  private static let alike = Set("COSUVWXZ".unicodeScalars)

  /// - Parameter image: the page straightened as `preparation` says.
  /// - Parameter level: the grey that parts ink from paper.
  init(_ image: RasterImage, preparation: Preparation, level: Int, engine: TesseractEngine) {
    self.image = image
    self.preparation = preparation
    self.level = level
    self.engine = engine
  }

  /// The words with those in small capitals told as they are meant: a capital and small letters.
  func settled(_ words: [RecognizedWord]) throws -> [RecognizedWord] {
    let candidates = words.indices.filter { Self.isCandidate(words[$0]) }
    guard !candidates.isEmpty else { return words }
    var settled = words
    var asked = 0
    for index in candidates where asked < Self.mostWords {
      guard let shape = try shape(of: words[index]) else { continue }
      asked += 1
      if let text = try read(words[index], shape) { settled[index] = words[index].saying(text) }
    }
    return settled
  }

  /// A capital and at least two letters, read with doubt or with capitals among the others; no numbers.
  private static func isCandidate(_ word: RecognizedWord) -> Bool {
    guard word.turn == .none, let (_, letters, _) = parts(of: word.text), letters.count >= leastLetters,
      let first = letters.first, first.isCapital
    else { return false }
    return letters.dropFirst().contains(where: \.isCapital) || DoubtfulRuns.isDoubtful(word)
  }

  /// Marks, letters, marks; nil for anything else.
  private static func parts(of text: String) -> (before: [Unicode.Scalar], [Unicode.Scalar], after: [Unicode.Scalar])? {
    let scalars = Array(text.unicodeScalars)
    guard let start = scalars.firstIndex(where: \.isLetter), let end = scalars.lastIndex(where: \.isLetter),
      scalars[start...end].allSatisfy(\.isLetter), !scalars.contains(where: \.isNumeral)
    else { return nil }
    return (Array(scalars[..<start]), Array(scalars[start...end]), Array(scalars[(end + 1)...]))
  }

  private func shape(of word: RecognizedWord) throws -> Shape? {
    let scale = preparation.scale
    let rect = PixelRect(
      left: Int(Double(word.box.left) / scale), top: Int(Double(word.box.top) / scale) - 1,
      width: Int((Double(word.box.width) / scale).rounded(.up)) + 1,
      height: Int((Double(word.box.height) / scale).rounded(.up)) + 2)
    guard let clip = rect.clipped(width: image.width, height: image.height), clip.height >= Self.leastAscent,
      Double(clip.height) <= Self.highest * preparation.letterHeight
    else { return nil }
    let parts = try image.cropped(to: clip).thresholded(at: level).componentBoxes()
    guard let highest = parts.max(by: { $0.height < $1.height }) else { return nil }
    // Commas hang low, and specks are small.
    let letters = parts.filter { part in
      Double(part.height) >= Self.part * Double(highest.height)
        && Double(part.top - highest.top) <= Self.lowest * Double(highest.height)
    }.sorted { $0.left < $1.left }
    // Letters may touch each other, but not the first.
    guard letters.count >= 2, let first = letters.first else { return nil }
    let others = letters.dropFirst()
    let tops = others.map(\.top).sorted(), bottoms = others.map(\.bottom).sorted()
    let (top, bottom) = (tops[tops.count / 2], bottoms[bottoms.count / 2])
    let (ascent, height) = (bottom - first.top, bottom - top)
    guard ascent >= Self.leastAscent, Self.ratios.contains(Double(height) / Double(ascent)) else { return nil }
    let slack = max(Self.slack * Double(height), 1)
    guard tops.allSatisfy({ abs(Double($0 - top)) <= slack }),
      bottoms.count(where: { abs(Double($0 - bottom)) > slack }) <= others.count / 4
    else { return nil }
    let middle = (first.right + letters[1].left + 1) / 2
    let whole = PixelRect(left: clip.left, top: clip.top + first.top, width: middle, height: ascent)
    let rest = PixelRect(
      left: clip.left + middle, top: clip.top + top, width: clip.width - middle, height: height)
    return Shape(first: whole, rest: rest, ratio: Double(ascent) / Double(height))
  }

  /// What the word says if it is all capitals once its letters are all of one height.
  private func read(_ word: RecognizedWord, _ shape: Shape) throws -> String? {
    let size = Self.bestHeight / Double(shape.first.height)
    guard let first = try stretch(shape.first, 1, size),
      let rest = try stretch(shape.rest, shape.ratio, size)
    else { return nil }
    let row = try RasterImage.row([first, rest])
    row.setResolution(preparation.resolution(ofLetters: Self.bestHeight * 0.75))
    let found = try engine.recognize(row, pageSegmentation: .singleLine, deadline: Self.deadline).words
    guard found.count == 1, found[0].confidence.value >= Self.leastConfidence,
      let (_, letters, _) = Self.parts(of: found[0].text), letters.allSatisfy(\.isCapital),
      letters.dropFirst().contains(where: { !Self.alike.contains($0) }),
      let (before, old, after) = Self.parts(of: word.text), abs(old.count - letters.count) <= 1
    else { return nil }
    // Where the first reading was all capitals and surer it was right.
    let isSurer = old.allSatisfy(\.isCapital) && word.confidence > found[0].confidence
    let name = isSurer ? old : letters
    let text =
      String(String.UnicodeScalarView(name.prefix(1))) + String(String.UnicodeScalarView(name.dropFirst())).lowercased()
    return String(String.UnicodeScalarView(before)) + text + String(String.UnicodeScalarView(after))
  }

  /// A part of the word, its letters `ratio` times as large and the whole `size` times.
  private func stretch(_ rect: PixelRect, _ ratio: Double, _ size: Double) throws -> RasterImage? {
    let height = Double(rect.height)
    let top = Int((Double(rect.top) - Self.above * height).rounded())
    let place = PixelRect(
      left: rect.left, top: top, width: rect.width,
      height: Int((Double(rect.bottom) + Self.below * height).rounded()) - top)
    guard let clip = place.clipped(width: image.width, height: image.height), clip.height == place.height else {
      return nil
    }
    return try image.cropped(to: clip).scaled(by: ratio * size)
  }
}

extension RecognizedWord {
  /// The same word with another text.
  fileprivate func saying(_ text: String) -> RecognizedWord {
    RecognizedWord(
      text: text, box: box, confidence: confidence, block: block, paragraph: paragraph, line: line, baseline: baseline,
      pointSize: pointSize, isNumeric: isNumeric, isInDictionary: isInDictionary, direction: direction, turn: turn,
      joinsNext: joinsNext, language: language)
  }
}
