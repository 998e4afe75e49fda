import Ledger
import StageKit

/// A job's pins by unit, or by the part of a stage over the document that they stand for.
typealias PinsByUnit = [UnitID: PinEntry]

extension PinsByUnit {
  init(_ pins: [PinEntry]) {
    // The ledger has one per unit.
    self.init(pins.map { ($0.unit, $0) }) { first, _ in first }
  }

  /// A unit's pins, those of its parts among them, by page.
  func ofUnit(_ unit: UnitID) -> [PinEntry] {
    guard !isEmpty else { return [] }
    guard unit.subject == .document else { return self[unit].map { [$0] } ?? [] }
    return values.filter { $0.unit.stage == unit.stage }.sorted { $0.unit < $1.unit }
  }

  /// The pin that stands for a unit as a whole, so that the stage's own result is not needed.
  ///
  /// - Parameter scope: of the unit's stage; a part alone is not its result, nor is a document part without its pages.
  func whole(_ unit: UnitID, _ scope: StageScope?) -> PinEntry? {
    scope == .documentWithParts ? nil : self[unit]
  }

  /// How a unit's end looks to those below it: what people pinned stands in place of what the stage made.
  ///
  /// - Parameter key: what the stage's own result stands under, or would.
  func standing(_ end: UnitEnd, _ unit: UnitID, _ scope: StageScope?, key: Digest?) -> UnitEnd {
    let pins = ofUnit(unit)
    guard !pins.isEmpty else { return end }
    switch end {
    case .done(let result): return .done(result.with(pins))
    case .gap, .failed:
      // A pin of the whole needs no result under it.
      guard let own = whole(unit, scope) else { return end }
      return .done(UnitResult(key: key ?? own.content, pin: own))
    }
  }
}
