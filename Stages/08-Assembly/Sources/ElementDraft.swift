import Contracts
import DocumentModel

/// An element on its way, and what it was made from.
struct ElementDraft {
  enum Origin: Hashable {
    case region(Int)
    case table(Int)
    case figure(Int)
    case loose
  }

  let origin: Origin
  let kind: RegionKind
  let box: BoundingBox
  var column: Int?
  var runs: [TextRun] = []
  var lineBreaks: [Int] = []
  var typography: Typography
  var list: ListMarker?
  var table: ElementTable?
  var figure: ElementFigure?
  var captionOf: Int?
  var footnoteMark: String?
  /// The words that the marker or mark was read from.
  var markWords: [Int]?
  var confidence = Score.certain
  /// For list items: what their marker can mean and how far it stands in.
  var readings: [MarkerReading] = []
  var indent = 0.0
  /// For list items: where the text behind the marker begins.
  var textLeft: Double?
  /// For paragraphs: the lines that they were made of.
  var textLines: [TextLine] = []
  var isQuote: Bool?

  var element: Element {
    Element(
      kind: kind, box: box, column: column, runs: runs, lineBreaks: lineBreaks, typography: typography, list: list,
      table: table, figure: figure, captionOf: captionOf, footnoteMark: footnoteMark, confidence: confidence,
      markWords: markWords, isQuote: isQuote)
  }
}
