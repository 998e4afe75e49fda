import Contracts
import DocumentModel
import Testing

@testable import Regions

@Suite("Kinds of regions")
struct RegionKindTests {
  @Test("paragraphs part at an indent, at white space and after a short last line")
  func paragraphs() throws {
    var document = DocumentBuilder()
    let full = "this line is as long as the column is wide and so it fills the row"
    document.block([full, full, "ends here.", full, full], baseline: 100, indents: [0: 12, 3: 12])
    document.block([full, full, "stops short.", "Then " + full, full], baseline: 300)
    #expect(try document.run().kinds() == [.paragraph, .paragraph, .paragraph, .paragraph])
  }

  @Test("a sentence that runs on is not parted")
  func runsOn() throws {
    var document = DocumentBuilder()
    let full = "this line is as long as the column is wide and so it fills the row"
    document.block([full, full, full, "and ends."], baseline: 100)
    #expect(try document.run().kinds() == [.paragraph])
  }

  @Test("a note in the margin is a paragraph by itself, and its type and its row make it nothing else")
  func marginNote() throws {
    var document = DocumentBuilder()
    document.marginNote(["\\first", "\\second"], left: 20, baseline: 100, face: .mono)
    document.prose(lines: 8, baseline: 100)
    document.block(["print(first)", "print(second)"], left: 60, baseline: 220, face: .mono)
    let result = try document.run()
    #expect(result.kinds() == [.paragraph, .paragraph, .code])
    #expect(result.texts(.paragraph).first == "\\first \\second")
  }

  @Test("bullets, numbers and letters make list items, each with its hanging lines")
  func lists() throws {
    var document = DocumentBuilder()
    document.prose(lines: 5, baseline: 60)
    document.block(
      ["• first point that is long enough", "to need a second line", "• second point"], left: 70, baseline: 150,
      indents: [1: 7.5])
    document.block(["1. one thing", "2. another thing", "3. the last thing"], left: 70, baseline: 250)
    document.block(["a) alpha", "b) beta"], left: 70, baseline: 350)
    let result = try document.run()
    #expect(result.texts(.listItem).count == 7)
    #expect(result.texts(.listItem).first == "• first point that is long enough to need a second line")
  }

  @Test("signs that fonts without a Unicode map give for bullets make items in company, but not before numbers")
  func signsOfFonts() throws {
    func items(_ rows: [String]) throws -> Int {
      var document = DocumentBuilder()
      document.prose(lines: 5, baseline: 60)
      document.block(rows, left: 70, baseline: 150)
      return try document.run().texts(.listItem).count
    }
    for sign in ["§", "Ø", "ü", "»", "¨"] {
      #expect(try items(["\(sign) one thing", "\(sign) another thing", "\(sign) the last thing"]) == 3)
    }
    #expect(try items(["§ 1 Geltungsbereich", "§ 2 Vertragsschluss", "§ 3 Lieferung"]) == 0)
    #expect(try items(["Ø 12 mm", "Ø 14 mm", "Ø 16 mm"]) == 0)
    #expect(try items(["ü only this one has a sign", "and this has none"]) == 0)
  }

  @Test("a lone number or dash at a line's start is no list")
  func noList() throws {
    var document = DocumentBuilder()
    let full = "this line is as long as the column is wide and so it fills the row of"
    document.block(
      [full, "1998. a year that begins a line by chance and goes on to fill it", full, "– and ends."], baseline: 100)
    #expect(try document.run().texts(.listItem).isEmpty)
  }

  @Test("the first mark of a list below the colon that announces it needs no second, as at the end of a page")
  func announced() throws {
    for (end, count) in [("which includes all of these:", 1), ("which includes all of these.", 0)] {
      var document = DocumentBuilder()
      document.prose(lines: 5, baseline: 60)
      document.block(["4.1 Nothing in here sets a limit to what cannot be limited by law,", end], baseline: 150)
      document.block(["(a) death or injury;"], left: 90, baseline: 180)
      #expect(try document.run().texts(.listItem).count == count)
    }
  }

