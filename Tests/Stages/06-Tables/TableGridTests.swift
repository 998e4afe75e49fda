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
}
