import Contracts
import DocumentModel
import Testing

@testable import Regions

@Suite("Furniture")
struct FurnitureTests {
  private func book(pages: Int, header: (Int) -> String?, footer: (Int) -> String? = { _ in nil }) -> DocumentBuilder {
    var document = DocumentBuilder()
    for page in 1...pages {
      if page > 1 { document.newPage() }
      if let text = header(page) { document.block([text], baseline: 40, size: 10) }
      document.prose(lines: 20 + page % 3, baseline: 90)
      if let text = footer(page) { document.block([text], left: 290, baseline: 770) }
    }
    return document
  }

  @Test("a running header is found on every page despite the page number in it")
  func header() throws {
    let result = try book(pages: 5) { "Chapter 2. On the habits of lines \($0 + 16)" }.run()
    for page in 1...5 {
      #expect(result.texts(.pageHeader, page: page) == ["Chapter 2. On the habits of lines \(page + 16)"])
    }
  }

  @Test("numbers that count the lines are furniture, and no obstacle to the header's being found")
  func lineNumbers() throws {
    var document = DocumentBuilder()
    for page in 1...3 {
      if page > 1 { document.newPage() }
      document.block(["A draft by somebody"], baseline: 40)
      document.prose(lines: 40, baseline: 90)
      let first = 42 * (page - 1)
      document.lineNumbers(first + 1..<first + 43, left: 30, baseline: 37, size: 6)
    }
    let result = try document.run()
    for page in 1...3 {
      #expect(result.kinds(page) == [.pageHeader, .paragraph, .pageHeader])
      #expect(result.texts(.pageHeader, page: page).first == "A draft by somebody")
    }
  }

