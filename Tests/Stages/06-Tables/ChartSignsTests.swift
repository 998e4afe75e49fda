import Contracts
import DocumentModel
import Leptonica
import Testing

@testable import Tables

struct ChartSignsTests {
  @Test("a grid is a chart if its empty cells hold curves, and a table if they are blank", arguments: [true, false])
  func chart(hasCurves: Bool) throws {
    var page = PageSketch()
    for row in 0..<6 { page.text("\(60 - 10 * row)", x: 100, y: 100 + 20 * Double(row)) }
    for column in 1..<6 { page.text("\(1990 + column)", x: 100 + 60 * Double(column), y: 200) }
    for row in [0, 2, 4] { page.text("\(10 - row)", x: 420, y: 100 + 20 * Double(row)) }
    page.text("80", x: 160, y: 120)
    page.text("81", x: 160, y: 140)
    let ink = PageInk(resolution: 72) {
      // Black lines that cross every cell, or nothing.
      var pixels = [UInt32](repeating: 0xFFFFFF, count: 600 * 800)
      if hasCurves { for index in pixels.indices where (index % 600 + index / 600) % 40 == 0 { pixels[index] = 0 } }
      return try pixels.withUnsafeBytes {
        try RasterImage(xrgb: $0, width: 600, height: 800, bytesPerRow: 2_400, resolution: 72, as: .grey)
      }
    }
    var options = TablesOptions()
    options.minConfidence = 0.3
    let found = try page.tables(options, ink: ink)
    #expect(found.tables.isEmpty == hasCurves)
    if hasCurves { #expect(found.refused.map(\.reason).contains(.figure)) }
  }

  @Test("pictures in a column of a list of names and numbers make no chart of it")
  func picturesInCells() throws {
    let rows = [
      ["1", "", "China", "1448949124"], ["2", "", "India", "1403805173"], ["", "ES", "Brazil", "215194443"],
      ["4", "", "Nigeria", "215401411"], ["5", "", "Russia", "146042034"], ["", "ks", "Mexico", "131312546"],
    ]
    var page = PageSketch()
    for (row, cells) in rows.enumerated() {
      for (text, x) in zip(cells, [100.0, 130, 180, 330]) where !text.isEmpty {
        page.text(text, x: x, y: 105 + 24 * Double(row), anchor: x > 300 ? .right : .left)
      }
    }
    for line in 0...6 { page.horizontal(98 + 24 * Double(line), 95, 340) }
    let ink = PageInk(resolution: 72) {
      var pixels = [UInt32](repeating: 0xFFFFFF, count: 600 * 800)
      for row in rows.indices {
        for y in 0..<14 {
          for x in [100 + y / 3, 101 + y / 3] + Array(128..<148) { pixels[600 * (103 + 24 * row + y) + x] = 0 }
        }
      }
      return try pixels.withUnsafeBytes {
        try RasterImage(xrgb: $0, width: 600, height: 800, bytesPerRow: 2_400, resolution: 72, as: .grey)
      }
    }
    #expect(try page.tables(ink: ink).tables.map(\.picture) == [rows])
  }

  @Test("rules between columns that run through empty cells make no chart of a table")
  func dividersThroughEmptyCells() throws {
    let page = TablePage.brokenDividers.sketch()
    let verticals = page.rules.filter { $0.axis == .vertical }
    let ink = PageInk(resolution: 72) {
      var pixels = [UInt32](repeating: 0xFFFFFF, count: 600 * 800)
      for rule in verticals {
        for y in Int(rule.start)..<Int(rule.end) { pixels[600 * y + Int(rule.position)] = 0 }
      }
      return try pixels.withUnsafeBytes {
        try RasterImage(xrgb: $0, width: 600, height: 800, bytesPerRow: 2_400, resolution: 72, as: .grey)
      }
    }
    #expect(try page.tables(ink: ink).tables.map(\.picture) == TablePage.brokenDividers.pictures)
  }
}
