import Contracts
import DocumentModel
import Testing

@testable import Layout

@Suite("Columns")
struct ColumnTests {
  @Test("a page of two or three columns is read column by column", arguments: [2, 3])
  func columns(count: Int) {
    var page = WordPage()
    let gutter = 20.0
    let width = (495 - gutter * Double(count - 1)) / Double(count)
    var expected: [Int] = []
    for column in 0..<count {
      // Columns whose baselines do not agree, as in most books.
      expected += page.paragraph(
        lines: 40, left: 50 + Double(column) * (width + gutter), width: width, baseline: 100 + 3 * Double(column),
        tag: "column \(column)")
    }
    let layout = Geometry.layout(page)
    #expect(Geometry.order(layout) == expected)
    #expect(layout.columns.count == count)
    #expect(layout.separators.count == count - 1)
    #expect(Set(layout.blocks.map(\.column)) == Set((0..<count).map(Optional.some)))
  }

  @Test("a page of many bands of columns is read band by band to its end")
  func glossary() {
    var page = WordPage(height: 2400)
    var expected: [Int] = []
    for letter in 0..<18 {
      let y = 60 + 125 * Double(letter)
      expected += page.line(
        "The letter number \(letter) and all the words that begin with it and are in use still", left: 50, baseline: y,
        size: 12)
      for (column, left) in [50.0, 305].enumerated() {
        expected += page.paragraph(
          lines: 7, left: left, width: 235, baseline: y + 22 + 3 * Double(column), tag: "band \(letter) \(column)")
      }
    }
    let layout = Geometry.layout(page)
    #expect(Geometry.order(layout) == expected)
    #expect(layout.separators.count == 18)
  }

  @Test("what stands turned is in no column of the text")
  func turned() {
    var page = WordPage()
    let text =
      page.paragraph(lines: 30, left: 50, width: 235, baseline: 100, tag: "left")
      + page.paragraph(lines: 30, left: 305, width: 235, baseline: 103, tag: "right")
    let name = page.put("intensity", left: 320, baseline: 600, width: 10, size: 10, turn: .left)
    let layout = Geometry.layout(page)
    #expect(Geometry.order(layout) == text + [name])
    #expect(layout.blocks.map(\.column) == [0, 1, nil])
    #expect(layout.lineNumbers == nil)
  }

  @Test("columns on one grid are still columns")
  func sameBaselines() {
    var page = WordPage()
    let left = page.paragraph(lines: 30, left: 50, width: 235, baseline: 100, tag: "left")
    let right = page.paragraph(lines: 30, left: 305, width: 235, baseline: 100, tag: "right")
    #expect(Geometry.order(Geometry.layout(page)) == left + right)
  }

  @Test("a column that ends far above its neighbour is a column to its end")
  func shortColumn() {
    var page = WordPage()
    let left = page.paragraph(lines: 13, left: 50, width: 235, baseline: 100, tag: "left")
    let right = page.paragraph(lines: 40, left: 305, width: 235, baseline: 100, tag: "right")
    #expect(Geometry.order(Geometry.layout(page)) == left + right)
  }

  @Test("a title over two columns and a line under them are read before and after both")
  func spanning() {
    var page = WordPage()
    let right = page.paragraph(lines: 30, left: 305, width: 235, baseline: 150, tag: "right")
    let foot = page.line("a closing line that runs over both of the columns of this page", left: 100, baseline: 540)
    let left = page.paragraph(lines: 30, left: 50, width: 235, baseline: 150, tag: "left")
    let title = page.line("A Title That Spans Both Columns", left: 120, baseline: 90, size: 22)
    let layout = Geometry.layout(page)
    #expect(Geometry.order(layout) == title + left + right + foot)
    #expect(layout.blocks.first?.column == nil)
    #expect(layout.blocks.last?.column == nil)
  }

