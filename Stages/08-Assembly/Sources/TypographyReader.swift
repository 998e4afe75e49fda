import Contracts
import DocumentModel

/// Reads how an element is set from its lines.
struct TypographyReader {
  let page: PageMaterial
  let styles: WordStyles
  let vocabulary: PageVocabulary

  func typography(_ lines: [TextLine], column: Int?) -> Typography {
    var letters = 0
    var bold = 0
    var italic = 0
    var upper = 0
    var lower = 0
    var sizes: [Double: Int] = [:]
    var fonts: [String: Int] = [:]
    for word in lines.lazy.flatMap(\.words) {
      let text = vocabulary.texts[word]
      let count = text.unicodeScalars.count
      letters += count
      if styles.isBold(word) { bold += count }
      if styles.isItalic(word) { italic += count }
      for scalar in text.unicodeScalars {
        if scalar.isCapital { upper += 1 } else if scalar.isSmall { lower += 1 }
      }
      sizes[page.words[word].size, default: 0] += count
      if let font = styles.fontName(word), !font.isEmpty { fonts[font, default: 0] += count }
    }
    let frame = frame(lines)
    let boxes = lines.map { frame.upright($0.textBox(page.words)) }
    let direction = direction(lines)
    let edges = Edges(boxes, column: column.flatMap { columnBox($0, frame) }, direction: direction)
    return Typography(
      size: Self.prevailing(sizes) ?? 0, font: Self.prevailing(fonts), bold: Self.most(bold, letters),
      italic: Self.most(italic, letters), capitals: lower == 0 && upper > 1, alignment: edges.alignment,
      indent: edges.indent, lastLineGap: edges.lastLineGap, direction: direction,
      turn: lines.first.flatMap { $0.turn == page.turn ? nil : $0.turn }, lines: lines.count,
      endsInHyphen: endsInHyphen(lines))
  }

  /// How far a line's first word stands in from the reading side of the page, in points.
  func indent(_ line: TextLine) -> Double {
    let frame = UprightFrame(page: page.size, turn: line.turn)
    let box = frame.upright(line.textBox(page.words))
    return line.direction == .rightToLeft ? frame.size.width - box.right : box.left
  }

  func frame(_ lines: [TextLine]) -> UprightFrame {
    UprightFrame(page: page.size, turn: lines.first?.turn ?? .none)
  }

  private func columnBox(_ column: Int, _ frame: UprightFrame) -> BoundingBox? {
    page.columns.indices.contains(column) ? frame.upright(page.columns[column]) : nil
  }

  private func direction(_ lines: [TextLine]) -> ReadingDirection {
    let right = lines.reduce(0) { $0 + ($1.direction == .rightToLeft ? $1.words.count : 0) }
    let down = lines.reduce(0) { $0 + ($1.direction == .topToBottom ? $1.words.count : 0) }
    let all = lines.reduce(0) { $0 + $1.words.count }
    return right * 2 > all ? .rightToLeft : down * 2 > all ? .topToBottom : .leftToRight
  }

  private func endsInHyphen(_ lines: [TextLine]) -> Bool {
    guard let word = lines.last?.words.last else { return false }
    let text = vocabulary.texts[word].unicodeScalars
    guard text.count > 1, let last = text.last, LineBreakHyphen.isHyphen(last) else { return false }
    return text.dropLast().last.map { $0.isLetter || $0.isNumeral } ?? false
  }

  private static func most(_ part: Int, _ whole: Int) -> Bool { Double(part) > mostShare * Double(whole) }

  private static let mostShare = 0.6  // of the letters: a bold heading may carry a plain number

  /// The value with most letters; among equals the greatest, so that the order of a dictionary never shows.
  private static func prevailing<Value: Comparable>(_ counts: [Value: Int]) -> Value? {
    counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
  }
}

extension TextLine {
  /// The box of the words that are left.
  func textBox(_ all: [Word]) -> BoundingBox { words.lazy.map { all[$0].box }.union() ?? box }
}
