import Contracts
import DocumentModel
import Testing

@testable import Regions

@Suite("Candidates for tables")
struct TableAreaTests {
  private func rows(_ count: Int) -> [[(text: String, left: Double)]] {
    (0..<count).map { [("item \($0)", 60.0), ("\($0 * 17)", 250.0), ("\($0 * 31).5", 400.0)] }
  }

  @Test("aligned cells without a rule are offered, with the prose around left out")
  func unruled() throws {
    var document = DocumentBuilder()
    document.prose(lines: 6, baseline: 80)
    document.table(rows(6), baseline: 200)
    document.prose(lines: 6, baseline: 330)
    let result = try document.run()
    #expect(result.kinds() == [.paragraph, .table, .paragraph])
    #expect(result.pages[1]?.regions[1].lines.count == 18)
  }

  @Test("the lines of a justified column are no cells, however far apart their words stand; those of a table are")
  func stretched() throws {
    func line(_ words: [String], to right: Double) -> [(text: String, left: Double)] {
      let widths = words.map { Double($0.count) * 5 }
      let gap = (right - 60 - widths.reduce(0, +)) / Double(words.count - 1)
      var left = 60.0
      return zip(words, widths).map { word, width in
        defer { left += width + gap }
        return (word, left)
      }
    }
    var document = DocumentBuilder()
    document.prose(lines: 6, baseline: 80)
    document.table(
      [
        line(["great", "care.", "In", "that", "bitter"], to: 220),
        line(["lighthouse", "he", "saw", "the", "rain"], to: 220),
        line(["harbour", "and", "of", "no", "council"], to: 220),
      ], baseline: 200)
    document.prose(lines: 6, baseline: 330)
    #expect(try document.run().texts(.table) == [])
  }

  @Test("a heading over the later columns belongs to the table")
  func head() throws {
    var document = DocumentBuilder()
    document.prose(lines: 6, baseline: 80)
    document.table([[("Year Ended", 300.0)]] + rows(5), baseline: 200)
    #expect(try document.run().texts(.table).first?.hasPrefix("Year Ended") == true)
  }

  @Test("a drawn grid is offered whatever stands in it")
  func grid() throws {
    var document = DocumentBuilder()
    document.prose(lines: 6, baseline: 80)
    for row in 0...2 { document.rule(.horizontal, at: 200 + 30 * Double(row), from: 60, to: 460) }
    for column in 0...2 { document.rule(.vertical, at: 60 + 200 * Double(column), from: 200, to: 260) }
    document.table([[("one", 70), ("two", 270)], [("three", 70), ("four", 270)]], baseline: 220, leading: 30)
    let result = try document.run()
    #expect(result.texts(.table) == ["one two three four"])
    let box = try #require(result.pages[1]?.regions.first { $0.kind == .table }).box
    #expect(abs(box.right - 460) < 1 && abs(box.bottom - 260) < 1)
  }

  @Test("a frame around a paragraph is no grid")
  func frame() throws {
    var document = DocumentBuilder()
    document.prose(lines: 6, baseline: 100)
    for y in [80.0, 180] { document.rule(.horizontal, at: y, from: 50, to: 560) }
    for x in [50.0, 560] { document.rule(.vertical, at: x, from: 80, to: 180) }
    #expect(try document.run().texts(.table).isEmpty)
  }

  @Test("two ruled tables with a caption between them are two")
  func captionBetween() throws {
    var document = DocumentBuilder()
    document.prose(lines: 4, baseline: 60)
    for top in [150.0, 350] {
      for y in [top, top + 20, top + 110] { document.rule(.horizontal, at: y, from: 60, to: 460) }
    }
    document.table(rows(7), baseline: 164)
    document.block(["Table 2. Lengths of lines, and more words that tell of lengths"], baseline: 330, size: 9)
    document.table(rows(7), baseline: 364)
    #expect(try document.run().kinds() == [.paragraph, .table, .caption, .table])
  }

  @Test("cells that fill a shaded area are a table, labels at the edges of a drawing are not")
  func shaded() throws {
    var document = DocumentBuilder()
    document.prose(lines: 4, baseline: 60)
    document.image(BoundingBox(left: 50, top: 140, right: 450, bottom: 250))
    document.table(rows(7), baseline: 155)
    document.image(BoundingBox(left: 50, top: 350, right: 550, bottom: 650))
    document.table((0..<3).map { [("\($0)0", 60.0), ("\($0)5", 300.0)] }, baseline: 610)
    #expect(try document.run().kinds() == [.paragraph, .table, .figure])
  }

