import DocumentModel
import StageKit

/// One place in the stream: an element, or several that are one (a paragraph or table that goes on in the next column or page).
package struct ReadingEntry: Codable, Sendable, Hashable, SchemaDescribed {
  /// In order; more than one where they were joined.
  package let elements: [ElementID]
  /// How each further element follows the one before; one fewer than `elements`.
  package let joins: [Join]
  /// The captions that belong to this table or figure.
  package let captions: [ElementID]
  /// The footnotes whose marks stand in this entry's text.
  package let footnotes: [ElementID]
  /// For a list item: its level, where an earlier page or column tells it otherwise than its own. For any other text: the
  /// level of the list item above that it belongs to, as a further paragraph or a listing of it; nil where it stands in no
  /// list.
  package let listLevel: Int?

  package enum Join: String, Codable, Sendable, Hashable, CaseIterable {
    case space
    /// The hyphen at the end goes, the word is joined.
    case hyphen
    /// The hyphen stays, the word is joined.
    case keepHyphen = "keep-hyphen"
    /// The lines of a listing go on.
    case lines
    /// Rows of a table go on.
    case rows
    /// Rows go on, and the continuation's header rows repeat the first's and are left out.
    case rowsRepeatingHeader = "rows-repeating-header"
    /// Rows go on, and the first of them is the rest of the last one, which a page's end cuts.
    case cells
    /// The same, below header rows that repeat the first's and are left out.
    case cellsRepeatingHeader = "cells-repeating-header"

    package var repeatsHeader: Bool { self == .rowsRepeatingHeader || self == .cellsRepeatingHeader }
    package var mendsRow: Bool { self == .cells || self == .cellsRepeatingHeader }
  }

  package init(
    elements: [ElementID], joins: [Join] = [], captions: [ElementID] = [], footnotes: [ElementID] = [],
    listLevel: Int? = nil
  ) {
    self.elements = elements
    self.joins = joins
    self.captions = captions
    self.footnotes = footnotes
    self.listLevel = listLevel
  }

  package static let schema = Schema.object(
    "One place in the stream.",
    [
      .required("elements", .array("The elements that are one, in order.", of: .elementID)),
      .required("joins", .array("How each further element follows the one before.", of: .cases(Join.self, "A join."))),
      .required("captions", .array("Captions of this table or figure.", of: .elementID)),
      .required("footnotes", .array("Footnotes whose marks stand here.", of: .elementID)),
      .optional(
        "listLevel",
        .integer(
          "A list item's level, as earlier pages tell it; for other text, the level of the item above that it belongs to.",
          minimum: 1)),
    ])
}
