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

  @Test(
    "a row that begins with the name of a caption and has values is one of the table",
    arguments: [("Table Oak", "2", "299.00"), ("Box 12", "3.50", "12.00"), ("Chart 4", "2", "18.00")])
  func rowsLikeCaptions(name: String, count: String, price: String) throws {
    var sketch = PageSketch()
    let rows = [
      ["Item", "Pieces", "Price"], ["Chair Elm", "4", "99.00"], [name, count, price], ["Lamp", "1", "40.00"],
    ]
    sketch.text("Table 2. What was ordered", x: 100, y: 80)
    for (row, cells) in rows.enumerated() {
      for (column, text) in cells.enumerated() {
        sketch.text(text, x: 100 + 120 * Double(column), y: 100 + 14 * Double(row))
      }
    }
    #expect(try sketch.tables().tables.map(\.picture) == [rows])
  }

  @Test("a word that a line of its cell divides is joined as text is")
  func dividedWords() throws {
    func cell(_ lines: [String], on page: [String] = []) -> String {
      var sketch = PageSketch()
      for (row, line) in lines.enumerated() { sketch.text(line, x: 100, y: 100 + 12 * Double(row)) }
      for (row, line) in page.enumerated() { sketch.text(line, x: 300, y: 100 + 12 * Double(row)) }
      let words = UprightPage(
        turn: .none, ocr: sketch.ocr, layout: sketch.layout, regions: RegionsPage(regions: [])
      ).words
      return CellText(words: words).text(words.filter { $0.box.left < 300 }).text
    }
    #expect(cell(["self-", "service"]) == "self-service")
    #expect(cell(["docu-", "mentation"]) == "documentation")
    #expect(cell(["2019-", "2021"]) == "2019-2021")
    #expect(cell(["water-", "colour"], on: ["water-colour"]) == "water-colour")
    #expect(cell(["pre-", "and post-war"]) == "pre- and post-war")
  }

  @Test(
    "a ruled grid's header ends at the first value and at the label of a group",
    arguments: [
      ([["Item", "Sum"], ["Assets", ""], ["Cash", "100"], ["Debt", "250"]], 1),
      ([["Item", "2023", "2022"], ["Assets", "", ""], ["Cash", "100", "90"], ["Debt", "250", "120"]], 1),
      ([["Item", "Sum"], ["Cash", "–"], ["Debt", "n/a"], ["Land", "12"]], 1),
      ([["Cash", "–"], ["Debt", "n/a"], ["Land", "12"], ["Rent", "40"]], 0),
      ([["Feature", "Plain", "Rich"], ["Fast", "✓", "–"], ["Small", "–", "✓"]], 1),
      ([["Item", "#", "%"], ["Cash", "100", "90"], ["Debt", "250", "10"]], 1),
      ([["", "Sums", ""], ["Item", "Debit", "Credit"], ["Cash", "100", "90"], ["Debt", "250", "10"]], 2),
    ])
  func headers(rows: [[String]], header: Int) throws {
    var sketch = PageSketch()
    sketch.grid(
      xs: (0...rows[0].count).map { 100 + 80 * Double($0) }, ys: (0...rows.count).map { 100 + 20 * Double($0) })
    for (row, cells) in rows.enumerated() {
      for (column, text) in cells.enumerated() {
        sketch.text(text, x: 110 + 80 * Double(column), y: 105 + 20 * Double(row))
      }
    }
    let table = try #require(try sketch.tables().tables.first)
    #expect(table.headerRows == header)
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

  @Test("a table that reads from right to left counts its columns from the right, and its cells' words")
  func rightToLeft() throws {
    var sketch = PageSketch()
    sketch.grid(xs: [100, 200, 300, 420], ys: [100, 120, 140])
    for (row, cells) in [["כמות", "לפריט מחיר", "שם"], ["3", "12.50", "כחול כדורי עט"]].enumerated() {
      // Set from the left: the last column, and of a cell the last word, first.
      for (column, x) in [110.0, 210, 310].enumerated() {
        sketch.text(cells[column], x: x, y: 105 + 20 * Double(row))
      }
    }
    let table = try #require(try sketch.tables().tables.first)
    #expect(table.cells.map(\.text) == ["שם", "מחיר לפריט", "כמות", "עט כדורי כחול", "12.50", "3"])
    #expect(table.cells.map(\.column) == [0, 1, 2, 0, 1, 2])
    #expect(table.cells[0].box.left > table.cells[2].box.right)
    #expect(table.isCoveredOnce)
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

  @Test(
    "regions, columns, images and rules of a skewed page are straightened as its words are", arguments: [-2.0, 1.15])
  func skewedCompany(skew: Double) throws {
    var sketch = PageSketch()
    for x in [60.0, 300, 540] { sketch.text("word", x: x, y: 400) }
    let straight = ReadingFrame(page: sketch.size, turn: .none, skew: skew)
    sketch.words = sketch.words.map {
      Word(text: $0.text, box: straight.printed($0.box), source: .recognition, size: $0.size)
    }
    let boxes = sketch.words.map(\.box)
    let layout = LayoutOutput(
      size: sketch.size, turn: .none, lines: [], blocks: [], columns: boxes,
      rules: boxes.map {
        RulingLine(axis: .horizontal, position: $0.midY, start: $0.left, end: $0.right, thickness: 0.5)
      }, separators: [], imageAreas: boxes, dropped: [])
    let page = UprightPage(
      turn: .none,
      ocr: .init(source: .recognition, skew: skew, languages: [], passes: 1, fonts: [], words: sketch.words),
      layout: layout,
      regions: RegionsPage(
        regions: boxes.map { Region(kind: .heading, box: $0, lines: [], confidence: .certain) }))
    let words = page.words.map(\.box)
    #expect(page.columns == words && page.images == words && page.regions.map(\.box) == words)
    #expect(zip(page.rules, words).allSatisfy { abs($0.position - $1.midY) < 0.1 })
    // A line is level again, and boxes go back to where the words are.
    #expect(words.allSatisfy { abs($0.midY - words[1].midY) < 0.5 })
    #expect(zip(words, boxes).allSatisfy { page.onPage($0).insetBy(-0.5).contains($1) })
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

  @Test(
    "white names above a grid stand on its ground, whatever is known of them; black ones do not",
    arguments: [true, false])
  func whiteHeader(isWhite: Bool) throws {
    var page = PageSketch()
    let xs = [60.0, 200, 340, 540]
    page.grid(xs: xs, ys: [120, 150, 180])
    for (name, x) in zip(["Name", "Place", "Height"], xs) {
      page.text(name, x: x + 8, y: 104, font: 1, color: isWhite ? "ffffff" : nil)
    }
    for row in 0..<2 {
      for (column, x) in xs.dropLast().enumerated() { page.text("word \(column)", x: x + 8, y: 130 + 30 * Double(row)) }
    }
    let tables = try page.tables().tables
    #expect(tables.map(\.rows) == [isWhite ? 3 : 2])
    #expect(tables.first?.headerRows == (isWhite ? 1 : 0) || !isWhite)
  }

  @Test("a row without rules between its cells is parted where other rows are, if its lines begin there")
  func rowWithoutDividers() throws {
    var page = PageSketch()
    let xs = [60.0, 160, 320, 480], ys = [100.0, 150, 200, 250]
    for y in ys { page.horizontal(y, xs[0], xs[3]) }
    for x in xs { for y in [100.0, 200] { page.vertical(x, y, y + 50) } }
    for x in [60.0, 480] { page.vertical(x, 100, 250) }
    for (row, y) in ys.dropLast().enumerated() {
      page.text("Station \(row)", x: 66, y: y + 4)
      for line in 0..<3 {
        page.text("The water rises in winter and", x: 166, y: y + 4 + 14 * Double(line))
        page.text("is measured at the weir then", x: 326, y: y + 4 + 14 * Double(line))
      }
    }
    let tables = try page.tables().tables
    #expect(tables.map(\.rows) == [3])
    #expect(tables.first?.cells.allSatisfy { $0.columnSpan == 1 } == true)
  }

  @Test("sentences name no columns: where a table goes on from the page before, its first row is one of it")
  func sentencesAreNoNames() throws {
    for (text, header) in [("The water rises in winter and falls in spring, as ever before.", 0), ("Findings", 1)] {
      var page = PageSketch()
      page.grid(xs: [60, 160, 480], ys: [100, 130, 160, 190])
      for row in 0..<3 {
        page.text("Station \(row)", x: 66, y: 110 + 30 * Double(row))
        page.text(row == 0 ? text : "The weir is old.", x: 166, y: 110 + 30 * Double(row))
      }
      #expect(try page.tables().tables.map(\.headerRows) == [header])
    }
    // Nor does what is left of a row.
    var page = PageSketch()
    page.grid(xs: [60, 160, 480], ys: [100, 130, 160, 190])
    page.text("of them again.", x: 166, y: 110)
    for row in 1..<3 {
      page.text("Station \(row)", x: 66, y: 110 + 30 * Double(row))
      page.text("The weir is old.", x: 166, y: 110 + 30 * Double(row))
    }
    #expect(try page.tables().tables.map(\.headerRows) == [0])
  }

  /// A printed spreadsheet: names begin where cells do, numbers end where they do, and two points lie between.
  private func sheet(_ rows: Int, _ cells: (Int) -> [String]) -> PageSketch {
    var page = PageSketch()
    for row in 0..<rows {
      for (column, text) in cells(row).enumerated() where !text.isEmpty {
        let left = 60 + 50 * Double(column), isNumber = text.first?.isNumber ?? false
        page.text(text, x: isNumber ? left + 48 : left, y: 100 + 15 * Double(row), anchor: isNumber ? .right : .left)
      }
    }
    return page
  }

  @Test("names that begin where the numbers before them end stand over their own", arguments: [6, 24])
  func namesAtCellEdges(rows: Int) throws {
    let page = sheet(rows + 1) { row in
      row == 0 ? ["Station", "Jan 24", "Feb 24", "Mar 24"] : ["Town"] + (0..<3).map { "\(row + 100).\($0)" }
    }
    let picture = try page.tables().tables.first?.picture
    #expect(picture?.first == ["Station", "Jan 24", "Feb 24", "Mar 24"])
    #expect(picture?.last == ["Town", "\(rows + 100).0", "\(rows + 100).1", "\(rows + 100).2"])
  }

  @Test("a short name between two columns of numbers belongs to the one that has none")
  func shortName() throws {
    let page = sheet(8) { $0 == 0 ? ["Product", "Units", "EUR"] : ["P \($0)", "1\($0)", "59.3\($0)"] }
    #expect(try page.tables().tables.first?.picture.first == ["Product", "Units", "EUR"])
  }

  @Test("text right behind numbers that end alike is a column of its own, and so is what begins alike behind any text")
  func nearColumns() throws {
    let names = ["Anna Berg", "Li Wei", "Tom Bak", "Ines Cost", "Jan Nova", "Eva Ros", "Paul Me"]
    let numbered = sheet(7) { ["\(1000 + 7 * $0)", names[$0], "", "\(3 * $0 + 10)", "\($0).25"] }
    #expect(
      try numbered.tables().tables.first?.picture.map { Array($0.prefix(2)) }
        == (0..<7).map { ["\(1000 + 7 * $0)", names[$0]] })
    let lettered = sheet(7) { [names[$0], "Lu", "", "\(3 * $0 + 10)", "\($0).25"] }
    #expect(try lettered.tables().tables.first?.picture.map { Array($0.prefix(2)) } == names.map { [$0, "Lu"] })
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

  /// An invoice's items: a name, then numbers that end alike, with their currency behind them.
  private func items(_ rows: Int, told: String? = nil, y: Double = 300) -> PageSketch {
    var sketch = PageSketch()
    for (name, x) in [("Item", 60.0), ("Qty", 360), ("Unit price", 460), ("Amount", 540)] {
      sketch.text(name, x: x, y: y, anchor: x == 60 ? .left : .right)
    }
    let step = told == nil ? 14.0 : 26
    for row in 0..<rows {
      let top = y + 20 + step * Double(row)
      sketch.text("Thing number \(row)", x: 60, y: top)
      sketch.text("\(row + 1)", x: 360, y: top, anchor: .right)
      sketch.text("30,00 €", x: 460, y: top, anchor: .right)
      sketch.text("\(row + 1)30,00 €", x: 540, y: top, anchor: .right)
      if let told { sketch.text(told, x: 60, y: top + 12, em: 8) }
    }
    return sketch
  }

  @Test("amounts with the currency behind them are values of their own, however near the next one stands")
  func currencyBehind() throws {
    let tables = try items(4).tables().tables
    #expect(tables.count == 1)
    #expect(tables[0].columns == 4)
    #expect(tables[0].rows == 5)
  }

  @Test("lines below an item that tell of it are of its row")
  func explained() throws {
    let table = try #require(try items(4, told: "in matt, with a warranty").tables().tables.first)
    #expect(table.rows == 5)
    #expect(table.columns == 4)
  }

  @Test("a heading in larger type right below is no row; a total in such type is", arguments: [true, false])
  func headingBelow(isTotal: Bool) throws {
    var sketch = items(4)
    sketch.text(isTotal ? "Total" : "2", x: 60, y: 386, em: 13, font: 1)
    if isTotal {
      sketch.text("300,00", x: 540, y: 386, em: 13, anchor: .right, font: 1)
    } else {
      sketch.text("Conditions", x: 90, y: 386, em: 13, font: 1)
    }
    let table = try #require(try sketch.tables().tables.first)
    #expect(table.rows == (isTotal ? 6 : 5))
  }

  @Test("labels above groups of rows stay rows of their own")
  func labelled() throws {
    var sketch = items(0)
    for group in 0..<3 {
      let top = 320 + 42 * Double(group)
      sketch.text("Group \(group)", x: 60, y: top)
      for row in 1...2 {
        sketch.text("Thing \(row)", x: 60, y: top + 14 * Double(row))
        for (x, text) in [(360.0, "7"), (460, "30,00"), (540, "210,00")] {
          sketch.text(text, x: x, y: top + 14 * Double(row), anchor: .right)
        }
      }
    }
    let table = try #require(try sketch.tables().tables.first)
    #expect(table.rows == 10)
  }

  /// Three columns of names over a rule and four rows of values below it.
  private func named() -> PageSketch {
    var sketch = PageSketch()
    for (row, texts) in [
      ("Band", "Use", "Price"), ("Low", "to 55", "0.62"), ("Base", "56 to 120", "1.08"), ("High", "over 120", "1.97"),
      ("Other", "any", "2.40"),
    ].enumerated() {
      for (x, text) in [(60.0, texts.0), (200, texts.1), (400, texts.2)] {
        sketch.text(text, x: x, y: 300 + 15 * Double(row))
      }
    }
    sketch.horizontal(312.5, 60, 480)
    return sketch
  }

  @Test("a heading or an item right above the names of the columns is not of the table", arguments: [0, 1, 2])
  func textAbove(how: Int) throws {
    var sketch = named()
    sketch.text("What is the water?", x: 60, y: 282, em: how == 2 ? 13 : 10)
    if how < 2 {
      sketch.regions.append(
        Region(
          kind: how == 0 ? .heading : .listItem, box: BoundingBox(left: 60, top: 282, right: 200, bottom: 292),
          lines: [], column: nil, confidence: .certain))
    }
    sketch.regions.append(
      Region(
        kind: .table, box: BoundingBox(left: 60, top: 280, right: 480, bottom: 372), lines: [], column: nil,
        confidence: .certain))
    let table = try #require(try sketch.tables().tables.first)
    #expect(table.rows == 5)
    #expect(table.box.top >= 292)
  }

  @Test("what stands apart above the names of the columns is not of the header")
  func blocksAbove() throws {
    var sketch = items(5)
    for (line, texts) in [("Sender Ltd", "Buyer Ltd"), ("1 High Street", "2 Low Road"), ("Springfield", "Shelbyville")]
      .enumerated()
    {
      sketch.text(texts.0, x: 60, y: 200 + 12 * Double(line))
      sketch.text(texts.1, x: 350, y: 200 + 12 * Double(line))
    }
    sketch.text("Particulars", x: 60, y: 270)
    sketch.regions = [
      Region(
        kind: .table, box: BoundingBox(left: 60, top: 200, right: 540, bottom: 386), lines: [], column: nil,
        confidence: .certain)
    ]
    let table = try #require(try sketch.tables().tables.first { $0.columns == 4 })
    #expect(table.box.top >= 290)
  }

  @Test("rules between the sums at the end do not cut the items off their names")
  func ruledSums() throws {
    var sketch = items(4)
    for (line, texts) in [("Net", "900,00 €"), ("Tax", "171,00 €"), ("Total", "1.071,00 €")].enumerated() {
      let top = 384 + 16 * Double(line)
      sketch.text(texts.0, x: 400, y: top)
      sketch.text(texts.1, x: 540, y: top, anchor: .right)
      sketch.horizontal(top - 3, 340, 540)
    }
    sketch.regions = [
      Region(
        kind: .table, box: BoundingBox(left: 60, top: 300, right: 540, bottom: 426), lines: [], column: nil,
        confidence: .certain)
    ]
    let table = try #require(try sketch.tables().tables.first)
    #expect(table.columns == 4)
    #expect(table.box.left <= 60)
  }
}
