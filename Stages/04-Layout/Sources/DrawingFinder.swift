import DocumentModel

/// Finds drawings and pictures by the ink that is neither text nor rule: vector figures, and pictures within a scan.
struct DrawingFinder {
  private static let cell = 4.0  // points: finer than any figure, coarse enough that a page is some thousand cells
  private static let ink: UInt8 = 205  // grey: darker is ink; light fills and paper are not
  private static let joins = 2  // cells: parts of one drawing lie closer
  private static let leastSide = 36.0  // points: smaller ink is an ornament or a stray mark
  private static let leastCover = 0.04  // of its box: a drawing has that much ink in it
  private static let mostText = 0.3  // of its box: shaded text is text
  private static let mostDrawings = 64

  private let columns: Int
  private let rows: Int
  private var marked: [Bool]

  /// - Returns: boxes on the page, from top to bottom.
  static func drawings(in pixels: GreyPixels, page: PageSize, words: [BoundingBox], rules: [RulingLine])
    -> [BoundingBox]
  {
    var finder = DrawingFinder(page)
    guard finder.columns * finder.rows <= 4_000_000 else { return [] }  // a poster of 8 × 8 metres has no more cells
    finder.mark(pixels)
    finder.clear(words.map { $0.insetBy(-1.5) } + rules.map { $0.box.insetBy(-1) })
    let found = finder.components().filter { part in
      min(part.box.width, part.box.height) >= leastSide && part.cover >= leastCover
    }
    return found.map(\.box).filter { box in
      let text = words.reduce(0) { $0 + ($1.intersection(box)?.area ?? 0) }
      return text <= mostText * box.area
    }.sorted { ($0.top, $0.left) < ($1.top, $1.left) }.prefix(mostDrawings).map { $0 }
  }

  private init(_ page: PageSize) {
    columns = max(Int((page.width / Self.cell).rounded(.up)), 1)
    rows = max(Int((page.height / Self.cell).rounded(.up)), 1)
    marked = Array(repeating: false, count: columns <= 20_000 && rows <= 20_000 ? columns * rows : 0)
  }

  private mutating func mark(_ pixels: GreyPixels) {
    guard !marked.isEmpty else { return }
    let perCell = pixels.scale * Self.cell
    let columnOf = (0..<pixels.width).map { min(Int(Double($0) / perCell), columns - 1) }
    for y in 0..<pixels.height {
      let start = min(Int(Double(y) / perCell), rows - 1) * columns
      let row = pixels.row(y)
      var x = 0
      // Most of a page is paper: eight pixels of it are passed at once.
      while x + 8 <= pixels.width {
        if Self.isPaper(row.loadUnaligned(fromByteOffset: x, as: UInt64.self)) {
          x += 8
          continue
        }
        for place in x..<(x + 8) where row[place] < Self.ink { marked[start + columnOf[place]] = true }
        x += 8
      }
      for place in x..<pixels.width where row[place] < Self.ink { marked[start + columnOf[place]] = true }
    }
  }

  /// Whether all eight pixels are lighter than ink: each has its highest bit, and so much below it that the bit is
  /// reached again with what is missing to 256.
  private static func isPaper(_ pixels: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let high = ones &* 0x80
    let reached = (pixels & ~high) &+ ones &* UInt64(0xFF - ink + 1)
    return pixels & reached & high == high
  }

  /// Takes the ink out of all boxes at once: at every cell it is counted how many begin and end there, so that a large box
  /// costs no more than a small one.
  private mutating func clear(_ boxes: [BoundingBox]) {
    guard !marked.isEmpty, !boxes.isEmpty else { return }
    let width = columns + 1
    var open = [Int32](repeating: 0, count: width * (rows + 1))
    for box in boxes {
      let (left, right) = (column(box.left), column(box.right) + 1)
      let (top, bottom) = (row(box.top) * width, (row(box.bottom) + 1) * width)
      open[top + left] += 1
      open[top + right] -= 1
      open[bottom + left] -= 1
      open[bottom + right] += 1
    }
    for y in 0..<rows {
      var across: Int32 = 0
      for x in 0..<columns {
        across += open[y * width + x]
        // What began above and reaches down to here.
        open[y * width + x] = across + (y > 0 ? open[(y - 1) * width + x] : 0)
        if open[y * width + x] > 0 { marked[y * columns + x] = false }
      }
    }
  }

  private func column(_ x: Double) -> Int { min(max(Int(x / Self.cell), 0), columns - 1) }
  private func row(_ y: Double) -> Int { min(max(Int(y / Self.cell), 0), rows - 1) }

  private struct Part {
    let box: BoundingBox
    /// The share of its cells that hold ink.
    let cover: Double
  }

  /// Groups of marked cells that lie within reach of one another.
  private mutating func components() -> [Part] {
    var parts: [Part] = []
    for start in marked.indices where marked[start] {
      var (left, right, top, bottom) = (Int.max, 0, Int.max, 0)
      var cells = 0
      var waiting = [start]
      marked[start] = false
      while let cell = waiting.popLast() {
        let (x, y) = (cell % columns, cell / columns)
        cells += 1
        (left, right, top, bottom) = (min(left, x), max(right, x), min(top, y), max(bottom, y))
        for ny in max(y - Self.joins, 0)...min(y + Self.joins, rows - 1) {
          for nx in max(x - Self.joins, 0)...min(x + Self.joins, columns - 1) where marked[ny * columns + nx] {
            marked[ny * columns + nx] = false
            waiting.append(ny * columns + nx)
          }
        }
      }
      let box = BoundingBox(
        left: Double(left) * Self.cell, top: Double(top) * Self.cell, right: Double(right + 1) * Self.cell,
        bottom: Double(bottom + 1) * Self.cell)
      parts.append(Part(box: box, cover: Double(cells) / Double((right - left + 1) * (bottom - top + 1))))
    }
    return parts
  }
}
