import Checkpoints
import StageKit

/// What a stage is to be tried on, beside the jobs.
package struct ReplayRequest: Sendable {
  package var stage: StageID
  /// Nil for all.
  package var pages: PageSelection?
  /// Options as typed, `tables.strategy=lines`, over those of the jobs.
  package var settings: [String]
  /// In memory only.
  package var password: String?
  /// A folder that is there, for what comes out; nil throws it away.
  package var output: String?

  package init(
    stage: StageID, pages: PageSelection? = nil, settings: [String] = [], password: String? = nil, output: String? = nil
  ) {
    self.stage = stage
    self.pages = pages
    self.settings = settings
    self.password = password
    self.output = output
  }
}