  @Test("columns of lists with few lines at the margin are columns")
  func lists() {
    var page = WordPage()
    func column(_ left: Double, _ shift: Double) -> [Int] {
      (0..<36).flatMap { row -> [Int] in
        let y = 100 + shift + 14 * Double(row)
        if row % 4 == 0 { return page.line("\(row). A question that fills the line of it", left: left, baseline: y) }
        return page.line("a. some shorter part of it", left: left + 18, baseline: y)
      }
    }
    let left = column(50, 0)
    let right = column(305, 5)
    let layout = Geometry.layout(page)
    #expect(Geometry.order(layout) == left + right)
    #expect(layout.separators.count == 1)
  }

  @Test("a word whose box runs from one column into the other does not close the gutter")
  func brokenWord() {
    var page = WordPage()
    page.paragraph(lines: 30, left: 50, width: 235, baseline: 100, tag: "left")
    page.paragraph(lines: 30, left: 305, width: 235, baseline: 104, tag: "right")
    page.add(
      Word(
        text: "end.start", box: BoundingBox(left: 240, top: 250, right: 340, bottom: 290), source: .textLayer,
        size: 10))
    #expect(Geometry.layout(page).columns.count == 2)
    #expect(Geometry.layout(page).separators.count == 1)
  }

  @Test("a picture across both columns parts them into two bands")
  func picture() {
    var page = WordPage()
    let upperLeft = page.paragraph(lines: 12, left: 50, width: 235, baseline: 100, tag: "ul")
    let upperRight = page.paragraph(lines: 12, left: 305, width: 235, baseline: 100, tag: "ur")
    let lowerLeft = page.paragraph(lines: 12, left: 50, width: 235, baseline: 500, tag: "ll")
    let lowerRight = page.paragraph(lines: 12, left: 305, width: 235, baseline: 500, tag: "lr")
    let layout = Geometry.layout(page, images: [BoundingBox(left: 50, top: 260, right: 540, bottom: 480)])
    #expect(Geometry.order(layout) == upperLeft + upperRight + lowerLeft + lowerRight)
    #expect(layout.columns.count == 2)
  }

  @Test("the columns of a table are no columns of the page")
  func table() {
    var page = WordPage()
    var expected: [Int] = []
    for row in 0..<12 {
      let y = 100 + 14 * Double(row)
      expected += page.line("item number \(row)", left: 50, baseline: y)
      expected += page.line("\(row * 37).50", left: 250, baseline: y)
      expected += page.line("\(row * 91).25", left: 400, baseline: y)
    }
    let layout = Geometry.layout(page)
    #expect(layout.separators.isEmpty)
    #expect(Geometry.order(layout) == expected)
  }

  @Test("a label column with few rows beside long cells is a table")
  func labels() {
    var page = WordPage()
    for group in 0..<5 {
      let y = 100 + 70 * Double(group)
      page.line("identifier_of_some_length", left: 50, baseline: y)
      page.paragraph(lines: 4, left: 300, width: 240, baseline: y, tag: "cell \(group)")
    }
    #expect(Geometry.layout(page).separators.isEmpty)
  }

  @Test("labels and the values beside them are read line by line")
  func form() {
    var page = WordPage()
    var expected: [Int] = []
    for row in 0..<14 {
      let y = 100 + 18 * Double(row)
      expected += page.line("What the field \(row) is called:", left: 50, baseline: y)
      expected += page.line("and what somebody once wrote into it", left: 250, baseline: y + 0.5)
    }
    let layout = Geometry.layout(page)
    #expect(layout.separators.isEmpty)
    #expect(Geometry.order(layout) == expected)
  }

  @Test("a narrow side-bar is read after the text beside it")
  func sidebar() {
    var page = WordPage()
    let side = page.paragraph(lines: 8, left: 40, width: 110, baseline: 300, size: 8, tag: "side")
    let text = page.paragraph(lines: 45, left: 170, width: 380, baseline: 100, tag: "text")
    #expect(Geometry.order(Geometry.layout(page)) == text + side)
  }

  @Test("the first of four columns is read first, however early it ends")
  func shortFirstColumn() {
    var page = WordPage(width: 1_000)
    let expected = (0..<4).flatMap { column in
      page.paragraph(
        lines: column == 0 ? 10 : 42, left: 50 + 225 * Double(column), width: 200, baseline: 100 + 3 * Double(column),
        tag: "column \(column)")
    }
    #expect(Geometry.order(Geometry.layout(page)) == expected)
  }

