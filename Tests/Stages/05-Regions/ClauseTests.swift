import Contracts
import DocumentModel
import Testing

@testable import Regions

@Suite("Clauses and what is named in bold")
struct ClauseTests {
  @Test("numbers of several parts begin clauses, each with its lines, whether or not white parts them from the text")
  func clauses() throws {
    var document = DocumentBuilder()
    document.prose(lines: 5, baseline: 60)
    document.block(
      [
        "4.1 The customer shall pay the charges within thirty days of the date of a", "valid invoice;",
        "4.2 all sums are stated without tax.", "4.3 Interest runs from the day on which a sum was due.",
      ], baseline: 150)
    document.table(
      [
        [("5.1", 60.0), ("Neither party shall disclose what the other has told it.", 96)],
        [("5.2", 60), ("This clause survives the end of the agreement by five years.", 96)],
        [("5.3", 60), ("Nothing in this clause keeps a party from what the law demands of it.", 96)],
      ], baseline: 250)
    let result = try document.run()
    #expect(
      result.texts(.listItem) == [
        "4.1 The customer shall pay the charges within thirty days of the date of a valid invoice;",
        "4.2 all sums are stated without tax.", "4.3 Interest runs from the day on which a sum was due.",
        "5.1 Neither party shall disclose what the other has told it.",
        "5.2 This clause survives the end of the agreement by five years.",
        "5.3 Nothing in this clause keeps a party from what the law demands of it.",
      ])
    #expect(result.texts(.table).isEmpty)
  }

  @Test("a number of several parts at the start of a wrapped line begins nothing, nor do quantities")
  func noClauses() throws {
    var document = DocumentBuilder()
    let full = "this line is as long as the column is wide and so it fills the row, as Section"
    document.block(
      [
        full, "4.1 shows for all that was seen and counted in the years of the first survey, and", full,
        "4.2 does too.",
      ],
      baseline: 100)
    document.block(
      ["The lengths were", "1.05 metres,", "1.06 metres", "and 12.1 27.4", "12.2 28.1"], baseline: 300)
    #expect(try document.run().texts(.listItem).isEmpty)
  }

  @Test("headings with numbers of several parts stay headings")
  func headings() throws {
    var document = DocumentBuilder()
    for (row, title) in ["4.1 General", "4.2 Strength", "4.3 Marking"].enumerated() {
      document.block([title], baseline: 80 + 120 * Double(row), face: .bold)
      document.prose(lines: 5, baseline: 104 + 120 * Double(row))
    }
    #expect(try document.run().texts(.heading) == ["4.1 General", "4.2 Strength", "4.3 Marking"])
  }

  @Test("paragraphs below headings with numbers of several parts part at their indents, as no item's lines do")
  func underHeadings() throws {
    let full = "this line is as long as the column is wide and so it fills the row, and"
    let end = "this line is as long as the column is wide, and it ends by chance there."
    var document = DocumentBuilder()
    for (row, title) in ["1.2.6 Producing Output", "1.2.7 Asking for Help"].enumerated() {
      let top = 80 + 200 * Double(row)
      document.row([(title, .bold)], baseline: top)
      document.block(
        [full, full, end, "This line" + full.dropFirst(9), "goes on."], baseline: top + 18, indents: [3: 14])
      document.merge(2)
    }
    let result = try document.run()
    #expect(result.texts(.listItem).isEmpty)
    #expect(result.kinds() == [.heading, .paragraph, .paragraph, .heading, .paragraph, .paragraph])
  }

  @Test("a heading in bold below an item that ends in bold is no line of it")
  func headingBelowBold() throws {
    var document = DocumentBuilder()
    document.prose(lines: 5, baseline: 60)
    for (row, texts) in [("• build what was", "asked for"), ("• put all of it where it belongs, which is", "/usr")]
      .enumerated()
    {
      document.row([(texts.0, .plain), (texts.1, .bold)], baseline: 150 + 18.5 * Double(row))
    }
    document.row([("Makefile", .bold)], baseline: 185.6)
    document.merge(3)
    document.listing(["$ cat Makefile", "prefix = /usr"], baseline: 205)
    let texts = try document.run().regions().map(\.text)
    #expect(texts.contains("• put all of it where it belongs, which is /usr") && texts.contains("Makefile"))
  }

  @Test("ordinals with a raised ring count items; degrees do not")
  func ordinals() throws {
    var document = DocumentBuilder()
    document.prose(lines: 5, baseline: 60)
    document.block(["1° a card with a photograph ;", "2° a bill of the last three months."], left: 80, baseline: 150)
    document.block(["It was warm in the hall, and the clerk had read", "20° on the glass."], baseline: 250)
    #expect(try document.run().texts(.listItem).count == 2)
  }

  @Test("a name in bold that goes on over a line's end parts no paragraph; a heading right above its text stands alone")
  func boldOverLines() throws {
    var document = DocumentBuilder()
    document.prose(lines: 5, baseline: 60)
    document.row(
      [
        ("This agreement is made between the water company of the north and", .plain), ("Harrow Vale", .bold),
      ], baseline: 150)
    document.row([("Housing Association of the Southern Counties", .bold), ("(the buyer).", .plain)], baseline: 162)
    document.merge(2)
    document.row([("What it costs", .bold)], baseline: 250)
    document.row([("running text goes on and on until the margin comes in sight and ends.", .plain)], baseline: 262)
    document.merge(2)
    let result = try document.run()
    #expect(
      result.regions().dropFirst().map(\.text) == [
        "This agreement is made between the water company of the north and Harrow Vale Housing Association of the "
          + "Southern Counties (the buyer).", "What it costs",
        "running text goes on and on until the margin comes in sight and ends.",
      ])
  }

  @Test("a whole note in small type at the top of a later page is text; a name there is a running head")
  func noteAtTop() throws {
    for (text, isHead) in [
      ("EXAMPLE A person of 110 kg with some books weighs a lot.", false), ("A survey of ladders", true),
    ] {
      var document = DocumentBuilder()
      document.prose(lines: 30, baseline: 100)
      document.newPage()
      document.block([text], baseline: 60, size: 8)
      document.prose(lines: 30, baseline: 100)
      #expect(try document.run().texts(.pageHeader, page: 2).isEmpty != isHead)
    }
  }

  @Test("white parts questions from answers of one line, though most of the rows are as far apart as paragraphs")
  func shortParagraphs() throws {
    var document = DocumentBuilder()
    document.prose(lines: 5, baseline: 60)
    let full = "this line is as long as the column is wide and so it fills the row, and"
    document.block(
      [
        "Do you make mistakes?", full, "that was that, as everybody knew well who had been there that year with us.",
        "Which ones?", "Of course I make them, and who does not, if he works at all and goes to and fro.",
        "What did you answer?", full, "more.", "And then?", full, "more of it.",
      ], baseline: 200, white: [1: 8, 3: 8, 4: 8, 5: 8, 6: 8, 8: 8, 9: 8])
    let texts = try document.run().regions().dropFirst().map(\.text)
    #expect(texts.count == 8)
    #expect(texts[3] == "Of course I make them, and who does not, if he works at all and goes to and fro.")
  }

  @Test("lines of a double-spaced page that end with a sentence by chance part no paragraph")
  func doubleSpaced() throws {
    var document = DocumentBuilder()
    let full = "this line is as long as the column is wide and so it fills the row and"
    let end = "this line ends as wide as the others are, and it ends by chance there."
    document.block(
      [full, full, end, "This line begins " + full.dropFirst(22), full, "ends."], baseline: 100, leading: 24)
    #expect(try document.run().kinds() == [.paragraph])
  }

  @Test("titles of tables side by side are a caption each")
  func captionsBeside() throws {
    var document = DocumentBuilder()
    document.prose(lines: 8, baseline: 60)
    document.table([[("Table 1: Calls by quay", 60.0), ("Table 2: Calls by month", 320)]], baseline: 300)
    #expect(try document.run().texts(.caption) == ["Table 1: Calls by quay", "Table 2: Calls by month"])
  }

  @Test(
    "what opens like a part of a law, a book or a play is numbered; a date is not",
    arguments: [
      ("§ 3 Duties of keepers", true), ("§3 Duties", true), ("SUBCHAPTER I—GENERAL PROVISIONS", true),
      ("Abschnitt 2 Fees", true), ("Act two", true), ("SCENE 1", true), ("12 February 2024", false),
      ("3. März 2021", false), ("§ Corresponding author", false), ("Part I", false), ("2 Methods", true),
    ])
  func numbered(text: String, isNumbered: Bool) {
    #expect(HeadingRule.isNumbered(text.split(separator: " ").map(String.init)) == isNumbered)
  }

  @Test("a question in bold below the title is a heading, with commas or without; names are none")
  func questionBelowTitle() throws {
    var document = DocumentBuilder()
    document.block(["A letter to a stranger"], baseline: 80, size: 18, face: .bold)
    document.block(["Ada Marlow, Tom Aldous"], baseline: 110, face: .bold)
    document.block(["Ms Valdivia, when did you draw your first map?"], baseline: 150, face: .bold)
    document.prose(lines: 5, baseline: 174)
    document.block(["And why by hand?"], baseline: 260, face: .bold)
    document.prose(lines: 5, baseline: 284)
    #expect(
      try document.run().texts(.heading) == ["Ms Valdivia, when did you draw your first map?", "And why by hand?"])
  }
}
