/// One need of a stage, as data: what the plan builds its graph from.
package struct Requirement: Codable, Sendable, Hashable {
  package enum Reach: String, Codable, Sendable, Hashable, CaseIterable {
    /// The document's own bytes.
    case source
    /// The checkpoint of the same page, or the part of a document stage for that page.
    case samePage = "same-page"
    /// Every page's checkpoint (or part), each of which may be a gap.
    case everyPage = "every-page"
    /// The checkpoint over the whole document.
    case document
  }

  package let reach: Reach
  /// Nil for the source.
  package let stage: StageID?
  /// Whether the stage can work where a gap stands in for it.
  package let optional: Bool

  package init(_ reach: Reach, _ stage: StageID?, optional: Bool = false) {
    self.reach = reach
    self.stage = stage
    self.optional = optional
  }
}
