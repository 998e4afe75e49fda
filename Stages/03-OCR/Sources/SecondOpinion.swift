import DocumentModel
import Leptonica
import Tesseract

/// Asks again about words read with doubt: their stretch of the line by itself, made ready in other ways.
///
/// One letter taken for another is what most errors are, and it rarely stays the same when the pixels change a little:
/// other edges, another size. What two readings agree on, or one is surer of, is taken.
struct SecondOpinion {
  private let engine: TesseractEngine
  private let preparation: Preparation
  private let image: RasterImage
  private let isLow: Bool

  /// How a stretch is made ready otherwise than the first time.
  private struct Manner {
    let isSmoothed: Bool
    let isSharpened: Bool
    let scale: Double
  }

  /// Smoothing takes what low letters have; once they are enlarged their edges can be made steeper instead.
  private var manners: [Manner] {
    let (smoothed, sharpened) = (preparation.isSmoothed, preparation.isSharpened)
    guard isLow else {
      return [
        Manner(isSmoothed: !smoothed, isSharpened: false, scale: Self.smaller),
        Manner(isSmoothed: smoothed, isSharpened: false, scale: Self.larger),
        Manner(isSmoothed: !smoothed, isSharpened: false, scale: 1),
      ]
    }
    let scaled = [
      Manner(isSmoothed: false, isSharpened: sharpened, scale: Self.larger),
      Manner(isSmoothed: false, isSharpened: sharpened, scale: Self.smaller),
    ]
    guard preparation.letterHeight >= PageSurvey.sharpenable else { return scaled }
    return [Manner(isSmoothed: false, isSharpened: !sharpened, scale: 1)] + scaled
  }

  private static let smaller = 0.75  // of the first size; with other edges, the most unlike of what reads as well
  private static let larger = 1.35

  /// - Parameter image: the page straightened as `preparation` says.
  /// - Parameter isLow: whether letters are of few pixels.
  init(_ image: RasterImage, preparation: Preparation, isLow: Bool = false, engine: TesseractEngine) {
    self.isLow = isLow
    self.engine = engine
    self.preparation = preparation
    self.image = image
  }

  /// Share of the page's letters that are read again at the most: bounds the time on pages where all is doubtful.
  private static let budget = 0.8
  private static let budgetOfLow = 1.6  // the same where letters are low: most words are doubtful, and pages small
  private static let overhead = 2  // letters: what a stretch costs beside its own

  /// - Parameter words: one reading's, as the engine gave them for `preparation`.
  /// - Parameter witness: what another pass read of the same pixels, if there was one.
  func settled(_ words: [RecognizedWord], witness: [RecognizedWord] = []) throws -> [RecognizedWord] {
    let runs = DoubtfulRuns.find(in: words, letterHeight: preparation.letterHeight * preparation.scale)
    guard !runs.isEmpty else { return words }
    let costs = words.map { $0.text.unicodeScalars.count }
    var left = Int((isLow ? Self.budgetOfLow : Self.budget) * Double(costs.reduce(0, +)))
    // The least sure first, for where the budget ends before the page.
    let urgent = runs.sorted {
      (Self.confidence(words[$0]), $0.lowerBound) < (Self.confidence(words[$1]), $1.lowerBound)
    }
    var votes = Witness(witness).votes(on: words)
    // Without this the engine reads each line it is unsure of once more with black and white exchanged.
    try engine.setVariable(Self.inverting, to: "0")
    let heard = Result {
      for manner in manners {
        for run in urgent {
          let doubtful = run.filter { DoubtfulRuns.isDoubtful(words[$0]) }
          // The next manner is asked only where no two readings agree.
          guard doubtful.contains(where: { votes[$0]?.isOpen ?? true }) else { continue }
          let cost = run.reduce(Self.overhead) { $0 + costs[$1] }
          guard cost <= left else { continue }
          left -= cost
          let reading = try read(words[run], manner)
          for index in doubtful { votes[index, default: WordVote(words[index])].hear(reading) }
        }
      }
    }
    try engine.setVariable(Self.inverting, to: "1")
    try heard.get()
    return words.indices.map { votes[$0]?.decision ?? words[$0] }
  }

  private static let inverting = "tessedit_do_invert"

  private static func confidence(_ run: ArraySlice<RecognizedWord>) -> Double {
    run.reduce(1) { min($0, $1.confidence.value) }
  }

  private static let marginAcross = 0.5  // letters' heights around a stretch
  private static let marginDown = 0.25  // less, or the lines above and below come in
  private static let deadline = 20_000  // milliseconds; a stretch takes ten
  private static let leastSide = 8  // pixels

  private func read(
    _ run: ArraySlice<RecognizedWord>, _ manner: Manner
  ) throws -> [WordVote.Other] {
    let (height, scale) = (preparation.letterHeight, preparation.scale)
    let boxes = run.map(\.box)
    guard let left = boxes.map(\.left).min(), let right = boxes.map(\.right).max(),
      let top = boxes.map(\.top).min(), let bottom = boxes.map(\.bottom).max()
    else { return [] }
    let start = Int(Double(left) / scale - Self.marginAcross * height)
    let ceiling = Int(Double(top) / scale - Self.marginDown * height)
    let place = PixelRect(
      left: start, top: ceiling, width: Int(Double(right) / scale + Self.marginAcross * height) - start,
      height: Int(Double(bottom) / scale + Self.marginDown * height) - ceiling)
    guard let clip = place.clipped(width: image.width, height: image.height),
      min(clip.width, clip.height) >= Self.leastSide
    else { return [] }
    var stretch = try image.cropped(to: clip)
    if manner.isSmoothed { stretch = try stretch.smoothed() }
    let factor = scale * manner.scale
    if factor != 1 { stretch = try stretch.scaled(by: factor) }
    if manner.isSharpened { stretch = try stretch.sharpened(radius: preparation.edge(ofLetters: height * factor)) }
    stretch.setResolution(preparation.resolution(ofLetters: height * factor))
    let recognition = try engine.recognize(stretch, pageSegmentation: .singleLine, deadline: Self.deadline)
    return recognition.words.map { word in
      let pixels = { (x: Int) in (Double(clip.left) + Double(x) / factor) * scale }
      return WordVote.Other(
        text: word.text, confidence: word.confidence.value, isInDictionary: word.isInDictionary,
        left: pixels(word.box.left), right: pixels(word.box.right))
    }
  }
}
