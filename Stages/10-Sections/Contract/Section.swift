import StageKit

/// A section: its heading and the stretch of the reading order that it covers, subsections included.
package struct Section: Codable, Sendable, Hashable, SchemaDescribed {
  /// Index into the headings; nil for what stands before the first heading.
  package let heading: Int?
  /// The first entry, its heading's own.
  package let start: Int
  /// One past the last entry.
  package let end: Int
  package let children: [Section]

  package init(heading: Int?, start: Int, end: Int, children: [Section]) {
    self.heading = heading
    self.start = start
    self.end = end
    self.children = children
  }

  package static let schema = Schema.object(
    "A section of the document.",
    [
      .optional("heading", .integer("Index into the headings; absent before the first heading.", minimum: 0)),
      .required("start", .integer("The first entry.", minimum: 0)),
      .required("end", .integer("One past the last entry.", minimum: 0)),
      .required("children", .list(Section.self, "Subsections.")),
    ])
}
