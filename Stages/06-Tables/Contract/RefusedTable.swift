import DocumentModel
import StageKit

/// An area that was taken for a table and found to be none.
package struct RefusedTable: Codable, Sendable, Hashable, SchemaDescribed {
  package enum Reason: String, Codable, Sendable, Hashable, CaseIterable {
    case prose, list, code, figure
    /// Names with their values: fields, not a grid.
    case form
    case tooFewCells = "too-few-cells"
    case poorFit = "poor-fit"
  }

  package let box: BoundingBox
  package let reason: Reason

  package init(box: BoundingBox, reason: Reason) {
    self.box = box
    self.reason = reason
  }

  package static let schema = Schema.object(
    "An area that was taken for a table and found to be none.",
    [.required("box", .type(BoundingBox.self)), .required("reason", .cases(Reason.self, "What it is instead."))])
}
