import Contracts
import DocumentModel
import Foundation

/// One page's words and rules, turned so that the text reads upright, for all words of one turn.
struct UprightPage {
  let frame: UprightFrame
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
  private let slope: Double

  init(
    words: [TableWord], rules: [RulingLine], columns: [BoundingBox] = [],
    regions: [(kind: RegionKind, box: BoundingBox)] = [], images: [BoundingBox] = [], furniture: Set<Int> = [],
    frame: UprightFrame, slope: Double = 0
  ) {
    self.words = words
    self.rules = rules
    self.columns = columns
    self.regions = regions
    self.images = images
    self.furniture = furniture
    self.frame = frame
    self.slope = slope
  }

  /// Takes the words of one turn.
  ///
  /// A page's lines climb by its skew; a line's end lies lower than its start by the tangent.
  ///
  /// - Parameter links: their frames, which some programs print, are no rules of tables.
  init(turn: QuarterTurn, ocr: OCROutput, layout: LayoutOutput, regions page: RegionsPage, links: [PageLink] = []) {
    let frame = UprightFrame(page: layout.size, turn: turn)
    let slope = turn == ocr.turn && abs(ocr.skew) >= Self.leastSkew ? tan(ocr.skew * .pi / 180) : 0
    let dropped = Set(layout.dropped.map(\.word))
    var words: [TableWord] = []
    for (index, word) in ocr.words.enumerated() where word.turn == turn && !dropped.contains(index) {
      guard !word.text.allSatisfy(\.isWhitespace) else { continue }
      let font = word.font.flatMap { ocr.fonts.indices.contains($0) ? ocr.fonts[$0] : nil }
      words.append(
        TableWord(
          index: index, text: word.text,
          box: Self.straight(Self.letters(of: word, in: frame.upright(word.box)), slope), size: word.size,
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
      rules: LinkFrames(links).without(layout.rules).map { Self.upright($0, in: frame, slope) },
      columns: turn == layout.turn ? layout.columns.map { frame.upright($0) } : [],
      regions: page.regions.map { ($0.kind, frame.upright($0.box)) },
      images: layout.imageAreas.map { frame.upright($0) },
      furniture: furniture, frame: frame, slope: slope)
  }

  /// A box of this frame, on the page as printed.
  func onPage(_ box: BoundingBox) -> BoundingBox {
    let shift = slope * box.midX
    return frame.onPage(BoundingBox(left: box.left, top: box.top + shift, right: box.right, bottom: box.bottom + shift))
  }

  private static let leastSkew = 0.1  // degrees: 0.9 points over a line of 500

  /// The box of a word whose font claims much more height than its letters have, as symbol fonts do, cut to them.
  private static func letters(of word: Word, in box: BoundingBox) -> BoundingBox {
    guard word.source == .textLayer, word.size > 0, box.height > tallest * word.size else { return box }
    let line = Word.standing(in: box, size: word.size)
    return BoundingBox(
      left: box.left, top: line - ascent * word.size, right: box.right, bottom: line + (1 - ascent) * word.size)
  }

  private static let tallest = 1.7  // of the size: text fonts claim 0.9 to 1.4
  private static let ascent = 0.8  // of the size: what stands over the line in common fonts

  private static func straight(_ box: BoundingBox, _ slope: Double) -> BoundingBox {
    guard slope != 0 else { return box }
    let shift = slope * box.midX
    return BoundingBox(left: box.left, top: box.top - shift, right: box.right, bottom: box.bottom - shift)
  }

  private static func upright(_ rule: RulingLine, in frame: UprightFrame, _ slope: Double) -> RulingLine {
    let box = straight(frame.upright(rule.box), slope)
    let isSideways = frame.turn == .left || frame.turn == .right
    let axis: RulingLine.Axis = isSideways ? (rule.axis == .horizontal ? .vertical : .horizontal) : rule.axis
    return switch axis {
    case .horizontal:
      RulingLine(axis: axis, position: box.midY, start: box.left, end: box.right, thickness: box.height)
    case .vertical: RulingLine(axis: axis, position: box.midX, start: box.top, end: box.bottom, thickness: box.width)
    }
  }
}
