import Contracts
import DocumentModel

/// One thing of the document in reading order, with its text joined and its captions and notes at hand.
struct ContentItem {
  enum Kind {
    case title
    /// 1 for the outermost.
    case heading(level: Int)
    case paragraph
    /// A part of a title page that is neither title nor heading.
    case subtitle
    case listItem(ListMarker)
    case code
    case formula
    case keyValue
    case table(TableGrid)
    case figure(ElementFigure)
    case footnote(mark: String?)
    /// A caption that belongs to nothing.
    case caption
  }

  let kind: Kind
  /// Index into the reading order.
  let entry: Int
  /// Its first element.
  let id: ElementID
  var text: [InlineRun]
  let direction: ReadingDirection
  /// For text that belongs to a list item above: that item's level.
  var itemLevel: Int?
  /// Whether it is a block quote.
  var isQuote = false
  /// Where its list marker or footnote mark came from.
  let markOrigin: TextOrigin
  /// Captions that stand above it, and below.
  var captionsAbove: [[InlineRun]] = []
  var captionsBelow: [[InlineRun]] = []

  var captions: [[InlineRun]] { captionsAbove + captionsBelow }
}
