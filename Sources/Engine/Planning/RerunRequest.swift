import Checkpoints
import Ledger
import StageKit

/// What a rerun is to change.
package struct RerunRequest: Sendable {
  package var stage: StageID
  /// Pages the overrides are for; nil for all. Refused for document stages.
  package var pages: PageSelection?
  /// Options as typed, `ocr.languages=deu`.
  package var settings: [String]
  /// Runs the stage's units even where their results are there, and says whether they are equal.
  package var force: Bool
  /// Removes the stage's overrides first.
  package var reset: Bool

  package init(
    stage: StageID, pages: PageSelection? = nil, settings: [String] = [], force: Bool = false, reset: Bool = false
  ) {
    self.stage = stage
    self.pages = pages
    self.settings = settings
    self.force = force
    self.reset = reset
  }

  /// The units that run although nothing has changed: by force all of the stage, else those that were given up.
  ///
  /// - Parameter numbers: the pages that are meant; nil for all.
  func units(among rows: some Sequence<UnitRecord>, _ numbers: [Int]?) -> Set<UnitID> {
    Set(
      rows.lazy.filter { row in
        row.unit.stage == stage && (force || row.state == .gap || row.state == .failed)
          && (row.unit.page.flatMap { page in numbers.map { $0.contains(page) } } ?? true)
      }.map(\.unit))
  }
}
