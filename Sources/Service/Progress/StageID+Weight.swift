import StageKit

extension StageID {
  /// What a unit costs beside others, roughly: on a scanned page, text recognition is nearly all of the work.
  package var weight: Double {
    switch self {
    case .ocr: 20
    case .render, .layout, .tables: 3
    case .export: 2
    default: 1
    }
  }
}
