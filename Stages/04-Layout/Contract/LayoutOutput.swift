import DocumentModel
import StageKit

/// The geometry of one page: lines, blocks, columns and rules. Holds no text, so that a corrected word changes nothing here.
package struct LayoutOutput: StageOutput, Hashable {
  package static let stage = StageID.layout

  package let size: PageSize
  /// The page's turn as stage 3 found it: columns and baselines are those of the page turned upright by it; boxes are the page's.
  package let turn: QuarterTurn
  /// In reading order as far as one page's geometry tells.
  package let lines: [Line]
  /// In reading order as far as one page's geometry tells.
  package let blocks: [Block]
  /// Indices of the blocks whose numbers count the lines of the text beside them; nil where the page has none.
  package let lineNumbers: [Int]?
  /// Indices of the blocks that are notes in the margin, each beside the paragraph next to it; nil where the page has none.
  package let marginNotes: [Int]?
  /// From the reading side: left to right, or right to left.
  package let columns: [BoundingBox]
  package let rules: [RulingLine]
  /// White gaps and rules that part columns or bands of the page.
  package let separators: [BoundingBox]
  /// Areas covered by images.
  package let imageAreas: [BoundingBox]
  /// Words left out of every line, with the reason.
  package let dropped: [DroppedWord]

  package init(
    size: PageSize, turn: QuarterTurn, lines: [Line], blocks: [Block], columns: [BoundingBox], rules: [RulingLine],
    separators: [BoundingBox], imageAreas: [BoundingBox], dropped: [DroppedWord], lineNumbers: [Int]? = nil,
    marginNotes: [Int]? = nil
  ) {
    self.size = size
    self.turn = turn
    self.lines = lines
    self.blocks = blocks
    self.lineNumbers = lineNumbers
    self.marginNotes = marginNotes
    self.columns = columns
    self.rules = rules
    self.separators = separators
    self.imageAreas = imageAreas
    self.dropped = dropped
  }

  package static let schema = Schema.object(
    "The geometry of one page.",
    [
      .required("size", .type(PageSize.self)),
      .required("turn", .turn("The page's turn as stage 3 found it, in degrees.")),
      .required("lines", .list(Line.self, "Lines, in reading order.")),
      .required("blocks", .list(Block.self, "Blocks, in reading order.")),
      .optional(
        "lineNumbers",
        .array(
          "Blocks of numbers that count the lines beside them.", of: .integer("Index into the blocks.", minimum: 0))),
      .optional(
        "marginNotes",
        .array("Blocks that are notes in the margin.", of: .integer("Index into the blocks.", minimum: 0))),
      .required("columns", .list(BoundingBox.self, "Columns, from the reading side.")),
      .required("rules", .list(RulingLine.self, "Ruling lines.")),
      .required("separators", .list(BoundingBox.self, "What parts columns or bands.")),
      .required("imageAreas", .list(BoundingBox.self, "Areas covered by images.")),
      .required("dropped", .list(DroppedWord.self, "Words left out of every line.")),
    ])
}
