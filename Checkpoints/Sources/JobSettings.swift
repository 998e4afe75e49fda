import StageKit

/// What a job is to do with its document.
package struct JobSettings: Codable, Sendable, Hashable {
  /// In the order they were given; a later one of the same stage, option and pages replaces an earlier one.
  package var overrides: [OptionOverride]
  /// Nil for all pages.
  package var pages: PageSelection?
  /// The last stage to run; nil for all.
  package var until: StageID?
  /// The exports to make, in the order of `ExportFormat`.
  package var formats: [ExportFormat]
  /// Higher goes first; 0 is ordinary.
  package var priority: Int
  /// How many replaced versions of each checkpoint are kept; nil for `keptByDefault`.
  package var keep: Int?

  /// Versions: more than a person goes through, and in links and canonical JSON little beside one page's raster.
  package static let keptByDefault = 20
  package static let priorities = -100...100

  package init(
    overrides: [OptionOverride] = [], pages: PageSelection? = nil, until: StageID? = nil, formats: [ExportFormat] = [],
    priority: Int = 0, keep: Int? = nil
  ) {
    self.overrides = overrides
    self.pages = pages
    self.until = until
    self.formats = formats
    self.priority = priority
    self.keep = keep
  }
}
