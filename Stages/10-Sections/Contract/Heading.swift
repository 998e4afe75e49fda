import DocumentModel
import StageKit

/// A heading with its level.
package struct Heading: Codable, Sendable, Hashable, SchemaDescribed {
  package enum Evidence: String, Codable, Sendable, Hashable, CaseIterable {
    case outline, numbering, style
    case tableOfContents = "table-of-contents"
  }

  /// Index of the entry in the reading order.
  package let entry: Int
  package let element: ElementID
  /// 1 for the outermost; the title itself has none.
  package let level: Int
  /// As printed: `2.3`, `IV.`, `(a)`.
  package let number: String?
  package let evidence: Evidence

  package init(entry: Int, element: ElementID, level: Int, number: String?, evidence: Evidence) {
    self.entry = entry
    self.element = element
    self.level = level
    self.number = number
    self.evidence = evidence
  }

  package static let schema = Schema.object(
    "A heading with its level.",
    [
      .required("entry", .integer("Index of the entry in the reading order.", minimum: 0)),
      .required("element", .elementID), .required("level", .integer("1 for the outermost.", minimum: 1)),
      .optional("number", .string("Its number as printed.")),
      .required("evidence", .cases(Evidence.self, "What decided its level.")),
    ])
}
