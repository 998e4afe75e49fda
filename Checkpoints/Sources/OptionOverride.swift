import CanonicalJSON
import StageKit

/// A stage option set for a job, for all its pages or for some.
package struct OptionOverride: Codable, Sendable, Hashable {
  package let stage: StageID
  package let option: String
  package let value: JSONValue
  /// Ascending; nil for all pages and for document stages.
  package let pages: [Int]?

  package init(stage: StageID, option: String, value: JSONValue, pages: [Int]? = nil) {
    self.stage = stage
    self.option = option
    self.value = value
    self.pages = pages
  }
}
