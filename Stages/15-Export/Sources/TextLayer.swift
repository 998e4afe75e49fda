import Contracts
import DocumentModel

/// The invisible text of a page: every word over its picture, spaces between them so that copying works.
struct TextLayer {
  private let words: [Word]
  private let page: PageSize
  private let skew: Double
  /// Words by line, in reading order.
  private let lines: [(words: [Int], turn: QuarterTurn, isRightToLeft: Bool)]

  /// - Parameters:
  ///   - size: the page's, after its rotation.
  ///   - layout: its lines; without them every word stands for itself.
  init(_ output: OCROutput, layout: LayoutOutput?, size: PageSize) {
    words = output.words
    page = size
    skew = output.skew
    // What the text layer tells is in the page already.
    func wanted(_ word: Int) -> Bool {
      output.words.indices.contains(word) && output.words[word].source == .recognition
        && !output.words[word].text.isEmpty
    }
    lines =
      (layout?.lines.map { ($0.words.filter(wanted), $0.turn, $0.direction == .rightToLeft) }
      ?? output.words.indices.filter(wanted).map { ([$0], output.words[$0].turn, false) })
      .filter { !$0.0.isEmpty }
  }

  var isEmpty: Bool { lines.isEmpty }

  /// The operators that show the text, with the font named `F`.
  func content(_ font: inout InvisibleFont) -> String {
    guard !isEmpty else { return "" }
    return "q BT 3 Tr\n" + lines.map { line($0.words, $0.turn, $0.isRightToLeft, &font) }.joined() + "ET Q\n"
  }

  private static let smallest = 0.5  // points: a box without extent still holds its word

  private func line(_ indices: [Int], _ turn: QuarterTurn, _ isRightToLeft: Bool, _ font: inout InvisibleFont) -> String
  {
    let frame = ReadingFrame(page: page, turn: turn, skew: skew)
    let boxes = indices.map { frame.place(words[$0].box) }
    let size = max(Self.median(boxes.map(\.height)), Self.smallest)
    let descent = Double(GlyphlessFont.descent) / Double(GlyphlessFont.unitsPerEm)
    let baseline = Self.median(boxes.map(\.bottom)) - descent * size
    func point(_ x: Double) -> (x: Double, y: Double) {
      let box = frame.onPage(BoundingBox(left: x, top: baseline, right: x, bottom: baseline))
      return (box.left, page.height - box.top)
    }
    // Words of a slanted line stand level, each at its own height: readers tear words whose letters climb apart.
    let (cosine, sine) = Self.direction(turn)
    let axes = "\(cosine) \(sine) \(-sine) \(cosine)"

    var text = "/F \(PDFNumber.text(size)) Tf\n"
    // Readers put right-to-left text in order themselves, from the places of its letters.
    let order =
      isRightToLeft ? boxes.indices.sorted { (boxes[$0].left, $0) < (boxes[$1].left, $1) } : Array(boxes.indices)
    for (place, index) in order.enumerated() {
      let (word, box) = (words[indices[index]], boxes[index])
      let at = point(box.left)
      var scalars = Array(word.text.unicodeScalars)
      if isRightToLeft, scalars.contains(where: \.isRightToLeft) { scalars = Self.standing(scalars) }
      text += "\(axes) \(PDFNumber.text(at.x)) \(PDFNumber.text(at.y)) Tm "
      text += "\(Self.scale(box.width, scalars.count, size)) Tz \(font.hex(scalars)) Tj"
      if place + 1 < order.count, isRightToLeft || !word.joinsNext {
        let gap = boxes[order[place + 1]].left - box.right
        text += " \(Self.scale(gap, 1, size)) Tz \(font.hex([" "])) Tj"
      }
      text += "\n"
    }
    return text
  }

  /// The letters of a right-to-left word from left to right: numbers, and letters of other scripts, in it keep their order.
  private static func standing(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    func runsFromLeft(_ index: Int) -> Bool {
      scalars.indices.contains(index) && !scalars[index].isRightToLeft
        && (scalars[index].isLetter || scalars[index].isNumeral)
    }
    // A sign goes with what it stands within, as the point of a number does.
    let isFromLeft = scalars.indices.map { index in
      runsFromLeft(index) || !scalars[index].isRightToLeft && runsFromLeft(index - 1) && runsFromLeft(index + 1)
    }
    var standing: [Unicode.Scalar] = []
    var end = scalars.endIndex
    while end > 0 {
      var start = end - 1
      while start > 0, isFromLeft[start], isFromLeft[start - 1] { start -= 1 }
      standing += scalars[start..<end]
      end = start
    }
    return standing
  }

  /// Cosine and sine of the way a line runs, y upwards.
  private static func direction(_ turn: QuarterTurn) -> (cosine: Int, sine: Int) {
    switch turn {
    case .none: (1, 0)
    case .right: (0, -1)
    case .half: (-1, 0)
    case .left: (0, 1)
    }
  }

  /// The horizontal scaling, in per cent, that makes so many letters this wide.
  private static func scale(_ width: Double, _ count: Int, _ size: Double) -> String {
    let natural = Double(max(count, 1)) * size * Double(GlyphlessFont.advance) / Double(GlyphlessFont.unitsPerEm)
    return PDFNumber.text(100 * max(width, smallest / 10) / natural)
  }

  private static func median(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.sorted()[values.count / 2]
  }
}
