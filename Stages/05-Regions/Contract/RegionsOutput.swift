import DocumentModel
import StageKit

/// What the regions stage concludes of the document as a whole.
package struct RegionsOutput: StageOutput, Hashable {
  package static let stage = StageID.regions

  /// The size of running text in points; 0 where the document has no text.
  package let bodySize: Double
  /// The typeface of running text, where fonts are known.
  package let bodyFont: String?
  /// How many pages have regions.
  package let pageCount: Int
  /// How many regions of each kind, by the kind's name.
  package let counts: [String: Int]

  package init(bodySize: Double, bodyFont: String?, pageCount: Int, counts: [String: Int]) {
    self.bodySize = Quantity.coordinate(bodySize)
    self.bodyFont = bodyFont
    self.pageCount = pageCount
    self.counts = counts
  }

  package static let schema = Schema.object(
    "What the regions stage concludes of the document.",
    [
      .required("bodySize", .coordinate("The size of running text in points.")),
      .optional("bodyFont", .string("The typeface of running text.")),
      .required("pageCount", .integer("How many pages have regions.", minimum: 0)),
      .required("counts", .dictionary("How many regions of each kind.", of: .integer("A count.", minimum: 0))),
    ])
}
