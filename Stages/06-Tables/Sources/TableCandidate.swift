import Contracts
import DocumentModel

/// A grid with what speaks for it and, if anything does, against it.
struct TableCandidate {
  let grid: GridDraft
  let confidence: Double
  let refusal: RefusedTable.Reason?
  let words: Set<Int>
  let box: BoundingBox

  /// By which overlapping candidates are chosen: a sure grid of many words before a surer one of few.
  var rank: Double {
    confidence * (1 + Self.sizeWeight * Double(words.count.bitWidth - words.count.leadingZeroBitCount))
  }

  private static let sizeWeight = 0.04  // for each doubling of the words: a whole table before its ruled head

  init(_ grid: GridDraft, evidence: Double, wordGap: Double, refusal: RefusedTable.Reason?) {
    self.grid = grid
    let measure = GridMeasure(grid, wordGap: wordGap)
    words = Set(grid.allWords.map(\.index))
    box = grid.box
    confidence = Self.confidence(measure, grid: grid, evidence: evidence)
    let isSmall = measure.filledCells < 4 || measure.filledColumns < 2 || measure.filledRows < 2
    let isScant = measure.filledRows < 3 && measure.fill < Self.leastFill && grid.strategy != .ruled
    self.refusal = refusal ?? (isSmall || isScant ? .tooFewCells : nil)
  }

  /// A grid whose rows are told by the leading of its lines: words in cells do not speak against it.
  init(wrapped grid: GridDraft, evidence: Double, wordGap: Double, refusal: RefusedTable.Reason?) {
    self.grid = grid
    let measure = GridMeasure(grid, wordGap: wordGap)
    words = Set(grid.allWords.map(\.index))
    box = grid.box
    let value =
      Self.wrappedBase + evidence + 0.3 * measure.alignment + 0.1 * min(1, Double(measure.filledRows) / 5)
      - 0.8 * measure.crossing - Self.numbersLoss * measure.numericColumns
    confidence = min(max(value, 0), Self.mostAligned)
    self.refusal = refusal ?? (measure.filledColumns < 2 || measure.filledRows < 3 ? .tooFewCells : nil)
  }

  private static let wrappedBase = 0.48
  private static let numbersLoss = 0.15  // where all columns hold numbers: those tell rows better than leading does
  private static let leastFill = 0.75  // of a grid of two rows: the numbers along an axis and its name fill less
  private static let namelessLoss = 0.1  // numbers that no row names: a reading that finds the names is better
  private static let mostAligned = 0.91  // a grid drawn in full is surer than any that only keeps to corridors

  private init(_ other: TableCandidate, refusal: RefusedTable.Reason) {
    (grid, confidence, words, box) = (other.grid, other.confidence, other.words, other.box)
    self.refusal = refusal
  }

  /// The same grid, found to be something else.
  func refused(as reason: RefusedTable.Reason) -> TableCandidate { TableCandidate(self, refusal: reason) }

  /// Weights of the signs; those of an unruled grid of numbers in good order add up to 0.9.
  private static func confidence(_ measure: GridMeasure, grid: GridDraft, evidence: Double) -> Double {
    var value: Double
    switch grid.strategy {
    case .ruled:
      value = 0.8 + 0.12 * measure.alignment + 0.08 * measure.fill - 0.8 * measure.stacked - 0.8 * measure.loose
    case .halfRuled, .unruled:
      value =
        0.3 * measure.alignment + 0.25 * measure.numericColumns + 0.15 * measure.fill
        + 0.1 * min(1, Double(measure.filledRows) / 5) + 0.1 * min(1, Double(measure.filledColumns - 1) / 2)
      value -= 0.5 * measure.stacked
      if measure.wordsPerCell > 6 { value -= min(0.3, 0.03 * (measure.wordsPerCell - 6)) }
    }
    value += evidence - 0.8 * measure.crossing
    let isNameless = grid.headerRows == 0 && measure.numericColumns > 0.5
    if isNameless { value -= namelessLoss }
    return min(max(value, 0), (grid.strategy == .ruled ? 1 : mostAligned) - (isNameless ? namelessLoss : 0))
  }
}