  @Test("a table of contents is no table")
  func contents() throws {
    var document = DocumentBuilder()
    document.prose(lines: 4, baseline: 60)
    document.table(
      ["Introduction", "Lines and points", "Where lines end", "Appendix"].enumerated().map {
        [($1, 60.0), ("\(3 + 9 * $0)", 500.0)]
      }, baseline: 150)
    #expect(try document.run().texts(.table).isEmpty)
  }

  @Test("wide word spaces of justified prose are no columns")
  func rivers() throws {
    var document = DocumentBuilder()
    document.table(
      [
        [("Catholicos and", 60), ("Supreme Patriarch of", 160)],
        [("Etchmiatzin a man of", 60), ("high character and", 192)],
        [("great ability also", 60), ("distinguished as a linguist", 176)],
      ], baseline: 100)
    #expect(try document.run().texts(.table).isEmpty)
  }

  @Test("a heading in larger type between two blocks of cells parts them")
  func headingBetween() throws {
    var document = DocumentBuilder()
    document.table([[("Number", 350), ("RX-77310", 470)], [("Date", 350), ("04.11.2025", 470)]], baseline: 200)
    document.block(["Invoice"], baseline: 240, size: 16)
    document.table(
      [
        [("Item", 60), ("Quantity", 300), ("Unit price", 380), ("Amount", 480)],
        [("First thing", 60), ("1", 330), ("30,00", 400), ("30,00", 485)],
        [("Second thing", 60), ("2", 330), ("30,00", 400), ("60,00", 485)],
      ], baseline: 265)
    let result = try document.run()
    let tables = result.texts(.table)
    #expect(tables.last?.hasPrefix("Item Quantity") == true)
    #expect(tables.last?.hasSuffix("60,00") == true)
  }

  @Test(
    "a heading little larger than the cells, in bold with white above and names in bold or a rule below, parts tables")
  func headingsBetween() throws {
    for isUnderlined in [false, true] {
      var document = DocumentBuilder()
      document.prose(lines: 6, baseline: 60)
      document.table(rows(5), baseline: 160)
      document.block(["This year to date"], baseline: 245, size: 11, face: .bold)
      if isUnderlined { document.rule(.horizontal, at: 250, from: 58, to: 460) }
      document.table(
        [[("Name", 60), ("Count", 250), ("Share", 400)]], baseline: 265, face: isUnderlined ? .plain : .bold)
      document.table(rows(5), baseline: 279)
      #expect(try document.run().kinds() == [.paragraph, .table, .heading, .table])
    }
  }

  @Test("labels in bold within a table do not part it, be they larger or set off")
  func labelsWithin() throws {
    for (size, white) in [(10.0, 6.0), (12.0, 0)] {
      var document = DocumentBuilder()
      document.prose(lines: 6, baseline: 60)
      document.table(rows(5), baseline: 160)
      document.block(["Clinical chemistry"], baseline: 230 + white, size: size, face: .bold)
      document.table(rows(5), baseline: 244 + white)
      #expect(try document.run().kinds() == [.paragraph, .table])
    }
  }

  @Test("rules under the headings of a page are not those of a table")
  func underlinedHeadings() throws {
    var document = DocumentBuilder()
    document.prose(lines: 4, baseline: 60)
    for (index, name) in ["Education", "Employment", "Technical skills"].enumerated() {
      let y = 150 + 110 * Double(index)
      document.block([name], baseline: y, size: 11, face: .bold)
      document.rule(.horizontal, at: y + 5, from: 58, to: 500)
      document.table([[("Design engineer in a works", 60), ("2016", 470)]], baseline: y + 20)
      document.prose(lines: 2, baseline: y + 34)
      document.table([[("Pupil of a school", 60), ("2009", 470)]], baseline: y + 64)
    }
    let result = try document.run()
    #expect(result.texts(.table).isEmpty)
    #expect(result.texts(.heading) == ["Education", "Employment", "Technical skills"])
  }
}
