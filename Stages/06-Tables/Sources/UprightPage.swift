import Contracts
import DocumentModel

/// One page's words and rules, turned so that the text reads upright, for all words of one turn.
struct UprightPage {
  let frame: ReadingFrame
  /// In the order of the page's words.
  let words: [TableWord]
  let rules: [RulingLine]
  /// The page's columns.
  let columns: [BoundingBox]
  /// Regions with their boxes upright.
  let regions: [(kind: RegionKind, box: BoundingBox)]
  /// Images, upright.
  let images: [BoundingBox]
  /// Indices of words that running headers, footers and page numbers hold.
  let furniture: Set<Int>

  init(
    words: [TableWord], rules: [RulingLine], columns: [BoundingBox] = [],
    regions: [(kind: RegionKind, box: BoundingBox)] = [], images: [BoundingBox] = [], furniture: Set<Int> = [],
    frame: ReadingFrame
  ) {
    self.words = words
    self.rules = rules
    self.columns = columns
    self.regions = regions
    self.images = images
    self.furniture = furniture
    self.frame = frame
  }

  /// Takes the words of one turn.
  ///
  /// - Parameter links: their frames, which some programs print, are no rules of tables.
  init(turn: QuarterTurn, ocr: OCROutput, layout: LayoutOutput, regions page: RegionsPage, links: [PageLink] = []) {
    let frame = ReadingFrame(page: layout.size, turn: turn, skew: ocr.skew)
    let dropped = Set(layout.dropped.map(\.word))
    var words: [TableWord] = []
    for (index, word) in ocr.words.enumerated() where word.turn == turn && !dropped.contains(index) {
      guard !word.text.allSatisfy(\.isWhitespace) else { continue }
      let font = word.font.flatMap { ocr.fonts.indices.contains($0) ? ocr.fonts[$0] : nil }
      words.append(
        TableWord(
          index: index, text: word.text,
          box: Self.letters(of: word, in: frame.place(word.box)), size: word.size,
          bold: font?.bold ?? false, monospaced: font?.monospaced ?? false, joinsNext: word.joinsNext,
          isLight: word.color.map(TableWord.isLight) ?? false))
    }
    var furniture: Set<Int> = []
    for region in page.regions where region.kind.isFurniture {
      for line in region.lines where layout.lines.indices.contains(line) {
        furniture.formUnion(layout.lines[line].words)
      }
    }
    self.init(
      words: words,
      rules: LinkFrames(links).without(layout.rules).map { frame.place($0) },
      columns: turn == layout.turn ? layout.columns.map(frame.place) : [],
      regions: page.regions.map { ($0.kind, frame.place($0.box)) },
      images: layout.imageAreas.map(frame.place),
      furniture: furniture, frame: frame)
  }

  /// The smallest box on the page as printed around a box of this frame.
  func onPage(_ box: BoundingBox) -> BoundingBox { frame.onPage(box) }

  /// The box on the page as printed that a word of this frame has: it keeps its shape.
  func printed(_ box: BoundingBox) -> BoundingBox { frame.printed(box) }

  /// The box of a word whose font claims much more height than its letters have, as symbol fonts do, cut to them.
  private static func letters(of word: Word, in box: BoundingBox) -> BoundingBox {
    guard word.source == .textLayer, word.size > 0, box.height > tallest * word.size else { return box }
    let line = Word.standing(in: box, size: word.size)
    return BoundingBox(
      left: box.left, top: line - ascent * word.size, right: box.right, bottom: line + (1 - ascent) * word.size)
  }

  private static let tallest = 1.7  // of the size: text fonts claim 0.9 to 1.4
  private static let ascent = 0.8  // of the size: what stands over the line in common fonts
}
