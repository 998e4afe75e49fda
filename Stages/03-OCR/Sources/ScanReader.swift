import Contracts
import DocumentModel
import Leptonica
import StageKit
import Tesseract

/// Reads a page's raster: finds how it stands, makes it ready, lets the engine read it, and reads again where that
/// went badly.
struct ScanReader {
  let page: PageSize
  let options: OCROptions
  let engines: WarmEngines
  /// Told how far recognition has come, 0…1.
  let progress: (Double) -> Void

  /// What came of a page.
  struct Outcome {
    var words: [Reading.Found] = []
    var turn = QuarterTurn.none
    /// Degrees clockwise that levelled the lines.
    var correction = 0.0
    var languages: [String] = []
    var passes = 0
  }

  private static let leastLetters = 2  // parts of ink: fewer are specks
  private static let leastContrast = 24  // grey levels between paper and ink: less is a stain

  /// - Parameter expected: how the page's text layer stands, where it has one.
  func read(_ raster: RasterImage, levels: GreyLevels, expected: QuarterTurn? = nil) throws -> Outcome {
    guard levels.paper - levels.ink >= Self.leastContrast else { return Outcome() }
    var (raster, survey) = (raster, try PageSurvey(raster, levels: levels, cleaning: options.cleaning))
    guard options.cleaning != .never else { return try read(raster, survey, expected: expected) }
    for mended in [PageSurvey.withoutTints, PageSurvey.withDarkPrint] {
      guard let better = try mended(survey)(raster) else { continue }
      raster = better
      survey = try PageSurvey(better, levels: GreyLevels(better), cleaning: options.cleaning)
    }
    return try read(raster, survey, expected: expected)
  }

  private func read(_ raster: RasterImage, _ survey: PageSurvey, expected: QuarterTurn?) throws -> Outcome {
    guard survey.look.letters.count >= Self.leastLetters else { return Outcome() }
    let stand = try PageStand(survey, options: options, expected: expected)
    let languages = engines.choice.languages(
      script: engines.choice.wantsScript ? try engines.detector()?.detect(in: survey.binary)?.script : nil)
    var engine = try engines.engine(languages)
    var outcome = Outcome(languages: languages)

    var best = try pass(raster, survey, survey.preparation(stand), engine, &outcome)
    var other: Reading?
    if let language = otherLanguage(best, than: languages) {
      let own = try engines.engine([language])
      let second = try pass(raster, survey, survey.preparation(stand), own, &outcome)
      if second.worth > best.worth { (best, engine, outcome.languages) = (second, own, [language]) }
    } else if !survey.isSnow, try missedShare(best, survey) ?? 0 >= Self.mostMissed {
      best = try readRest(of: raster, survey, after: best, engine, &outcome)
    } else if let manner = try alternative(to: best, survey, stand) {
      let second = try pass(raster, survey, manner, engine, &outcome)
      (best, other) = second.worth > best.worth ? (second, best) : (best, second)
    }
    let upright =
      options.cleaning == .never || best.isHopeless ? nil : try best.preparation.straightened(raster)
    if let upright { best = try revised(best, other, upright, survey, engine) }
    if outcome.passes == 1, !best.isHopeless, !survey.isSnow, try misses(best, survey) {
      best = try readRest(of: raster, survey, after: best, engine, &outcome)
    }
    outcome.words = NoiseFilter(options.minimumConfidence).sift(best.words)
    if let upright, options.segmentation == .auto, expected == nil, !best.isHopeless, !survey.isSnow {
      outcome.words = try withLoneLetters(outcome.words, best.preparation, upright, raster.bounds, survey, engine)
    }
    outcome.words = NoiseFilter.withoutEnclosedMarks(outcome.words)
    outcome.turn = best.preparation.turn
    outcome.correction = best.preparation.correction
    return outcome
  }

  /// The installed language that a page turns out to be written in, where none was asked for.
  private func otherLanguage(_ reading: Reading, than languages: [String]) -> String? {
    guard engines.choice.asked == nil, languages == ["eng"], !reading.isHopeless,
      let found = PrintedLanguage.find(in: reading.words), engines.choice.isInstalled(found)
    else { return nil }
    return found
  }

  /// The engine's search for tables parts columns that it would run together else, but takes minutes where a page is
  /// nothing but specks.
  private func withoutTables<Value>(_ isSnow: Bool, _ engine: TesseractEngine, _ read: () throws -> Value) throws
    -> Value
  {
    guard isSnow else { return try read() }
    try engine.setVariable(Self.tables, to: "0")
    let value = Result { try read() }
    try engine.setVariable(Self.tables, to: "1")
    return try value.get()
  }

  private static let tables = "textord_tabfind_find_tables"

  /// The better of two readings with what a closer look says of single words and lines.
  ///
  /// - Parameter upright: the raster straightened as the reading was prepared.
  private func revised(
    _ best: Reading, _ other: Reading?, _ upright: RasterImage, _ survey: PageSurvey, _ engine: TesseractEngine
  ) throws -> Reading {
    let manner = best.preparation
    let witness = other.flatMap { $0.preparation.isAligned(with: manner) ? $0.words : nil } ?? []
    let opinion = SecondOpinion(upright, preparation: manner, isLow: survey.hasSmallLetters, engine: engine)
    var words = try opinion.settled(best.words.map(\.word), witness: witness.map(\.word))
    if !survey.hasSmallLetters {
      let level = survey.inkLevel(after: manner.cleaning)
      words = try SmallCapitals(upright, preparation: manner, level: level, engine: engine).settled(words)
    }
    let reading = best.replacing(words).completed(by: witness, page: page)
    return try SidewaysText(upright, preparation: manner, engine: engine).settled(reading)
  }

