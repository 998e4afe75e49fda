import Checkpoints
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
}
