import DocumentModel
import Leptonica
import Tesseract

/// Asks again about lines that stand sideways: the engine finds them, but does not tell which way up they are, and
/// reads half of them upside down.
struct SidewaysText {
  private let image: RasterImage
  private let preparation: Preparation
  private let engine: TesseractEngine

  private static let mostLines = 12  // of a page: a page that has more stands sideways itself
  private static let doubt = 0.85  // confidence: what is surer stays
  private static let bestHeight = 36.0  // pixels of a line of capitals: where the engine reads best
  private static let greatestScale = 6.0
  private static let margin = 0.4  // of the line's height around it
  private static let deadline = 20_000  // milliseconds; a line takes ten
  private static let leastSide = 8  // pixels

  /// - Parameter image: the page straightened as `preparation` says.
  init(_ image: RasterImage, preparation: Preparation, engine: TesseractEngine) {
    self.image = image
    self.preparation = preparation
    self.engine = engine
  }

  /// The reading with its doubtful sideways lines read both ways up, each as what is surest.
  func settled(_ reading: Reading) throws -> Reading {
    let lines = Self.doubtfulLines(of: reading.words).prefix(Self.mostLines)
    guard !lines.isEmpty else { return reading }
    var words = reading.words
    for line in lines.reversed() {
      let old = Array(words[line])
      var best = (words: old, worth: Self.worth(old.map(\.word)))
      for turn in [QuarterTurn.right, .left] {
        let other = try read(old, turn)
        let worth = Self.worth(other.map(\.word))
        if worth > best.worth { best = (other, worth) }
      }
      words.replaceSubrange(line, with: best.words)
    }
    return Reading(words: words, preparation: reading.preparation)
  }

  /// The words of each sideways line that holds a doubtful one.
  static func doubtfulLines(of words: [Reading.Found]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    while start < words.count {
      var end = start + 1
      while end < words.count, words[end].word.line == words[start].word.line,
        words[end].word.turn == words[start].word.turn
      { end += 1 }
      let isSideways = words[start].word.turn == .right || words[start].word.turn == .left
      if isSideways, words[start..<end].contains(where: { $0.word.confidence.value < doubt }) {
        lines.append(start..<end)
      }
      start = end
    }
    return lines
  }

  private static func worth(_ words: [RecognizedWord]) -> Double {
    words.reduce(0) { $0 + Double(Reading.letters($1.text)) * $1.confidence.value }
  }

  private func read(_ line: [Reading.Found], _ turn: QuarterTurn) throws -> [Reading.Found] {
    let boxes = line.map(\.word.box)
    guard let first = line.first, let left = boxes.map(\.left).min(), let right = boxes.map(\.right).max(),
      let top = boxes.map(\.top).min(), let bottom = boxes.map(\.bottom).max()
    else { return [] }
    let scale = preparation.scale
    let height = Double(right - left) / scale
    let around = Self.margin * height
    let start = Int(Double(left) / scale - around)
    let ceiling = Int(Double(top) / scale - around)
    let place = PixelRect(
      left: start, top: ceiling, width: Int(Double(right) / scale + around) - start,
      height: Int(Double(bottom) / scale + around) - ceiling)
    guard let clip = place.clipped(width: image.width, height: image.height),
      min(clip.width, clip.height) >= Self.leastSide
    else { return [] }
    var stretch = try image.cropped(to: clip).turned(turn.inverse)
    let factor = min(max(Self.bestHeight / max(height, 1), 1), Self.greatestScale)
    if factor > 1 { stretch = try stretch.restored(by: factor) }
    stretch.setResolution(preparation.resolution(ofLetters: height * factor))
    let recognition = try engine.recognize(stretch, pageSegmentation: .singleLine, deadline: Self.deadline)
    return recognition.words.map { word in
      let box = Self.box(word.box, of: clip, factor: factor, turn: turn, scale: scale)
      let turned = RecognizedWord(
        text: word.text, box: box, confidence: word.confidence, block: first.word.block,
        paragraph: first.word.paragraph, line: first.word.line, isNumeric: word.isNumeric,
        isInDictionary: word.isInDictionary, turn: turn, joinsNext: word.joinsNext, language: word.language)
      return Reading.Found(
        word: turned, mapping: first.mapping, box: first.mapping.box(box), resolution: first.resolution)
    }
  }

  /// A box of the upright stretch in the pixels of the engine's image of the page.
  private static func box(
    _ box: PixelRect, of clip: PixelRect, factor: Double, turn: QuarterTurn, scale: Double
  ) -> PixelRect {
    let (left, top) = (Double(box.left) / factor, Double(box.top) / factor)
    let (width, height) = (Double(box.width) / factor, Double(box.height) / factor)
    // Upright, the line's height is the clip's width.
    let x = turn == .right ? Double(clip.width) - top - height : top
    let y = turn == .right ? left : Double(clip.height) - left - width
    return PixelRect(
      left: Int((Double(clip.left) + x) * scale), top: Int((Double(clip.top) + y) * scale),
      width: Int(height * scale), height: Int(width * scale))
  }
}
