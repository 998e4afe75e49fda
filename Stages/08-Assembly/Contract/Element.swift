import DocumentModel
import StageKit

/// A region's content.
package struct Element: Codable, Sendable, Hashable, SchemaDescribed {
  package let kind: RegionKind
  package let box: BoundingBox
  /// Index into the page's columns; nil where it spans several.
  package let column: Int?
  /// The text; empty for tables and figures. Lines are joined; a line-break hyphen is gone.
  package let runs: [TextRun]
  /// Where line feeds stand, as Unicode scalar offsets into the joined text: all of code's, and in other text those
  /// that its writer set. Empty where lines merely wrap.
  package let lineBreaks: [Int]
  package let typography: Typography
  package let list: ListMarker?
  package let table: ElementTable?
  package let figure: ElementFigure?
  /// For a caption: the index, on this page, of the table or figure it belongs to.
  package let captionOf: Int?
  /// For a footnote: its mark, as the text refers to it; the note's own text is without it.
  package let footnoteMark: String?
  /// The mean of its words' confidences.
  package let confidence: Score
  /// The words that its list marker or footnote mark was read from, which `runs` leave out; nil where it has none.
  package let markWords: [Int]?
  /// For a paragraph: true for a block quote, else nil.
  package let isQuote: Bool?

  package init(
    kind: RegionKind, box: BoundingBox, column: Int? = nil, runs: [TextRun] = [], lineBreaks: [Int] = [],
    typography: Typography, list: ListMarker? = nil, table: ElementTable? = nil, figure: ElementFigure? = nil,
    captionOf: Int? = nil, footnoteMark: String? = nil, confidence: Score = .certain,
    markWords: [Int]? = nil, isQuote: Bool? = nil
  ) {
    self.kind = kind
    self.box = box
    self.column = column
    self.runs = runs
    self.lineBreaks = lineBreaks
    self.typography = typography
    self.list = list
    self.table = table
    self.figure = figure
    self.captionOf = captionOf
    self.footnoteMark = footnoteMark
    self.confidence = confidence
    self.markWords = markWords
    self.isQuote = isQuote
  }

  /// The text of all runs.
  package var text: String { runs.map(\.text).joined() }

  package static let schema = Schema.object(
    "A region's content.",
    [
      .required("kind", .cases(RegionKind.self, "What it is.")), .required("box", .type(BoundingBox.self)),
      .optional("column", .integer("Index into the page's columns; absent where it spans several.", minimum: 0)),
      .required("runs", .list(TextRun.self, "The text; empty for tables and figures.")),
      .required("lineBreaks", .indices("Where line feeds stand, in Unicode scalars of the joined text.")),
      .required("typography", .type(Typography.self)), .optional("list", .type(ListMarker.self)),
      .optional("table", .type(ElementTable.self)), .optional("figure", .type(ElementFigure.self)),
      .optional("captionOf", .integer("For a caption: the index of its table or figure on this page.", minimum: 0)),
      .optional("footnoteMark", .string("For a footnote: its mark.")),
      .required("confidence", .score("The mean of its words' confidences.")),
      .optional("markWords", .indices("The words of its list marker or footnote mark.")),
      .optional("isQuote", .flag("True for a paragraph that is a block quote.")),
    ])
}
