import DocumentModel
import StageKit

/// How an element is set: what headings are told apart by, and what tells whether a paragraph goes on elsewhere.
package struct Typography: Codable, Sendable, Hashable, SchemaDescribed {
  package enum Alignment: String, Codable, Sendable, Hashable, CaseIterable { case left, right, center, justified }

  /// The prevailing font size in points.
  package let size: Double
  package let font: String?
  package let bold: Bool
  package let italic: Bool
  /// Whether all its letters are capitals.
  package let capitals: Bool
  package let alignment: Alignment
  /// The first line's indent against the others, in points; negative where it hangs.
  package let indent: Double
  /// How far the last line stays short of the right edge of the text, in points.
  package let lastLineGap: Double
  package let direction: ReadingDirection
  /// How it stands turned against its page's text, as names of axes and stamps in the margin do; nil where it does not.
  package let turn: QuarterTurn?
  /// How many printed lines it has.
  package let lines: Int
  /// Whether its last line ends with a hyphen that may be a line-break hyphen.
  package let endsInHyphen: Bool

  package init(
    size: Double, font: String? = nil, bold: Bool = false, italic: Bool = false, capitals: Bool = false,
    alignment: Alignment = .left, indent: Double = 0, lastLineGap: Double = 0,
    direction: ReadingDirection = .leftToRight, turn: QuarterTurn? = nil, lines: Int = 1, endsInHyphen: Bool = false
  ) {
    self.size = Quantity.coordinate(size)
    self.font = font
    self.bold = bold
    self.italic = italic
    self.capitals = capitals
    self.alignment = alignment
    self.indent = Quantity.coordinate(indent)
    self.lastLineGap = Quantity.coordinate(lastLineGap)
    self.direction = direction
    self.turn = turn
    self.lines = lines
    self.endsInHyphen = endsInHyphen
  }

  package static let schema = Schema.object(
    "How an element is set.",
    [
      .required("size", .coordinate("The prevailing font size in points.")),
      .optional("font", .string("The typeface.")),
      .required("bold", .flag("Whether it is bold.")), .required("italic", .flag("Whether it is slanted.")),
      .required("capitals", .flag("Whether all its letters are capitals.")),
      .required("alignment", .cases(Alignment.self, "How its lines are set.")),
      .required("indent", .coordinate("The first line's indent against the others, in points.")),
      .required("lastLineGap", .coordinate("How far the last line stays short of the right edge, in points.")),
      .required("direction", .cases(ReadingDirection.self, "Which way it is read.")),
      .optional("turn", .turn("How it stands turned on a page whose text does not, in degrees.")),
      .required("lines", .integer("How many printed lines it has.", minimum: 0)),
      .required("endsInHyphen", .flag("Whether its last line ends with a hyphen.")),
    ])
}
