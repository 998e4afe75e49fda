import DocumentModel

/// A line as the rules see it: upright, with its text and its prevailing style.
struct LineView: Sendable {
  /// Index into the layout's lines.
  let index: Int
  /// In the page's reading frame: upright and straight.
  let box: BoundingBox
  let baseline: Double
  let size: Double
  let text: String
  /// The words' texts, in reading order.
  let words: [String]
  /// Boxes of the words in the same frame, from left to right.
  let wordBoxes: [BoundingBox]
  /// The words' texts in the order of their boxes.
  let wordsByPlace: [String]
  /// Unicode scalars without white space.
  let letters: Int
  let isBold: Bool
  let isItalic: Bool
  let isMonospaced: Bool
  /// Whether a word of two letters and more is not in fixed-width type, and whether the first word is not, or is bold.
  let hasPlainWords: Bool
  let startsPlain: Bool
  let startsBold: Bool
  let endsBold: Bool
  /// Whether some words are bold and others are not.
  let isMixed: Bool
  /// The share of letters set in a mathematical typeface.
  let mathShare: Double
  /// The typeface of most letters; empty where unknown.
  let font: String
  /// The family of the typeface that all letters have; nil where they differ or it is unknown.
  let face: String?
  let isRightToLeft: Bool
  /// Whether the line stands turned against its page.
  let isTurned: Bool
  /// Index into the layout's blocks.
  let block: Int
  let column: Int?
  /// Whether the first word is smaller than the line and raised: a footnote mark.
  let startsRaised: Bool
  /// Whether the first word is smaller than the line and in its middle: an item's number in a disc.
  let startsSmall: Bool

  private static let prevailing = 0.7  // of the letters: one word in another style does not make the line's style

  private static let sameMiddle = 0.12  // of the size: raised marks stand a quarter and more above the middle

  init(
    _ index: Int, _ line: Line, block: Int, column: Int?, words source: [Word], fonts: LineFonts, frame: ReadingFrame
  ) {
    self.index = index
    self.block = block
    self.column = column
    size = line.size
    isTurned = line.turn != frame.upright.turn
    isRightToLeft = line.direction == .rightToLeft
    var text = ""
    var words: [String] = []
    var boxes: [BoundingBox] = []
    var (letters, bold, italic, mono) = (0, 0, 0, 0)
    var (hasPlainWords, startsPlain, startsBold, endsBold) = (false, false, false, false)
    var fontLetters: [Int: Int] = [:]
    let indices = line.words.filter { source.indices.contains($0) }
    for (position, word) in indices.enumerated() {
      let word = source[word]
      text += word.text
      if position + 1 < indices.count, !word.joinsNext { text += " " }
      words.append(word.text)
      boxes.append(frame.place(word.box))
      let count = word.text.unicodeScalars.count
      letters += count
      guard let font = word.font, fonts.all.indices.contains(font) else { continue }
      if fonts.all[font].bold { bold += count }
      if position == 0 { startsBold = fonts.all[font].bold }
      endsBold = fonts.all[font].bold
      if fonts.all[font].italic { italic += count }
      if fonts.all[font].monospaced {
        mono += count
      } else {
        if position == 0 { startsPlain = true }
        if count >= 2, word.text.unicodeScalars.allSatisfy({ $0.isLetter || ".,;:()-".unicodeScalars.contains($0) }) {
          hasPlainWords = true
        }
      }
      fontLetters[font, default: 0] += count
    }
    let math = fontLetters.reduce(0) { $0 + (fonts.isMath($1.key) ? $1.value : 0) }
    let box = boxes.union() ?? frame.place(line.box)
    self.box = box
    baseline = isTurned ? box.bottom : frame.straight(y: line.baseline, atX: frame.upright.upright(line.box).midX)
    self.text = text
    self.words = words
    let places = boxes.indices.sorted { (boxes[$0].left, boxes[$0].right, $0) < (boxes[$1].left, boxes[$1].right, $1) }
    wordBoxes = places.map { boxes[$0] }
    wordsByPlace = places.map { words[$0] }
    self.letters = letters
    let most = Double(max(letters, 1))
    isBold = Double(bold) >= Self.prevailing * most
    isItalic = Double(italic) >= Self.prevailing * most
    isMonospaced = Double(mono) >= Self.prevailing * most
    self.hasPlainWords = hasPlainWords
    self.startsPlain = startsPlain
    self.startsBold = startsBold
    self.endsBold = endsBold
    isMixed = bold > 0 && bold < letters
    mathShare = Double(math) / most
    font = fontLetters.max { ($0.value, $1.key) < ($1.value, $0.key) }.map { fonts.all[$0.key].name } ?? ""
    let families = Set(fontLetters.keys.map { fonts.families[$0] })
    face = families.count == 1 ? families.first.flatMap { $0.isEmpty ? nil : $0 } : nil
    if let first = indices.first, indices.count > 1 {
      let word = source[first]
      let isSmall = word.size < 0.85 * line.size
      startsRaised = isSmall && boxes[0].bottom < box.bottom - 0.1 * line.size
      startsSmall = isSmall && !isTurned && abs(boxes[0].midY - boxes[1].midY) <= Self.sameMiddle * line.size
    } else {
      (startsRaised, startsSmall) = (false, false)
    }
  }

  /// Where reading begins, growing in the direction of reading: the left edge, or the mirrored right edge.
  var lead: Double { isRightToLeft ? -box.right : box.left }
  /// Where reading ends, in the same measure.
  var trail: Double { isRightToLeft ? -box.left : box.right }
}