  private func withLoneLetters(
    _ words: [Reading.Found], _ manner: Preparation, _ upright: RasterImage, _ raster: PixelRect, _ survey: PageSurvey,
    _ engine: TesseractEngine
  ) throws -> [Reading.Found] {
    let level = survey.inkLevel(after: manner.cleaning)
    let lone = LoneLetters(upright, preparation: manner, level: level, page: page, engine: engine)
    let letters = survey.look.letters.map(survey.mapping(page).box)
    return try lone.added(to: words, letters: letters, raster: raster)
      .filter { $0.word.confidence.value >= options.minimumConfidence }
  }

  private static let deadline = 600_000  // milliseconds a pass: a page takes one second, a newspaper thirty

  private func pass(
    _ raster: RasterImage, _ survey: PageSurvey, _ preparation: Preparation, _ engine: TesseractEngine,
    _ outcome: inout Outcome, segmentation: PageSegmentation? = nil
  ) throws -> Reading {
    outcome.passes += 1
    let (image, mapping) = try preparation.apply(to: raster, page: page)
    let recognition = try withoutTables(survey.isSnow, engine) {
      try engine.recognize(
        image, pageSegmentation: segmentation ?? options.segmentation.engine, deadline: Self.deadline,
        progress: progress)
    }
    guard recognition.isComplete else {
      throw StageFailure(
        .timedOut, "Recognition did not come to an end.", hint: "Try ocr.segmentation=sparse, or ocr.mode=never.")
    }
    return Reading(recognition, mapping: mapping, resolution: image.resolution, preparation: preparation)
  }

  /// Another way to prepare a page that was read badly; nil where it was read well or nothing else is left to try.
  private func alternative(to reading: Reading, _ survey: PageSurvey, _ stand: PageStand) throws -> Preparation? {
    guard
      try reading.isPoor || survey.hasSmallLetters && (reading.isMixed || misses(reading, survey))
        || !survey.hasSmallLetters && touchesRules(reading, survey)
    else {
      return nil
    }
    if reading.isPoor, options.turn == .auto, let seen = try engines.detector()?.detect(in: survey.binary),
      seen.turn != stand.turn, seen.turnConfidence >= Self.leastTurnConfidence
    {
      return survey.preparation(try PageStand(survey, options: options, turn: seen.turn))
    }
    guard options.cleaning != .never, !(survey.hasSmallLetters && reading.isHopeless) else { return nil }
    if !reading.isPoor, !survey.hasSmallLetters { return survey.unruled(reading.preparation) }
    return survey.otherWay(than: reading.preparation)
  }

  private static let leastTouched = 5  // words: a border may touch one or two
  private static let touchedShare = 0.05  // of the words

  /// Whether upright rules run through words, whose letters the engine then took them for.
  private func touchesRules(_ reading: Reading, _ survey: PageSurvey) throws -> Bool {
    let mapping = survey.mapping(page)
    let rules = CoverageGrid(page: page, boxes: try survey.uprightRules().map(mapping.box))
    let touched = reading.words.count { rules.coversLevel(of: $0.box) }
    return touched >= Self.leastTouched && Double(touched) >= Self.touchedShare * Double(reading.words.count)
  }

  private static let leastTurnConfidence = 2.0  // the detector's ratio; below it guesses

  private static let missedShare = 0.12  // of the parts that could be letters; the dots of i are not among them
  private static let missedOfFew = 0.06  // the same where there are few: a column of a small table
  private static let few = 500  // parts: a quarter of a page of print
  private static let missedCount = 12  // parts: a word or two

  private static let mostMissed = 0.6  // of the letters: what the engine took for a picture, or for nothing

  /// Whether so many letters stand outside all words that it is worth another look.
  private func misses(_ reading: Reading, _ survey: PageSurvey) throws -> Bool {
    guard let share = try missedShare(reading, survey) else { return false }
    return share >= (survey.look.letters.count < Self.few ? Self.missedOfFew : Self.missedShare)
  }

  /// The share of letters outside all words; nil where they are too few to matter, or the page's segmentation is given.
  private func missedShare(_ reading: Reading, _ survey: PageSurvey) throws -> Double? {
    guard options.segmentation == .auto else { return nil }
    let grid = CoverageGrid(page: page, boxes: reading.words.map(\.box))
    let mapping = survey.mapping(page)
    let boxes = survey.look.letters.map(mapping.box)
    let left = boxes.filter { !grid.coversCentre(of: $0) }
    return left.count >= Self.missedCount ? Double(left.count) / Double(boxes.count) : nil
  }

  /// Reads once more what no word covers, as scattered words.
  private func readRest(
    of raster: RasterImage, _ survey: PageSurvey, after reading: Reading, _ engine: TesseractEngine,
    _ outcome: inout Outcome
  ) throws -> Reading {
    let mapping = PixelMapping(page: page, raster: raster.bounds, turn: .none, correction: 0, scale: 1)
    let remaining = try raster.whitened(reading.words.map { mapping.rect($0.box) })
    let more = try pass(remaining, survey, reading.preparation, engine, &outcome, segmentation: .sparseText)
    let grid = CoverageGrid(page: page, boxes: reading.words.map(\.box))
    let fresh = more.words.filter { !grid.coversCentre(of: $0.box) && $0.word.confidence.value >= Self.leastScattered }
    return Reading(words: Reading.joined(reading.words, fresh), preparation: reading.preparation)
  }

  private static let leastScattered = 0.5  // confidence of a word that stands alone: pictures yield letters too
}

extension OCROptions.Segmentation {
  fileprivate var engine: PageSegmentation {
    switch self {
    case .auto: .auto
    case .column: .singleColumn
    case .block: .singleBlock
    case .line: .singleLine
    case .sparse: .sparseText
    }
  }
}