  @Test("entries of contents at the head of pages are no headers, though dots make them all alike")
  func contents() throws {
    var document = DocumentBuilder()
    for page in 0..<5 {
      if page > 0 { document.newPage() }
      let titles = ["Mailing lists", "Porting", "A word of the author", "The browser", "Uploads"]
      let entries = (0..<40).map { row in
        "\(page + 1).\(row + 1) \(row == 0 ? "Introduction" : titles[(page + row) % 5])"
          + String(repeating: " .", count: 60) + " \(40 * page + row)"
      }
      document.block(entries, baseline: 80)
      document.block(["\(page + 3)"], left: 290, baseline: 770)
    }
    let result = try document.run()
    for page in 1...5 { #expect(result.texts(.pageHeader, page: page).isEmpty && !result.kinds(page).isEmpty) }
  }

  @Test("years at the head of a second column are no numbers of lines, nor are those of an axis")
  func otherNumbers() throws {
    var document = DocumentBuilder()
    let text = Array(repeating: "a line of the left column to its end", count: 30)
    document.columns([
      BoundingBox(left: 60, top: 90, right: 290, bottom: 700), BoundingBox(left: 310, top: 90, right: 540, bottom: 700),
    ])
    document.block(text, baseline: 100)
    document.table([[("2019", 400), ("2020", 450), ("2021", 500)]], baseline: 100, column: 1)
    document.block(text, left: 310, baseline: 130, column: 1)
    document.turnedBlock(["0", "50", "100", "150"], x: 330, y: 680, step: 30)
    let result = try document.run()
    #expect(result.kinds().allSatisfy { !$0.isFurniture }, "\(result.regions())")
  }

  @Test("headings at the head of pages whose numbers count along are none, where the pages have numbers of their own")
  func chaptersThatCount() throws {
    var document = DocumentBuilder()
    for page in 1...5 {
      if page > 1 { document.newPage() }
      let titles = ["The title page", "Introduction", "Installing the library", "Example programs", "Routines"]
      let text = page == 1 ? titles[0] : "\(page - 1) \(titles[page - 1])"
      document.block([text], baseline: 70, size: 14, face: .bold)
      document.prose(lines: 20 + page % 3, baseline: 110)
      document.block(["\(page)"], left: 290, baseline: 770)
    }
    let result = try document.run()
    for page in 1...5 {
      #expect(result.texts(.pageHeader, page: page).isEmpty)
      #expect(result.texts(.pageNumber, page: page) == ["\(page)"])
    }
  }

  @Test("notes that a listing goes on over the page's end are furniture; in the text they are text")
  func turnoverNotes() throws {
    var document = DocumentBuilder()
    document.block(["Book of Lines"], baseline: 40)
    document.prose(lines: 20, baseline: 90)
    document.block((1...20).map { "call(\($0))" }, left: 80, baseline: 360, face: .mono)
    document.block(["(continues on next page)"], left: 420, baseline: 620, size: 8)
    document.block(["1"], left: 290, baseline: 770)
    document.newPage()
    document.block(["Book of Lines"], baseline: 40)
    document.block(["(continued from previous page)"], left: 400, baseline: 80, size: 8)
    document.block((21...30).map { "call(\($0))" }, left: 80, baseline: 100, face: .mono)
    document.block(["(continued from previous page)"], left: 400, baseline: 240, size: 8)
    document.prose(lines: 20, baseline: 280)
    document.block(["2"], left: 290, baseline: 770)
    let result = try document.run()
    #expect(result.texts(.pageFooter, page: 1) == ["(continues on next page)"])
    #expect(result.texts(.pageHeader, page: 2) == ["Book of Lines", "(continued from previous page)"])
    #expect(result.texts(.paragraph, page: 2).first == "(continued from previous page)")
  }

  @Test(
    "the same date over every page is a header; dates that differ are not", arguments: ["31/05/2024", "2024-05-31"])
  func dates(date: String) throws {
    let same = try book(pages: 5) { _ in date }.run()
    for page in 1...5 { #expect(same.texts(.pageHeader, page: page) == [date]) }
    var second = DocumentBuilder()
    for page in 1...4 {
      if page > 1 { second.newPage() }
      second.block(["A report of ours"], baseline: 40, size: 15)
      second.block([date], left: 300, baseline: 68, size: 15)
      second.prose(lines: 20 + page % 3, baseline: 116)
    }
    #expect(try second.run().texts(.pageHeader, page: 2) == ["A report of ours", date])
    let diary = try book(pages: 5) { "1\($0)/05/2024" }.run()
    for page in 1...5 { #expect(diary.texts(.pageHeader, page: page).isEmpty) }
  }

  @Test("openings of chapters near each other are no headers", arguments: ["Chapter #", "CHAPTER"])
  func openings(text: String) throws {
    var document = book(pages: 1) { _ in nil }
    for page in 2...9 {
      document.newPage()
      if page % 3 == 0 {
        let words = text.replacing("#", with: "\(page / 3)")
        document.block([words], baseline: 110, size: 16, face: .bold)
        document.block(
          ["What \(["lines", "columns", "pages"][page / 3 - 1]) are"], baseline: 140, size: 20, face: .bold)
      } else {
        document.block(["\(page) A BOOK"], baseline: 40)
      }
      document.prose(lines: 20 + page % 4, baseline: 180)
    }
    let read = try document.run()
    for page in [3, 6, 9] {
      #expect(read.texts(.pageHeader, page: page).isEmpty)
      #expect(read.texts(.heading, page: page).joined(separator: " ").hasPrefix(text.prefix(7)))
    }
    #expect(read.texts(.pageHeader, page: 4) == ["4 A BOOK"])
  }

  @Test("heads that say the page's number with other words each time are furniture, though the foot says it too")
  func numberedTwice() throws {
    let titles = ["Introduction", "Installing the library", "Example programs", "Routines", "Names of files"]
    let result = try book(pages: 5, header: { "\($0) \(titles[$0 - 1])" }, footer: { "\($0)" }).run()
    for page in 1...5 { #expect(result.texts(.pageHeader, page: page).count == 1) }
  }

  @Test("odd and even pages may have headers of their own")
  func alternating() throws {
    let result = try book(pages: 8) { $0 % 2 == 0 ? "THE BOOK OF LINES" : "WHAT A CHAPTER SAYS" }.run()
    for page in 1...8 { #expect(result.texts(.pageHeader, page: page).count == 1) }
  }

  @Test("the title and the last lines of copied pages are their text")
  func copies() throws {
    var document = DocumentBuilder()
    for page in 1...4 {
      if page > 1 { document.newPage() }
      document.block(["The Lighthouse Almanac", "A Handbook for Keepers"], baseline: 40, size: 20, leading: 24)
      document.prose(lines: 54, baseline: 120)
    }
    let result = try document.run()
    for page in 1...4 {
      #expect(result.texts(.pageHeader, page: page).isEmpty)
      #expect(result.texts(.pageFooter, page: page).isEmpty)
    }
  }

  @Test("page numbers are found by counting, arabic and roman")
  func numbers() throws {
    let roman = ["vii", "viii", "ix", "x", "xi"]
    let counted = try book(pages: 5, header: { _ in nil }, footer: { "\($0 + 41)" }).run()
    let preface = try book(pages: 5, header: { _ in nil }, footer: { roman[$0 - 1] }).run()
    let named = try book(pages: 5, header: { _ in nil }, footer: { "Page \($0) of 5" }).run()
    for page in 1...5 {
      #expect(counted.texts(.pageNumber, page: page) == ["\(page + 41)"])
      #expect(preface.texts(.pageNumber, page: page) == [roman[page - 1]])
      #expect(named.texts(.pageNumber, page: page) == ["Page \(page) of 5"])
    }
  }

  @Test("a header that recognition misread on one page is still the header")
  func misread() throws {
    let result = try book(pages: 6) {
      $0 == 3 ? "THE WONDERFUL H1STORY OF PRINTINC" : "THE WONDERFUL HISTORY OF PRINTING"
    }.run()
    #expect(result.texts(.pageHeader, page: 3).count == 1)
  }

  @Test("the first line of a page that differs from its neighbours is text")
  func firstLines() throws {
    let lines = ["apples are red", "bread is brown", "clouds look white", "deserts feel hot", "elephants seem grey"]
    let result = try book(pages: 5) { lines[$0 - 1] }.run()
    for page in 1...5 { #expect(result.texts(.pageHeader, page: page).isEmpty) }
  }

  @Test(
    "a head that nothing repeats is one where others run just there in the same type; larger or bold type is a heading")
  func chapterHeads() throws {
    let heads = [2: "The parts of a line", 4: "Where lines end", 6: "Lines and their kin"]
    let result = try book(pages: 7) { heads[$0] ?? "The book of lines, by its author" }.run()
    for page in 1...7 { #expect(result.texts(.pageHeader, page: page).count == 1) }
    var larger = book(pages: 7) { $0 == 4 ? nil : "The book of lines, by its author" }
    larger.newPage()
    larger.block(["Where lines end"], baseline: 40, size: 14)
    larger.prose(lines: 20, baseline: 90)
    larger.newPage()
    larger.block(["Where lines end"], baseline: 40, size: 10, face: .bold)
    larger.prose(lines: 20, baseline: 90)
    let kept = try larger.run()
    for page in 8...9 { #expect(kept.texts(.pageHeader, page: page).isEmpty) }
  }

  @Test("a lone page keeps a small line at its top apart as header, and a number at its foot")
  func lonePage() throws {
    var document = DocumentBuilder()
    document.block(["Journal of Lines, volume 12"], baseline: 30, size: 8)
    document.prose(lines: 30, baseline: 100)
    document.block(["17"], left: 295, baseline: 770)
    let result = try document.run()
    #expect(result.texts(.pageHeader) == ["Journal of Lines, volume 12"])
    #expect(result.texts(.pageNumber) == ["17"])
  }

  @Test(
    "a line at the top that nothing repeats stays where it may be a heading, a title or a field",
    arguments: [
      ("I. INTRODUCTION", 10.0, false), ("3.1.3 Hydro events", 10, false), ("Example of Data Table 1", 10, false),
      ("February 23, 2009", 10, false), ("The first of the tables", 8, true),
    ])
  func notFurniture(text: String, size: Double, isBold: Bool) throws {
    var document = DocumentBuilder()
    document.block([text], baseline: 40, size: size, face: isBold ? .bold : .plain)
    document.prose(lines: 30, baseline: 100)
    #expect(try document.run().texts(.pageHeader).isEmpty)
  }

  @Test("the first rows of a table that goes on over pages are no headers, though they are like those before")
  func tableGoesOn() throws {
    var document = DocumentBuilder()
    for page in 0..<4 {
      if page > 0 { document.newPage() }
      for row in 0..<20 {
        for column in 0..<4 {
          document.block(
            [row == 0 ? "Name \(column)" : column == 3 ? "\(2_007 + page)" : "cell \(row + 20 * page) \(column)"],
            left: 72 + 120 * Double(column), baseline: 60 + 30 * Double(row))
        }
      }
    }
    let result = try document.run()
    for page in 1...4 { #expect(result.kinds(page).allSatisfy { !$0.isFurniture }) }
  }

  @Test("in a document of many pages a line that nothing repeats is a header only where others have one")
  func places() throws {
    func heads(_ baseline: @escaping (Int) -> Double) throws -> Int {
      var document = DocumentBuilder()
      let words = ["apples", "bread", "clouds", "deserts", "elephants", "forests"]
      for page in 1...6 {
        if page > 1 { document.newPage() }
        document.block(["On the nature of \(words[page - 1])"], baseline: baseline(page), size: 8)
        document.prose(lines: 30, baseline: 130)
      }
      let result = try document.run()
      return (1...6).reduce(0) { $0 + result.texts(.pageHeader, page: $1).count }
    }
    #expect(try heads { _ in 40 } == 6)
    #expect(try heads { 30 + 8 * Double($0) } == 0)
  }

  @Test("the only line of every page is its text, not its header")
  func bare() throws {
    var document = DocumentBuilder()
    for page in 1...6 {
      if page > 1 { document.newPage() }
      document.block(["Ticket \(page)"], baseline: 60, size: 24)
    }
    let result = try document.run()
    for page in 1...6 { #expect(result.kinds(page).allSatisfy { !$0.isFurniture }) }
  }

  @Test("a scan of one page keeps its head, a scan of a book does not")
  func scans() throws {
    var letter = DocumentBuilder()
    letter.source = .recognition
    letter.block(["Journal of Lines, volume 12"], baseline: 30, size: 8)
    letter.prose(lines: 30, baseline: 100)
    letter.block(["17"], left: 295, baseline: 770)
    #expect(try letter.run().kinds(1).allSatisfy { !$0.isFurniture })
    var scan = book(pages: 5) { _ in "THE BOOK OF LINES" }
    scan.source = .recognition
    #expect(try scan.run().texts(.pageHeader, page: 3) == ["THE BOOK OF LINES"])
  }

  @Test("with the option off nothing is set aside")
  func off() throws {
    var options = RegionsOptions()
    options.furniture = false
    let result = try book(pages: 5, header: { _ in "A RUNNING HEAD" }, footer: { "\($0)" }).run(options: options)
    for page in 1...5 { #expect(result.kinds(page).allSatisfy { !$0.isFurniture }) }
  }

  @Test(
    "page numbers as printed",
    arguments: [
      ("- 12 -", 12, true), ("Page 3 of 10", 3, true), ("3/10", 3, true), ("[xiv]", 14, true), ("Seite 7", 7, true),
      ("5-3", 3, true), ("A-12", 12, true),
      ("12 CHAPTER ONE", 12, false), ("Notes on trees 45", 45, false),
    ])
  func printed(text: String, value: Int, alone: Bool) throws {
    let number = try #require(PageNumberText(words: text.split(separator: " ").map(String.init)))
    #expect(number.value == value && number.isAlone == alone)
  }

  @Test("what is no page number by itself", arguments: ["in 1998 we", "3 4 5", "12345", "word", "10/3"])
  func noNumber(text: String) {
    #expect(PageNumberText(words: text.split(separator: " ").map(String.init))?.isAlone != true)
  }

  @Test("what a slide says that comes again as a whole is no head or foot of it")
  func slideAgain() throws {
    var document = DocumentBuilder()
    for page in 1...9 {
      if page > 1 { document.newPage() }
      if page % 3 == 1 {
        document.block(["Where we stand"], baseline: 60, size: 14, face: .bold)
        document.block(
          ["Introduction", "Source packages", "Maintaining them", "Conclusions"], baseline: 120, leading: 170)
      } else {
        let titles = ["Ropes", "Ropes", "Lamps", "Quays", "Weather", "Anchors", "Sails", "Birds", "Wind", "Fish"]
        document.block([titles[page]], baseline: 60, size: 14, face: .bold)
        document.prose(lines: 10 + page, baseline: 120)
      }
      document.block(["A talk about ships"], left: 400, baseline: 780, size: 8)
    }
    let result = try document.run()
    #expect(result.texts(.pageHeader, page: 4).isEmpty)
    #expect(result.texts(.pageFooter, page: 4) == ["A talk about ships"])
    #expect(result.texts(.pageFooter, page: 5) == ["A talk about ships"])
  }
}