  @Test("the option for single columns reads straight across")
  func single() {
    var page = WordPage()
    page.paragraph(lines: 20, left: 50, width: 235, baseline: 100, tag: "left")
    page.paragraph(lines: 20, left: 305, width: 235, baseline: 100, tag: "right")
    let layout = Geometry.layout(page, columns: .single)
    #expect(layout.separators.isEmpty)
    #expect(layout.columns.count == 1)
    let tops = layout.lines.map(\.baseline)
    #expect(tops == tops.sorted())
  }

  @Test("right-to-left columns are read from the right")
  func rightToLeft() {
    var page = WordPage()
    let hebrew = ["שלום", "עולם", "ספר", "מילה", "טקסט", "שורה"]
    func column(_ left: Double) -> [Int] {
      var order: [Int] = []
      for row in 0..<20 {
        // Set from the left edge by place; read from the right.
        let line = page.line(
          (0..<8).map { hebrew[($0 + row) % 6] }.joined(separator: " "), left: left, baseline: 100 + 12 * Double(row))
        order += line.reversed()
      }
      return order
    }
    let left = column(50)
    let right = column(320)
    let layout = Geometry.layout(page)
    #expect(Geometry.order(layout) == right + left)
    #expect(layout.lines.allSatisfy { $0.direction == .rightToLeft })
  }

  @Test("the columns under a title with a box beside it are columns of their own")
  func bandsOfOtherColumns() {
    var page = WordPage()
    let box = page.paragraph(lines: 12, left: 60, width: 130, baseline: 60, size: 9, tag: "box")
    let summary = page.paragraph(lines: 14, left: 220, width: 325, baseline: 60, tag: "summary")
    let left = page.paragraph(lines: 30, left: 50, width: 240, baseline: 280, tag: "left")
    let right = page.paragraph(lines: 30, left: 305, width: 240, baseline: 280, tag: "right")
    let layout = Geometry.layout(page)
    #expect(Geometry.order(layout) == box + summary + left + right)
    #expect(layout.columns.count == 4)
  }

  @Test("a box beside a title is read after what stands under the title")
  func boxBesideTitle() {
    var page = WordPage()
    let box = page.paragraph(lines: 12, left: 60, width: 130, baseline: 70, size: 9, tag: "box")
    let title = page.line("A Title Beside the Box", left: 220, baseline: 60, size: 22)
    let summary = page.paragraph(lines: 14, left: 220, width: 325, baseline: 80, tag: "summary")
    let left = page.paragraph(lines: 30, left: 50, width: 240, baseline: 290, tag: "left")
    let right = page.paragraph(lines: 30, left: 305, width: 240, baseline: 290, tag: "right")
    #expect(Geometry.order(Geometry.layout(page)) == title + summary + box + left + right)
  }

  @Test("bands with the same columns share them, however ragged their text")
  func bandsOfSameColumns() {
    var page = WordPage()
    for (band, width) in [240.0, 215, 230].enumerated() {
      let y = 100 + 240 * Double(band)
      page.paragraph(lines: 12, left: 50, width: width, baseline: y, tag: "left \(band)")
      page.paragraph(lines: 12, left: 305, width: 240, baseline: y, tag: "right \(band)")
    }
    let pictures = [1.0, 2].map { BoundingBox(left: 50, top: 10 + 240 * $0, right: 545, bottom: 80 + 240 * $0) }
    #expect(Geometry.layout(page, images: pictures).columns.count == 2)
  }

  @Test("a column that a picture takes half of is a column on the grid of the other")
  func pictureInColumn() {
    var page = WordPage()
    let left =
      page.paragraph(lines: 10, left: 50, width: 235, baseline: 100, tag: "over", lastShort: false)
      + page.paragraph(lines: 13, left: 50, width: 235, baseline: 484, tag: "under", lastShort: false)
    let right = page.paragraph(lines: 45, left: 305, width: 235, baseline: 100, tag: "right")
    let layout = Geometry.layout(page, images: [BoundingBox(left: 50, top: 230, right: 285, bottom: 460)])
    #expect(Geometry.order(layout) == left + right)
    #expect(layout.separators.count == 1)
  }

