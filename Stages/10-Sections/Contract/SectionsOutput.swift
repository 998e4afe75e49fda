import DocumentModel
import StageKit

/// The document's title, headings and section tree. Copies no text.
package struct SectionsOutput: StageOutput, Hashable {
  package static let stage = StageID.sections

  /// The entry of the reading order that is the title, where one is printed.
  package let title: Int?
  /// In reading order.
  package let headings: [Heading]
  /// The outermost sections, in reading order.
  package let sections: [Section]
  /// Entries that are a printed table of contents.
  package let contents: [Int]

  package init(title: Int?, headings: [Heading], sections: [Section], contents: [Int]) {
    self.title = title
    self.headings = headings
    self.sections = sections
    self.contents = contents
  }

  package static let schema = Schema.object(
    "Title, headings and section tree.",
    [
      .optional("title", .integer("The reading-order entry that is the title.", minimum: 0)),
      .required("headings", .list(Heading.self, "Headings, in reading order.")),
      .required("sections", .list(Section.self, "The outermost sections.")),
      .required("contents", .indices("Entries that are a printed table of contents.")),
    ])
}
