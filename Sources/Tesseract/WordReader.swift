import CTesseract
import DocumentModel
import Leptonica

/// Reads the word an iterator stands on; counts blocks, paragraphs and lines on the way.
struct WordReader {
  private let results: OpaquePointer
  /// Borrowed from `results`: not ours to delete.
  private let page: OpaquePointer?
  private var (block, paragraph, line) = (-1, -1, -1)

  init(results: OpaquePointer) {
    self.results = results
    page = TessResultIteratorGetPageIterator(results)
  }

  /// Nil where the iterator stands on something without text: an image, a rule.
  mutating func next() -> RecognizedWord? {
    if TessPageIteratorIsAtBeginningOf(page, RIL_BLOCK) != 0 { block += 1 }
    if TessPageIteratorIsAtBeginningOf(page, RIL_PARA) != 0 { paragraph += 1 }
    if TessPageIteratorIsAtBeginningOf(page, RIL_TEXTLINE) != 0 { line += 1 }
    var (left, top, right, bottom): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    guard let text = readText(), TessPageIteratorBoundingBox(page, RIL_WORD, &left, &top, &right, &bottom) != 0 else {
      return nil
    }
    let (turn, direction) = readOrientation()
    return RecognizedWord(
      text: text,
      box: PixelRect(left: Int(left), top: Int(top), width: Int(right - left), height: Int(bottom - top)),
      confidence: Score(Double(TessResultIteratorConfidence(results, RIL_WORD)) / 100), block: max(block, 0),
      paragraph: max(paragraph, 0), line: max(line, 0), baseline: readBaseline(), pointSize: readPointSize(),
      isNumeric: TessResultIteratorWordIsNumeric(results) != 0,
      isInDictionary: TessResultIteratorWordIsFromDictionary(results) != 0, direction: direction, turn: turn,
      joinsNext: false,
      language: TessResultIteratorWordRecognitionLanguage(results).map { String(cString: $0) })
  }

  private func readText() -> String? {
    guard let raw = TessResultIteratorGetUTF8Text(results, RIL_WORD) else { return nil }
    defer { TessDeleteText(raw) }
    let text = String(cString: raw)
    return text.allSatisfy(\.isWhitespace) ? nil : text
  }

  private func readBaseline() -> RecognizedWord.ClosedBaseline? {
    var (x1, y1, x2, y2): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    guard TessPageIteratorBaseline(page, RIL_WORD, &x1, &y1, &x2, &y2) != 0 else { return nil }
    return RecognizedWord.ClosedBaseline(startY: Int(y1), endY: Int(y2))
  }

  private func readPointSize() -> Int {
    var flags: (Int32, Int32, Int32, Int32, Int32, Int32) = (0, 0, 0, 0, 0, 0)
    var (size, font): (Int32, Int32) = (0, 0)
    _ = TessResultIteratorWordFontAttributes(
      results, &flags.0, &flags.1, &flags.2, &flags.3, &flags.4, &flags.5, &size, &font)
    return max(Int(size), 0)
  }

  private func readOrientation() -> (QuarterTurn, ReadingDirection) {
    var orientation = ORIENTATION_PAGE_UP
    var writing = WRITING_DIRECTION_LEFT_TO_RIGHT
    var order = TEXTLINE_ORDER_TOP_TO_BOTTOM
    var skew: Float = 0
    TessPageIteratorOrientation(page, &orientation, &writing, &order, &skew)
    // The engine says where the page's top points: to the right for text turned clockwise.
    let turn: QuarterTurn =
      switch orientation {
      case ORIENTATION_PAGE_RIGHT: .right
      case ORIENTATION_PAGE_DOWN: .half
      case ORIENTATION_PAGE_LEFT: .left
      default: .none
      }
    let direction: ReadingDirection =
      switch writing {
      case WRITING_DIRECTION_RIGHT_TO_LEFT: .rightToLeft
      case WRITING_DIRECTION_TOP_TO_BOTTOM: .topToBottom
      default: .leftToRight
      }
    return (turn, direction)
  }
}