  @Test("white under short columns does not part their numbers from their text")
  func shortReferences() {
    var page = WordPage()
    func column(_ left: Double, _ first: Int) -> [Int] {
      (0..<9).flatMap { entry -> [Int] in
        let y = 50 + 24 * Double(entry)
        return page.line("[\(first + entry)]", left: left, baseline: y)
          + page.paragraph(
            lines: 2, left: left + 26, width: 210, baseline: y, tag: "entry \(first + entry)", lastShort: false)
      }
    }
    let left = column(50, 10)
    let right = column(305, 19)
    page.line("Transactions of it", left: 50, baseline: 780)
    page.line("a place for page numbers / 6", left: 420, baseline: 780)
    let order = Geometry.order(Geometry.layout(page))
    #expect(order.filter((left + right).contains) == left + right)
  }

  @Test("a side-bar of centred lines beside text with signs before its headings is a column")
  func sidebarOfCentredLines() {
    var page = WordPage()
    var side: [Int] = []
    for row in 0..<30 {
      let letters = 12 + row * 7 % 13
      let words = String(repeating: "o", count: letters / 2) + " " + String(repeating: "n", count: letters / 2)
      let width = 10 * WordPage.letterWidth * Double(letters)
      side += page.line(words, left: 100 - width / 2, baseline: 60 + 23 * Double(row))
    }
    var text: [Int] = []
    for part in 0..<6 {
      let y = 55 + 120 * Double(part)
      text += page.line("j The next part of it", left: 222, baseline: y)
      text += page.paragraph(lines: 7, left: 240, width: 300, baseline: y + 14, tag: "part \(part)")
    }
    let layout = Geometry.layout(page)
    #expect(layout.separators.count == 1)
    #expect(layout.columns.count == 2)
    let order = Geometry.order(layout)
    #expect(order == text + side || order == side + text)
  }

  @Test("items with their prices far away stay rows under blocks that stand side by side")
  func items() {
    var page = WordPage()
    for (line, text) in ["Sender and Company", "12 High Street", "10115 Springfield", "Some other country"].enumerated()
    {
      page.line(text, left: 50, baseline: 100 + 12 * Double(line))
    }
    for (line, text) in ["Number RE-1042", "Date 02.10.2025", "Customer 1017", "Contact Mara Lind"].enumerated() {
      page.line(text, left: 350, baseline: 100 + 12 * Double(line))
    }
    var rows: [[Int]] = []
    for (line, cells) in [
      ["Description", "Quantity", "Amount"], ["Website design", "16,00", "1.360,00 €"],
      ["Short texts", "6,50", "487,50 €"],
      ["Hosting set up", "1,00", "120,00 €"],
    ].enumerated() {
      rows.append(
        zip([50.0, 350, 480], cells).flatMap { page.line($1, left: $0, baseline: 220 + 14 * Double(line)) })
    }
    let order = Geometry.order(Geometry.layout(page))
    #expect(Array(order.suffix(rows.joined().count)) == Array(rows.joined()))
  }

  @Test("columns of text with a table of numbers in one of them are columns")
  func tableInColumn() {
    var page = WordPage()
    let left = page.paragraph(lines: 40, left: 50, width: 235, baseline: 100, tag: "left")
    var right = page.paragraph(lines: 12, left: 305, width: 235, baseline: 100, tag: "right")
    for row in 0..<8 {
      let baseline = 100 + 12 * Double(14 + row)
      right += page.line("Some name", left: 305, baseline: baseline)
      right += page.line("12.50", left: 420, baseline: baseline)
      right += page.line("99.75", left: 500, baseline: baseline)
    }
    right += page.paragraph(lines: 14, left: 305, width: 235, baseline: 100 + 12 * 24, tag: "more")
    #expect(Geometry.order(Geometry.layout(page)) == left + right)
  }
}