  @Test("white above the second of three lines parts them, though it is half of their distances")
  func threeLines() throws {
    var document = DocumentBuilder()
    document.prose(lines: 8, baseline: 60)
    let full = "please keep this advice in a safe place, for copies are charged and take"
    document.block(["2,679.81 paid to the account", full, "some days to make"], baseline: 300, white: [1: 8])
    #expect(try document.run().kinds() == [.paragraph, .paragraph, .paragraph])
  }

  @Test(
    "captions are known by their wording in several languages",
    arguments: [
      "Figure 3: A line.", "Fig. 4. Another line.", "Table 2. Lengths of lines", "Abbildung 7: Eine Linie",
      "Tabelle 1.",
      "Tableau 5 – Des lignes", "Рис. 2. Линия", "图3 线条", "Fig.5: A glued one.", "Table IV.",
    ])
  func captions(text: String) throws {
    var document = DocumentBuilder()
    document.prose(lines: 8, baseline: 80)
    document.block([text], baseline: 400)
    #expect(try document.run().texts(.caption) == [text])
  }

  @Test("prose that mentions a figure is no caption")
  func mention() throws {
    var document = DocumentBuilder()
    document.prose(lines: 8, baseline: 80)
    document.block(
      ["Figure 3 shows that lines grow longer as one walks along them, and that", "they end."], baseline: 400)
    #expect(try document.run().texts(.caption).isEmpty)
  }

  @Test("notes at the foot under a short rule, split by their marks")
  func footnotes() throws {
    var document = DocumentBuilder()
    document.prose(lines: 30, baseline: 80)
    document.rule(.horizontal, at: 690, from: 60, to: 160)
    document.block(
      ["1 See the first chapter of this book.", "2 See the second chapter, which"], baseline: 705, size: 8, leading: 10)
    let result = try document.run()
    #expect(result.texts(.footnote) == ["1 See the first chapter of this book.", "2 See the second chapter, which"])
  }

  @Test("notes below a table are notes, though the page has little other text")
  func notesOfTable() throws {
    var document = DocumentBuilder()
    document.prose(lines: 40, baseline: 80)
    document.newPage()
    document.block(["What follows is a table of the numbers that were counted."], baseline: 80)
    let rows: [[(text: String, left: Double)]] = (1...12).map {
      [("Region \($0)", 60.0), ("\($0)00 of them", 240), ("\($0)50 now", 420)]
    }
    document.table(rows, baseline: 110)
    let notes = (1...4).map { "\($0) Older numbers may be had from the office that counted them." }
    document.block(notes, baseline: 650, size: 8, leading: 10)
    #expect(try document.run().texts(.footnote, page: 2) == notes)
  }

  @Test(
    "a further paragraph of an item is a paragraph: white above it, and the row before would have held its first word",
    arguments: [(18.0, true), (12, false)])
  func itemParagraph(step: Double, parted: Bool) throws {
    var items = DocumentBuilder()
    items.prose(lines: 20, baseline: 80)
    let first = "1. The device says that it is there and then waits for the answer of the server that"
    items.block(
      [first, "it was told of.", "Then it tries again."], baseline: 400, indents: [1: 14, 2: 14], white: [2: step - 12])
    #expect(try items.run().texts(.paragraph).contains("Then it tries again.") == parted)
  }

