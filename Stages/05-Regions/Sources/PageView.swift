import Contracts
import DocumentModel

/// One page as the rules see it: upright and straight, lines with their text, rules and images in the same frame.
struct PageView: Sendable {
  let number: Int
  let size: PageSize
  let lines: [LineView]
  let horizontals: [RulingLine]
  let verticals: [RulingLine]
  let images: [BoundingBox]
  /// The boxes of the layout's columns.
  let columns: [BoundingBox]
  /// Columns of numbers that count the lines of the text beside them, each as indices into the lines.
  let lineNumbers: [[Int]]
  /// Notes in the margin, each as indices into the lines.
  let marginNotes: [[Int]]
  /// Whether sizes are estimates: of recognition here, or of the program that wrote the text layer under a scan.
  let isRecognized: Bool
  private let frame: ReadingFrame

  init(number: Int, words: OCROutput, layout: LayoutOutput) {
    self.number = number
    let frame = ReadingFrame(page: layout.size, turn: layout.turn, skew: words.skew)
    self.frame = frame
    size = frame.upright.size
    var place = [(block: Int, column: Int?)?](repeating: nil, count: layout.lines.count)
    for (index, block) in layout.blocks.enumerated() {
      for line in block.lines where layout.lines.indices.contains(line) { place[line] = (index, block.column) }
    }
    let fonts = LineFonts(words.fonts)
    lines = layout.lines.enumerated().map { index, line in
      LineView(
        index, line, block: place[index]?.block ?? -1, column: place[index]?.column, words: words.words,
        fonts: fonts, frame: frame)
    }
    let linesOf = { (blocks: [Int]?) in
      (blocks ?? []).filter(layout.blocks.indices.contains).map {
        layout.blocks[$0].lines.filter(layout.lines.indices.contains)
      }
    }
    lineNumbers = linesOf(layout.lineNumbers)
    marginNotes = linesOf(layout.marginNotes)
    isRecognized = words.source == .recognition || Self.hasScatteredSizes(lines)
    let rules = layout.rules.map { frame.place($0) }.sorted { ($0.position, $0.start) < ($1.position, $1.start) }
    horizontals = rules.filter { $0.axis == .horizontal }
    verticals = rules.filter { $0.axis == .vertical }
    images = layout.imageAreas.map(frame.place)
    columns = layout.columns.map(frame.place)
  }

  private static let usualSizes = 6  // sizes that a designed page is set in
  private static let usualShare = 0.8  // of its letters

  private static func hasScatteredSizes(_ lines: [LineView]) -> Bool {
    var letters: [Int: Int] = [:]
    for line in lines { letters[Int((line.size * 4).rounded()), default: 0] += line.letters }
    let all = letters.values.reduce(0, +)
    return Double(letters.values.sorted(by: >).prefix(usualSizes).reduce(0, +)) < usualShare * Double(all)
  }

  func onPage(_ box: BoundingBox) -> BoundingBox { frame.onPage(box) }

  /// Rows of upright text from top to bottom, across all columns: what stands at the page's edges. Numbers of
  /// lines and notes beside the text are none of them.
  var edgeRows: [TextRow] {
    var rows: [TextRow] = []
    let apart = Set((lineNumbers + marginNotes).joined())
    let upright = lines.filter { !$0.isTurned && !apart.contains($0.index) }
    for line in upright.sorted(by: { ($0.baseline, $0.box.left) < ($1.baseline, $1.box.left) }) {
      if let last = rows.last, abs(last.baseline - line.baseline) <= 0.5 * min(last.size, line.size) {
        rows[rows.count - 1].append(line)
      } else {
        rows.append(TextRow(line))
      }
    }
    return rows
  }
}
