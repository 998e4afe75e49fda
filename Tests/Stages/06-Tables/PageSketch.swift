import Contracts
import DocumentModel
import StageKit

@testable import Tables

/// A page drawn by hand: words set in a font whose letters are half an em wide, and rules.
struct PageSketch {
  var size = PageSize(width: 600, height: 800)
  var words: [Word] = []
  var rules: [RulingLine] = []
  var fonts = [Font(name: "Plain"), Font(name: "Bold", bold: true), Font(name: "Mono", monospaced: true)]
  var regions: [Region] = []
  var lines: [Line] = []
  var columns: [BoundingBox] = []

  static let letter = 0.5, space = 0.27  // ems

  static func width(_ text: String, em: Double = 10) -> Double {
    let words = text.split(separator: " ")
    return Double(words.reduce(0) { $0 + $1.count }) * letter * em + Double(max(words.count - 1, 0)) * space * em
  }

  enum Anchor { case left, right, center }

  /// Sets a line of text whose left edge, right edge or middle stands at `x`, its top at `y`.
  mutating func text(
    _ text: String, x: Double, y: Double, em: Double = 10, anchor: Anchor = .left, font: Int = 0, color: String? = nil
  ) {
    let total = Self.width(text, em: em)
    var left =
      switch anchor {
      case .left: x
      case .right: x - total
      case .center: x - total / 2
      }
    for part in text.split(separator: " ") {
      let right = left + Double(part.count) * Self.letter * em
      words.append(
        Word(
          text: String(part), box: BoundingBox(left: left, top: y, right: right, bottom: y + em), source: .textLayer,
          font: font, size: em, color: color))
      left = right + Self.space * em
    }
  }

  mutating func horizontal(_ y: Double, _ start: Double, _ end: Double) {
    rules.append(RulingLine(axis: .horizontal, position: y, start: start, end: end, thickness: 0.5))
  }

  mutating func vertical(_ x: Double, _ start: Double, _ end: Double) {
    rules.append(RulingLine(axis: .vertical, position: x, start: start, end: end, thickness: 0.5))
  }

  /// Draws all lines of a grid.
  mutating func grid(xs: [Double], ys: [Double]) {
    for x in xs { vertical(x, ys[0], ys[ys.count - 1]) }
    for y in ys { horizontal(y, xs[0], xs[xs.count - 1]) }
  }

  var ocr: OCROutput { OCROutput(source: .textLayer, languages: [], passes: 0, fonts: fonts, words: words) }

  var layout: LayoutOutput {
    LayoutOutput(
      size: size, turn: .none, lines: lines, blocks: [], columns: columns, rules: rules, separators: [], imageAreas: [],
      dropped: [])
  }

  func tables(_ options: TablesOptions = TablesOptions(), ink: PageInk? = nil) throws -> TablesOutput {
    try TablesStage.tables(ocr, layout, RegionsPage(regions: regions), ink: ink, options: options)
  }

  /// The same page turned clockwise as a whole.
  func turned(_ turn: QuarterTurn) -> PageSketch {
    let frame = UprightFrame(page: UprightFrame(page: size, turn: turn).size, turn: turn)
    var sketch = PageSketch()
    sketch.size = frame.page
    sketch.words = words.map {
      Word(text: $0.text, box: frame.onPage($0.box), source: $0.source, font: $0.font, size: $0.size, turn: turn)
    }
    let isSideways = turn == .left || turn == .right
    sketch.rules = rules.map { rule in
      let box = frame.onPage(rule.box)
      let axis: RulingLine.Axis = isSideways == (rule.axis == .horizontal) ? .vertical : .horizontal
      return axis == .horizontal
        ? RulingLine(axis: axis, position: box.midY, start: box.left, end: box.right, thickness: box.height)
        : RulingLine(axis: axis, position: box.midX, start: box.top, end: box.bottom, thickness: box.width)
    }
    return sketch
  }
}

extension Table {
  /// The grid as text: a cell's words at its first place, "<" where it reaches to the right, "^" downwards.
  var picture: [[String]] {
    var rows = [[String]](repeating: [String](repeating: "?", count: columns), count: self.rows)
    for cell in cells {
      for row in cell.row..<(cell.row + cell.rowSpan) {
        for column in cell.column..<(cell.column + cell.columnSpan) {
          rows[row][column] = row > cell.row ? "^" : column > cell.column ? "<" : cell.text
        }
      }
    }
    return rows
  }

  /// Whether every place is covered by exactly one cell.
  var isCoveredOnce: Bool {
    var covered = [Int](repeating: 0, count: rows * columns)
    for cell in cells {
      guard cell.row >= 0, cell.column >= 0, cell.row + cell.rowSpan <= rows, cell.column + cell.columnSpan <= columns
      else {
        return false
      }
      for row in cell.row..<(cell.row + cell.rowSpan) {
        for column in cell.column..<(cell.column + cell.columnSpan) { covered[row * columns + column] += 1 }
      }
    }
    return covered.allSatisfy { $0 == 1 }
  }
}
