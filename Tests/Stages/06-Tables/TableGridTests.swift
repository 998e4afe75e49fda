import Contracts
import DocumentModel
import Testing

@testable import Tables

struct TableGridTests {
  @Test("a page yields exactly the grids it shows", arguments: TablePage.all)
  func grids(page: TablePage) throws {
    let found = try page.sketch().tables().tables
    #expect(found.map(\.picture) == page.pictures)
    for table in found {
      #expect(table.isCoveredOnce)
      if let strategy = page.strategy { #expect(table.strategy == strategy) }
      if let headerRows = page.headerRows { #expect(table.headerRows == headerRows) }
    }
  }

  @Test("a turned page yields the same grids", arguments: [QuarterTurn.right, .half, .left])
  func turned(turn: QuarterTurn) throws {
    for page in [TablePage.ruled, .ruledWithSpans, .booktabs, .unruled] {
      let found = try page.sketch().turned(turn).tables().tables
      #expect(found.map(\.picture) == page.pictures, "\(page.name)")
      #expect(found.allSatisfy { $0.turn == turn })
    }
  }

  @Test("every word of a table is in exactly one cell")
  func wordsOnce() throws {
    for page in TablePage.all {
      let sketch = page.sketch()
      let words = try sketch.tables().tables.flatMap { $0.cells.flatMap(\.words) }
      #expect(Set(words).count == words.count, "\(page.name)")
      #expect(words.allSatisfy { sketch.words.indices.contains($0) })
    }
  }

  @Test("a skewed page is straightened for reading; boxes stay where the words are")
  func skewed() throws {
    var sketch = TablePage.unruled.sketch()
    let slope = 0.02  // 1.15 degrees: a row 295 points wide falls by half a line
    sketch.words = sketch.words.map { word in
      let shift = slope * word.box.midX
      return Word(
        text: word.text,
        box: BoundingBox(
          left: word.box.left, top: word.box.top + shift, right: word.box.right, bottom: word.box.bottom + shift),
        source: .recognition, size: word.size)
    }
    let found = try TablesStage.tables(
      .init(source: .recognition, skew: 1.15, languages: ["eng"], passes: 1, fonts: [], words: sketch.words),
      sketch.layout,
      .init(regions: []), ink: nil, options: TablesOptions())
    let table = try #require(found.tables.first)
    #expect(table.picture == TablePage.unruled.pictures[0])
    for cell in table.cells {
      for word in cell.words { #expect(table.box.insetBy(-8).contains(sketch.words[word].box)) }
    }
  }

  @Test("the strategy option decides which signs are followed")
  func strategies() throws {
    var options = TablesOptions()
    options.strategy = .off
    #expect(try TablePage.ruled.sketch().tables(options).tables.isEmpty)
    options.strategy = .ruled
    #expect(try TablePage.unruled.sketch().tables(options).tables.isEmpty)
    #expect(try TablePage.ruled.sketch().tables(options).tables.count == 1)
    options.strategy = .unruled
    #expect(try TablePage.unruled.sketch().tables(options).tables.count == 1)
  }

  @Test("names on shaded ground above a grid, where no rule is seen, are its header; a title is not")
  func shadedHeader() throws {
    for isTitle in [false, true] {
      var page = PageSketch()
      let xs = [60.0, 180, 300, 420, 540]
      page.grid(xs: xs, ys: stride(from: 120.0, through: 240, by: 20).map { $0 })
      if isTitle {
        page.text("What the towns of the county have delivered in four years", x: 150, y: 104)
      } else {
        for (x, name) in zip(xs, ["Town", "Received", "Effective", "Number"]) {
          page.text(name, x: x + 8, y: 104, font: 1)
        }
      }
      for row in 0..<6 {
        for (column, x) in xs.dropLast().enumerated() {
          page.text("\(row)\(column) word", x: x + 8, y: 124 + 20 * Double(row))
        }
      }
      page.regions = [
        Region(
          kind: .table, box: BoundingBox(left: 60, top: 100, right: 540, bottom: 240), lines: [], confidence: .certain)
      ]
      let tables = try page.tables().tables
      #expect(tables.map(\.rows) == [isTitle ? 6 : 7])
      #expect(isTitle || tables.first?.headerRows == 1)
    }
  }

  @Test("a drawn grid of four cells is a table, however little they say")
  func smallest() throws {
    var page = PageSketch()
    page.grid(xs: [60, 300, 540], ys: [100, 125, 150])
    for (index, letter) in ["a", "b", "c", "d"].enumerated() {
      page.text(letter, x: 66 + 240 * Double(index % 2), y: 107 + 25 * Double(index / 2))
    }
    let tables = try page.tables().tables
    #expect(tables.map(\.rows) == [2] && tables.map(\.columns) == [2])
  }
}