  @Test("white space or a row that ended early ends a note: what follows without a mark is a notice of its own")
  func notices() throws {
    var document = DocumentBuilder()
    document.prose(lines: 30, baseline: 80)
    document.rule(.horizontal, at: 640, from: 60, to: 160)
    let long = "goes on to the end of the row and over it on to the next, as long notes do in every book there is"
    document.block(["1 This note \(long)", "and ends there."], baseline: 655, size: 8, leading: 10)
    document.block(["Email of the author."], baseline: 675, size: 8)
    document.block(["© 2020 by nobody at all."], baseline: 700, size: 8)
    #expect(
      try document.run().texts(.footnote) == [
        "1 This note \(long) and ends there.", "Email of the author.", "© 2020 by nobody at all.",
      ])
  }

  @Test(
    "notes as large as the text stand apart from it under their rule; a stroke within a paragraph parts nothing",
    arguments: [20.0, 12])
  func largeNotes(step: Double) throws {
    var document = DocumentBuilder()
    document.prose(lines: 30, baseline: 80)
    document.block(["this is the last row of the text and it goes"], baseline: 600)
    document.rule(.horizontal, at: 600 + step - 9, from: 60, to: 160)
    document.block(["on to the next row. Revised in the year 1992."], baseline: 600 + step)
    document.raised("1", before: "A note that is set as large as the text.", baseline: 600 + step + 12)
    #expect(try document.run().texts(.footnote).isEmpty == (step == 12))
  }

  @Test("a mark that stands by itself over small type begins a note")
  func loneMark() throws {
    var document = DocumentBuilder()
    document.prose(lines: 30, baseline: 80)
    document.rule(.horizontal, at: 690, from: 60, to: 160)
    document.block(["1"], left: 66, baseline: 702, size: 6)
    document.block(["https://example.org/some/where/else"], left: 70, baseline: 705, size: 5.6, face: .mono)
    #expect(try document.run().texts(.footnote) == ["1 https://example.org/some/where/else"])
  }

  @Test("rows beside an initial are one paragraph with those below it")
  func initial() throws {
    var document = DocumentBuilder()
    document.initial(
      "T", size: 48,
      beside: (0..<8).map { "row \($0) of a text that begins with a capital over three of its rows and" }, baseline: 80)
    document.prose(lines: 10, baseline: 400)
    #expect(try document.run().kinds() == [.paragraph, .paragraph])
  }

  @Test(
    "a capital with a full stop begins an item where the letters run, and a name elsewhere",
    arguments: [
      (["A. comes first of all", "B. goes on", "C. is the last"], 3), (["D. Frohlich wrote", "C. Ell did not"], 0),
      (["J. Kasprzak wrote", "K. Fuller did not"], 0), (["D. goes on", "E. from where", "F. it was left"], 3),
      (["a. small letters", "b. are items"], 2),
    ])
  func initials(texts: [String], items: Int) throws {
    var document = DocumentBuilder()
    document.prose(lines: 20, baseline: 100)
    for (place, text) in texts.enumerated() { document.block([text], baseline: 400 + 20 * Double(place)) }
    #expect(try document.run().texts(.listItem).count == items)
  }

  @Test("an item that is one letter, or in the type of code, is an item behind its sign")
  func shortItems() throws {
    var document = DocumentBuilder()
    document.prose(lines: 20, baseline: 100)
    document.block(["• C", "• D#"], left: 80, baseline: 400, face: .math)
    document.block(["• name.sty", "• other.sty"], left: 80, baseline: 450, face: .mono)
    #expect(try document.run().texts(.listItem).count == 4)
  }

  @Test("a letter that recognisers read for a bullet is none in a text layer", arguments: [true, false])
  func misreadBullets(isRecognized: Bool) throws {
    var document = DocumentBuilder()
    if isRecognized { document.source = .recognition }
    document.prose(lines: 20, baseline: 100)
    document.block(["e first of the items", "e second of the items"], baseline: 400)
    #expect(try document.run().texts(.listItem).count == (isRecognized ? 2 : 0))
  }

  @Test("an address that a line's end divides does not end its paragraph, full stop or colon")
  func dividedAddress() throws {
    var document = DocumentBuilder()
    document.prose(lines: 20, baseline: 100)
    document.block(
      [
        "Gregorio, E. A package that makes a text which nobody has to read, in any style. http:",
        "//mirrors.example.org/macros/latex/contrib/package. And then another sentence that ends.",
      ], baseline: 400)
    let texts = try document.run().texts(.paragraph)
    #expect(texts.filter { $0.contains("http: //mirrors") }.count == 1)
  }

  @Test("short sentences numbered in brackets are a list, however large they are")
  func sentenceItems() throws {
    var document = DocumentBuilder()
    document.prose(lines: 20, baseline: 80)
    document.block(
      ["(1) Look at it.", "(2) Decide what shall become of everything that was seen on the way here.", "(3) Do it."],
      baseline: 340, size: 11.5, leading: 14)
    let result = try document.run()
    #expect(result.texts(.heading).isEmpty)
    #expect(result.texts(.listItem).count == 3)
  }

  @Test("what is said in an interview is text, each speech a paragraph; short values stay pairs")
  func speeches() throws {
    var document = DocumentBuilder()
    document.prose(lines: 12, baseline: 80)
    document.block(
      ["Smith: It was decided yesterday that", "Mr Jones will go.", "Jones: No.", "Smith: Why not?"], baseline: 300)
    document.block(
      ["From: Ann Author", "Subject: The budget of the next year and of the one after it", "Copy: Acme Inc."],
      baseline: 400)
    document.block(["Seller: Acme Inc.", "Buyer: Mills & Co."], baseline: 500)
    let result = try document.run()
    #expect(result.texts(.keyValue).count == 5)
    #expect(
      result.texts(.paragraph).dropFirst() == [
        "Smith: It was decided yesterday that Mr Jones will go.", "Jones: No.", "Smith: Why not?",
      ])
  }

  @Test("most of a page in small type under a rule is no note, unless a mark says so", arguments: [false, true])
  func smallPrint(isMarked: Bool) throws {
    var document = DocumentBuilder()
    document.block(["The text of the page, in its own size,", "has two lines of it."], baseline: 80)
    document.newPage()
    document.prose(lines: 50, baseline: 80)
    document.newPage()
    document.block(["The text of the page, in its own size,", "has two lines of it."], baseline: 400)
    document.rule(.horizontal, at: 425, from: 60, to: 160)
    let rows = (0..<30).map { "line \($0) of the conditions that are printed small on this page" }
    document.block([(isMarked ? "* " : "") + rows[0]] + rows.dropFirst(), baseline: 436, size: 7, leading: 9)
    #expect(try document.run().kinds(3).contains(.footnote) == isMarked)
  }

  @Test("a display formula with its number is one region")
  func formula() throws {
    var document = DocumentBuilder()
    document.prose(lines: 10, baseline: 80)
    document.block(["x = y + z"], left: 260, baseline: 230, face: .math)
    document.prose(lines: 10, baseline: 270)
    #expect(try document.run().texts(.formula) == ["x = y + z"])
  }

  @Test("labels with values make pairs; one sentence with a colon does not")
  func pairs() throws {
    var document = DocumentBuilder()
    document.block(["Invoice no: 12345", "Date: 3 May 2024", "Customer: Ann Author"], baseline: 100)
    document.block(
      ["Note: this is a sentence that goes on for longer than any label and its value would, to", "the end."],
      baseline: 200)
    let result = try document.run()
    #expect(result.texts(.keyValue) == ["Invoice no: 12345", "Date: 3 May 2024", "Customer: Ann Author"])
  }

  @Test("numbers in discs count items: they are smaller than the text and no numbers of headings")
  func numbersInDiscs() throws {
    var document = DocumentBuilder()
    document.block(["Rebuilding it"], baseline: 60, size: 16, face: .bold)
    document.disc("1", before: "Install what is needed", baseline: 120)
    document.disc("2", before: "Get the source package of the program", baseline: 160)
    document.block(["What stands here is indented and explains the item."], left: 80, baseline: 176)
    document.disc("3", before: "Conclusions", baseline: 210)
    document.prose(lines: 12, baseline: 280)
    let result = try document.run()
    #expect(result.texts(.listItem).map { $0.prefix(1) } == ["1", "2", "3"])
    #expect(result.texts(.heading).allSatisfy { $0.first?.isNumber != true })
  }

  @Test("a paragraph below a list begins where its items' text does, and is no part of the last of them")
  func paragraphBelowList() throws {
    var document = DocumentBuilder()
    document.prose(lines: 6, baseline: 80)
    document.block(
      [
        "• one thing that is wanted here", "• another thing of them",
        "Note that all of these are wanted by everybody who goes",
        "on and on until the margin comes in sight at last and ends there.",
      ], baseline: 170, indents: [0: 14, 1: 14, 2: 22])
    let result = try document.run()
    #expect(result.texts(.listItem) == ["• one thing that is wanted here", "• another thing of them"])
    #expect(result.texts(.paragraph).last?.hasPrefix("Note that all of these") == true)
  }
}
