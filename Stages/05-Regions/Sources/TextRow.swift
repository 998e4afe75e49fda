import DocumentModel

/// Lines that stand side by side on one baseline, read together.
struct TextRow: Sendable {
  /// Left to right (right to left in such text), as the layout orders them.
  private(set) var lines: [LineView]
  private(set) var box: BoundingBox

  init(_ line: LineView) {
    lines = [line]
    box = line.box
  }

  mutating func append(_ line: LineView) {
    lines.append(line)
    box = box.union(line.box)
  }

  private var main: LineView { lines.max { ($0.letters, $1.index) < ($1.letters, $0.index) } ?? lines[0] }

  var baseline: Double { main.baseline }
  var size: Double { main.size }
  var text: String { lines.map(\.text).joined(separator: " ") }
  var words: [String] { lines.flatMap(\.words) }
  var letters: Int { lines.reduce(0) { $0 + $1.letters } }
  var isBold: Bool { lines.allSatisfy(\.isBold) }
  var isItalic: Bool { lines.allSatisfy(\.isItalic) }
  var isMonospaced: Bool { lines.allSatisfy(\.isMonospaced) }
  /// Whether any word of it is set as text is, not in fixed-width type.
  var hasPlainWords: Bool { lines.contains(where: \.hasPlainWords) }
  var startsBold: Bool { lines[0].startsBold }
  var endsBold: Bool { lines[lines.count - 1].endsBold }
  /// Whether some words are bold and others are not.
  var isMixed: Bool { lines.contains(where: \.isMixed) || Set(lines.map(\.isBold)).count > 1 }
  /// The family of the typeface that all words have; nil where they differ, or nothing is known of it.
  var face: String? {
    guard let first = lines[0].face, lines.allSatisfy({ $0.face == first }) else { return nil }
    return first
  }
  /// The family of the typeface that most letters have; nil where nothing is known of it.
  var mainFace: String? { main.font.isEmpty ? nil : NumberAxis.family(main.font) }
  var startsPlain: Bool { lines[0].startsPlain }
  var isRightToLeft: Bool { lines[0].isRightToLeft }
  var startsRaised: Bool { lines[0].startsRaised }
  /// Whether it begins with a number alone that is smaller than the row and in its middle; that of a listing's row counts
  /// rows.
  var startsSmallNumber: Bool {
    lines[0].startsSmall && lines[0].words[0].utf8.allSatisfy { (0x30...0x39).contains($0) }
      && hasPlainWords
  }
  var mathShare: Double { lines.reduce(0) { $0 + $1.mathShare * Double($1.letters) } / Double(max(letters, 1)) }
  var lead: Double { isRightToLeft ? -box.right : box.left }
  var trail: Double { isRightToLeft ? -box.left : box.right }
  var block: Int { lines[0].block }
  var column: Int? { lines[0].column }

  /// Parts of the row that white space of at least `gap` ems separates.
  func cells(gap: Double) -> [BoundingBox] {
    var cells: [BoundingBox] = []
    for box in lines.flatMap(\.wordBoxes).sorted(by: { ($0.left, $0.right) < ($1.left, $1.right) }) {
      if let last = cells.last, box.left - last.right < gap * size {
        cells[cells.count - 1] = last.union(box)
      } else {
        cells.append(box)
      }
    }
    return cells
  }

  /// Two tables side by side have a title each.
  private static func areCaptions(_ a: LineView, _ b: LineView) -> Bool {
    CaptionText(b.words)?.isMarked == true && CaptionText(a.words)?.isMarked == true
  }

  /// Puts lines in rows; lines of one row follow each other in the layout's order.
  static func rows(of lines: [LineView]) -> [TextRow] {
    var rows: [TextRow] = []
    for line in lines {
      if let last = rows.last?.lines.last, !line.isTurned, !last.isTurned, last.column == line.column,
        abs(last.baseline - line.baseline) <= 0.4 * min(last.size, line.size),
        line.box.left >= last.box.right - 1 || line.box.right <= last.box.left + 1, !areCaptions(last, line)
      {
        rows[rows.count - 1].append(line)
      } else {
        rows.append(TextRow(line))
      }
    }
    return rows
  }
}
