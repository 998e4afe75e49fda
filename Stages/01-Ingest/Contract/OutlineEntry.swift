import DocumentModel
import StageKit

/// One bookmark of the document.
package struct OutlineEntry: Codable, Sendable, Hashable, SchemaDescribed {
  package let title: String
  /// 1 for the outermost.
  package let level: Int
  /// The page it leads to, from 1, where it leads to one.
  package let page: Int?
  /// How far down that page, in points, where it says so.
  package let top: Double?

  package init(title: String, level: Int, page: Int?, top: Double?) {
    self.title = title
    self.level = level
    self.page = page
    self.top = top.map(Quantity.coordinate)
  }

  package static let schema = Schema.object(
    "One bookmark.",
    [
      .required("title", .string("Its text.")), .required("level", .integer("1 for the outermost.", minimum: 1)),
      .optional("page", .integer("The page it leads to, from 1.", minimum: 1)),
      .optional("top", .coordinate("How far down that page, in points.")),
    ])
}
