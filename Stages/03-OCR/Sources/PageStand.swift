import DocumentModel
import Leptonica

/// How a scanned page stands: its turn and its skew.
struct PageStand {
  let turn: QuarterTurn
  /// Degrees clockwise that level its lines.
  let correction: Double

  private static let leastSkew = 0.15  // degrees: the engine follows smaller ones by itself
  private static let leastRise = 0.08  // letters' heights from side to side; below it, turning blurs more than it mends
  private static let leastConfidence = 3.0  // Leptonica's advice

  /// Finds both, unless the options say.
  init(_ survey: PageSurvey, options: OCROptions, expected: QuarterTurn?) throws {
    let asked = options.turn.quarter
    try self.init(survey, options: options, turn: asked ?? survey.binary.orientation().turn ?? expected ?? .none)
  }

  init(_ survey: PageSurvey, options: OCROptions, turn: QuarterTurn) throws {
    self.turn = turn
    guard options.straighten else {
      correction = 0
      return
    }
    let skew = try survey.binary.turned(turn.inverse).skew()
    let rise = abs(skew.correction) * .pi / 180 * Double(survey.binary.width)
    let isSure =
      skew.confidence >= Self.leastConfidence && abs(skew.correction) >= Self.leastSkew
      && rise >= Self.leastRise * survey.look.letterHeight
    correction = isSure ? skew.correction : 0
  }
}

extension OCROptions.Turn {
  fileprivate var quarter: QuarterTurn? {
    switch self {
    case .auto: nil
    case .none: QuarterTurn.none
    case .right: .right
    case .half: .half
    case .left: .left
    }
  }
}
