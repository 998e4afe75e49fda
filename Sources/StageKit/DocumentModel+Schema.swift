import DocumentModel

extension BoundingBox: SchemaDescribed {
  package static let schema = Schema.object(
    "A rectangle on a page: points (1/72 inch), origin at the page's top left after rotation, y downwards.",
    [
      .required("left", .coordinate("Left edge.")), .required("top", .coordinate("Top edge.")),
      .required("right", .coordinate("Right edge.")), .required("bottom", .coordinate("Bottom edge.")),
    ])
}

extension PageSize: SchemaDescribed {
  package static let schema = Schema.object(
    "A page's size after its rotation, in points.",
    [.required("width", .coordinate("Width.")), .required("height", .coordinate("Height."))])
}

extension Schema {
  /// A clockwise turn in degrees: 0, 90, 180 or 270.
  package static func turn(_ description: String) -> Schema { .integer(description, minimum: 0) }

  package static let elementID = Schema.string("An element of stage 8: its page and its index there, as in p7.3.")
}

extension Font: SchemaDescribed {
  package static let schema = Schema.object(
    "A typeface as the page names it.",
    [
      .required("name", .string("Family and style as embedded, without subset prefix.")),
      .required("bold", .flag("Whether it is bold.")), .required("italic", .flag("Whether it is slanted.")),
      .required("monospaced", .flag("Whether all its letters are equally wide.")),
    ])
}

extension Word: SchemaDescribed {
  package static let schema = Schema.object(
    "One printed word. Its index in the list is its identity for all later stages.",
    [
      .required("text", .string("Its letters.")), .required("box", .type(BoundingBox.self)),
      .required("confidence", .score("The engine's own confidence; 1 for a trusted text layer.")),
      .required("source", .cases(TextSource.self, "Where its letters came from.")),
      .optional("font", .integer("Index into the page's fonts.", minimum: 0)),
      .required("size", .coordinate("Font size in points.")),
      .required("turn", .turn("How far its reading direction is turned clockwise, in degrees.")),
      .optional("baseline", .coordinate("The y its letters stand on.")),
      .optional("color", .string("Fill colour as rrggbb where it is not black.")),
      .required("joinsNext", .flag("Whether no space separates it from the next word.")),
    ])
}

extension Line: SchemaDescribed {
  package static let schema = Schema.object(
    "Words that stand on one line, in reading order.",
    [
      .required("words", .indices("Indices into the page's words.")), .required("box", .type(BoundingBox.self)),
      .required("baseline", .coordinate("The y of the baseline once the line is upright.")),
      .required("size", .coordinate("The prevailing font size in points.")),
      .required("turn", .turn("How far it is turned clockwise, in degrees.")),
      .required("direction", .cases(ReadingDirection.self, "Which way it is read.")),
    ])
}

extension Block: SchemaDescribed {
  package static let schema = Schema.object(
    "Lines that belong together by place alone.",
    [
      .required("lines", .indices("Indices into the page's lines, in reading order.")),
      .required("box", .type(BoundingBox.self)),
      .optional("column", .integer("Index into the page's columns; absent where it spans several.", minimum: 0)),
    ])
}

extension RulingLine: SchemaDescribed {
  package static let schema = Schema.object(
    "A drawn straight line.",
    [
      .required("axis", .cases(Axis.self, "Its direction.")),
      .required("position", .coordinate("Its y (horizontal) or x (vertical).")),
      .required("start", .coordinate("Where it starts along its axis.")),
      .required("end", .coordinate("Where it ends along its axis.")),
      .required("thickness", .coordinate("How thick it is, in points.")),
    ])
}

extension Region: SchemaDescribed {
  package static let schema = Schema.object(
    "A detected area of a page with its kind.",
    [
      .required("kind", .cases(RegionKind.self, "What it is.")), .required("box", .type(BoundingBox.self)),
      .required("lines", .indices("Indices into the page's lines, in reading order.")),
      .optional("column", .integer("Index into the page's columns; absent where it spans several.", minimum: 0)),
      .required("confidence", .score("How sure the rules are of the kind.")),
    ])
}

extension Cell: SchemaDescribed {
  package static let schema = Schema.object(
    "One cell of a table; rows and columns count from 0.",
    [
      .required("row", .integer("Its first row.", minimum: 0)),
      .required("column", .integer("Its first column.", minimum: 0)),
      .required("rowSpan", .integer("How many rows it covers.", minimum: 1)),
      .required("columnSpan", .integer("How many columns it covers.", minimum: 1)),
      .required("text", .string("Its text, lines joined by a space.")), .required("box", .type(BoundingBox.self)),
      .required("header", .flag("Whether it names a row or a column.")),
      .required("words", .indices("Indices into the page's words, in reading order.")),
    ])
}

extension Table: SchemaDescribed {
  package static let schema = Schema.object(
    "A grid of cells found on one page.",
    [
      .required("box", .type(BoundingBox.self)), .required("rows", .integer("How many rows.", minimum: 1)),
      .required("columns", .integer("How many columns.", minimum: 1)),
      .required("cells", .list(Cell.self, "Row by row; every place is covered by exactly one cell.")),
      .required("headerRows", .integer("How many rows at the top are headers.", minimum: 0)),
      .required("stubColumns", .integer("How many columns at the left name their rows.", minimum: 0)),
      .required("strategy", .cases(TableStrategy.self, "What the grid was read from.")),
      .required("turn", .turn("How far its text is turned clockwise, in degrees.")),
      .required("confidence", .score("How well words and rules fit the grid.")),
    ])
}

extension TextRun: SchemaDescribed {
  package static let schema = Schema.object(
    "A stretch of text in one style.",
    [
      .required("text", .string("The text.")),
      .required("style", .array("How it is set.", of: .choice("A style.", TextStyle.names.map(\.name)))),
      .optional("link", .string("An address, or #page=7 for a place in the document.")),
      .required("words", .indices("The words it was made of, in order.")),
      .required("starts", .indices("Where each of those words begins in the text, in Unicode scalars.")),
    ])
}

extension Provenance: SchemaDescribed {
  package static let schema = Schema.object(
    "Where a value came from.",
    [
      .required("page", .integer("The page, from 1.", minimum: 1)), .required("box", .type(BoundingBox.self)),
      .optional("element", .elementID), .required("words", .indices("Indices into the page's words.")),
    ])
}
