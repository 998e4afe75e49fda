import Contracts
import DocumentModel
import Testing

@testable import Regions

@Suite("Headings and titles of regions")
struct RegionHeadingTests {
  @Test("the largest type at the head is the title; larger, bold and numbered lines are headings")
  func headings() throws {
    var document = DocumentBuilder()
    document.block(["A Theory of Lines"], baseline: 80, size: 20)
    document.block(["Ann Author and Bob Writer"], baseline: 110, size: 12)
    document.block(["Abstract"], baseline: 150, face: .bold)
    document.prose(lines: 6, baseline: 170)
    document.block(["2.1 Where lines begin"], baseline: 270, size: 12)
    document.prose(lines: 6, baseline: 300)
    document.block(["3 Where lines end"], baseline: 400, face: .italic)
    document.prose(lines: 12, baseline: 430)
    let result = try document.run()
    #expect(result.texts(.title) == ["A Theory of Lines"])
    #expect(result.texts(.heading) == ["Abstract", "2.1 Where lines begin", "3 Where lines end"])
    #expect(result.output.bodySize == 10)
  }

  @Test("a heading right below a heading is one, in italics or a size smaller too")
  func stackedHeadings() throws {
    var document = DocumentBuilder()
    document.prose(lines: 10, baseline: 80)
    document.block(["3 In full"], baseline: 230, size: 11, face: .bold)
    document.block(["3.1 Of the first part"], baseline: 245, size: 9, face: .italic)
    document.prose(lines: 10, baseline: 265)
    let result = try document.run()
    #expect(result.texts(.heading) == ["3 In full", "3.1 Of the first part"])
  }

  @Test(
    "of two bold rows far apart a somewhat smaller one is a heading of its own, one as large goes on",
    arguments: [13, 14])
  func nearlyAlikeHeadings(size: Double) throws {
    var document = DocumentBuilder()
    document.block(["Labels of All Kinds"], baseline: 70, size: 20)
    document.prose(lines: 10, baseline: 100)
    let first = document.pages[0].lines.count
    document.line("Styled Labels", left: 60, baseline: 230, size: 14, face: .bold)
    document.line("The features of styled labels", left: 60, baseline: 258, size: size, face: .bold)
    document.close(from: first, column: 0)
    document.prose(lines: 10, baseline: 285)
    let headings = try document.run().texts(.heading)
    #expect(
      headings
        == (size == 13
          ? ["Styled Labels", "The features of styled labels"] : ["Styled Labels The features of styled labels"]))
  }

  @Test("a numbered heading in italics is parted from the text right below it")
  func italicHeading() throws {
    var document = DocumentBuilder()
    document.prose(lines: 10, baseline: 80)
    document.block(["1.5.1. Reference format"], baseline: 240, face: .italic)
    document.prose(lines: 10, baseline: 252)
    #expect(try document.run().texts(.heading) == ["1.5.1. Reference format"])
  }

  @Test("a bold line that ends amid a word or a heading wrapped after a colon: the first is none, the second is one")
  func wrappedHeadings() throws {
    var document = DocumentBuilder()
    document.prose(lines: 10, baseline: 80)
    document.block(["IV. FLOATS, AND WHAT IS LIKE THEM:", "FIGURES, TABLES, ETC."], baseline: 230, face: .bold)
    document.prose(lines: 10, baseline: 290)
    document.block(["2. Everything contains its own inter-"], baseline: 440, face: .bold)
    document.prose(lines: 10, baseline: 452)
    let headings = try document.run().texts(.heading)
    #expect(headings == ["IV. FLOATS, AND WHAT IS LIKE THEM: FIGURES, TABLES, ETC."])
  }

  @Test("the short last row of a headline over columns belongs to it, and a headline in other type does not")
  func headlineOverColumns() throws {
    var document = DocumentBuilder()
    document.block(["The Morning Paper"], baseline: 60, size: 30)
    document.prose(lines: 6, baseline: 90)
    document.block(["The empty lighthouse crossed the water in"], baseline: 220, size: 20, face: .bold, column: 1)
    document.block(["Malmo"], baseline: 243, size: 20, face: .bold)
    document.block(["What the keeper saw"], baseline: 265, size: 14, face: .bold)
    document.prose(lines: 12, baseline: 290)
    document.block(["A village opens in"], baseline: 480, size: 20, face: .bold)
    document.block(["Calder"], baseline: 503, size: 19, face: .bold)
    document.prose(lines: 6, baseline: 530)
    #expect(
      try document.run().texts(.heading) == [
        "The empty lighthouse crossed the water in Malmo", "What the keeper saw", "A village opens in Calder",
      ])
  }

  @Test("in a dialogue every line that stands in begins a paragraph, though it is full")
  func dialogue() throws {
    var document = DocumentBuilder()
    document.prose(lines: 6, baseline: 80)
    let told = "running text of a line goes on and on until the margin comes in sight at last"
    let said = "“The garden of the town lies in sight until the margin comes,” he said to her."
    document.block(
      [told, told, "and ends.", said, said, "A painter goes on and on until the margin comes in sight at the", told],
      baseline: 200, indents: [0: 14, 3: 14, 4: 14, 5: 14])
    let texts = try document.run().texts(.paragraph)
    #expect(texts.suffix(4).map { $0.prefix(9) } == ["running t", "“The gard", "“The gard", "A painter"])
  }

  @Test("the lines of a stanza are one text, however they are indented")
  func stanza() throws {
    var document = DocumentBuilder()
    document.prose(lines: 6, baseline: 80)
    let lines = [
      "The old council of a town", "And all the rivers, the light", "Where nothing is as it was", "Tomorrow.",
    ]
    document.block(lines, baseline: 200, indents: [1: 18, 3: 18])
    document.prose(lines: 6, baseline: 300)
    #expect(try document.run().texts(.paragraph).contains(lines.joined(separator: " ")))
  }

  @Test("a heading in capitals whose second row has a few small letters is one heading")
  func mostlyCapitals() throws {
    var document = DocumentBuilder()
    document.block(
      ["PREPARATION OF PAPERS", "FOR JACoW CONFERENCES"], left: 200, baseline: 66, size: 14, face: .bold, leading: 18)
    document.block(["Abstract"], baseline: 130, face: .bold)
    document.prose(lines: 12, baseline: 150)
    document.block(
      ["I. THE FIRST HEADING:", "A LINE BREAK WAS FORCED by us"], baseline: 320, face: .bold, indents: [0: 24])
    document.prose(lines: 12, baseline: 350)
    let result = try document.run()
    #expect(result.texts(.title) == ["PREPARATION OF PAPERS FOR JACoW CONFERENCES"])
    #expect(result.texts(.heading) == ["Abstract", "I. THE FIRST HEADING: A LINE BREAK WAS FORCED by us"])
  }

  @Test(
    "a numbered heading in another typeface, a little larger and right above its text, is one",
    arguments: [(DocumentBuilder.Face.sans, 10.9, true), (.plain, 10.5, false), (.mono, 10.9, false)])
  func otherFace(face: DocumentBuilder.Face, size: Double, isHeading: Bool) throws {
    var document = DocumentBuilder()
    document.prose(lines: 12, baseline: 80)
    document.section("2.1 Template Styles", face: face, size: size, lines: 8, baseline: 240)
    document.prose(lines: 12, baseline: 400)
    #expect(try document.run().texts(.heading) == (isHeading ? ["2.1 Template Styles"] : []))
  }

  @Test(
    "a text in Chinese is no heading for having few spaces: what ends a sentence or leads to a list, or is long",
    arguments: [
      ("阅读本说明文档可以使用以下命令的完整说明：", false), ("本文档将尽量完整的介绍模板的使用方法，非常欢迎作出贡献。", false), ("如果要使用开发版，需自己下载，", false),
      ("模板介绍", true), ("图、表、公式、计量单位和数字用法的规定", true),
    ])
  func chinese(text: String, isHeading: Bool) throws {
    var document = DocumentBuilder()
    document.block(["A Title of Some Length"], baseline: 50, size: 20)
    document.prose(lines: 12, baseline: 80)
    document.block([text], baseline: 260, size: 12)
    document.prose(lines: 12, baseline: 300)
    #expect(try document.run().texts(.heading) == (isHeading ? [text] : []))
  }

  @Test("rows of bold capitals over each other's middle are one heading, however long they are")
  func centredCapitals() throws {
    var document = DocumentBuilder()
    document.prose(lines: 12, baseline: 80)
    document.block(
      ["ANNEX B:", "A GUIDE FOR EVERYBODY WHO DRAWS JACoW LINES", "AND OTHER WORKS"], left: 100, baseline: 260,
      face: .bold, indents: [0: 80, 2: 63.75])
    document.prose(lines: 12, baseline: 310)
    #expect(
      try document.run().texts(.heading) == ["ANNEX B: A GUIDE FOR EVERYBODY WHO DRAWS JACoW LINES AND OTHER WORKS"])
  }

  @Test("sections numbered with roman numerals, in capitals, are headings and no list")
  func romanSections() throws {
    var document = DocumentBuilder()
    for (index, name) in ["I. INTRODUCTION", "II. RELATED WORK", "III. WHAT WE FOUND"].enumerated() {
      let top = 80 + 200 * Double(index)
      document.block([name], left: 240, baseline: top, size: 8)
      document.prose(lines: 12, baseline: top + 20)
    }
    let result = try document.run()
    #expect(result.texts(.heading) == ["I. INTRODUCTION", "II. RELATED WORK", "III. WHAT WE FOUND"])
    #expect(!result.kinds().contains(.listItem))
  }

  @Test("a heading below a table, in the middle of the page, is not its last row")
  func headingBelowTable() throws {
    var document = DocumentBuilder()
    document.prose(lines: 6, baseline: 80)
    document.table(
      (0..<4).map { row in [("Name \(row)", 80.0), ("Other \(row)", 280), ("Third \(row)", 430)] }, baseline: 180)
    document.block(["VEHICLES"], left: 280, baseline: 243, face: .bold)
    document.prose(lines: 6, baseline: 275)
    #expect(try document.run().texts(.heading) == ["VEHICLES"])
  }

  @Test(
    "what stands alone above the last table of a page is a heading; names side by side there are those of its columns")
  func namesOverTable() throws {
    for names in [["Admitted"], ["Tool", "Kind", "Tier"]] {
      var document = DocumentBuilder()
      document.prose(lines: 12, baseline: 80)
      for (index, name) in names.enumerated() {
        document.block([name], left: 80 + 180 * Double(index), baseline: 260, face: .bold, column: index)
      }
      document.table(
        (0..<5).map { row in [("Name \(row)", 80.0), ("Other \(row)", 260), ("\(9 - row) third", 440)] }, baseline: 310)
      #expect(try document.run().texts(.heading) == (names.count == 1 ? names : []))
    }
  }

  @Test("where numbered headings are bold, a number before plain text counts items")
  func countedItems() throws {
    var document = DocumentBuilder()
    document.block(["1 Lines"], baseline: 80, face: .bold)
    document.prose(lines: 6, baseline: 110)
    document.block(["2. Take the others in turn, that is"], baseline: 210)
    document.prose(lines: 6, baseline: 240)
    document.block(["2 Points"], baseline: 340, face: .bold)
    document.prose(lines: 6, baseline: 370)
    #expect(try document.run().texts(.heading) == ["1 Lines", "2 Points"])
    var plain = DocumentBuilder()
    plain.block(["1. Lines and their ends"], baseline: 80)
    plain.prose(lines: 6, baseline: 110)
    plain.block(["2. Points and their places"], baseline: 210)
    plain.prose(lines: 6, baseline: 240)
    #expect(try plain.run().texts(.heading) == ["1. Lines and their ends", "2. Points and their places"])
  }

  @Test(
    "the first heading within a section is parted from the section's, whatever their type",
    arguments: DocumentBuilder.Face.headings)
  func nestedHeadings(face: DocumentBuilder.Face) throws {
    var document = DocumentBuilder()
    document.prose(lines: 12, baseline: 80)
    document.block(["A.1 Families", "A.1.1 Normal"], baseline: 260, size: 11.5, face: face, leading: 16)
    document.prose(lines: 6, baseline: 300)
    #expect(try document.run().texts(.heading) == ["A.1 Families", "A.1.1 Normal"])
  }

  @Test("a named heading in italics right above its text is one")
  func namedItalic() throws {
    var document = DocumentBuilder()
    document.prose(lines: 8, baseline: 80)
    document.block(["Acknowledgments"], baseline: 200, face: .italic)
    document.prose(lines: 4, baseline: 212)
    #expect(try document.run().texts(.heading) == ["Acknowledgments"])
  }

  @Test("the number of a chapter on a row of its own is one heading with its title; a lone one stays")
  func chapters() throws {
    var document = DocumentBuilder()
    document.prose(lines: 8, baseline: 80)
    document.newPage()
    document.block(["Appendix A"], baseline: 80, size: 14, face: .bold)
    document.block(["The Methods"], baseline: 120, size: 18, face: .bold)
    document.prose(lines: 8, baseline: 160)
    document.block(["Part II"], baseline: 500, size: 14, face: .bold)
    let result = try document.run()
    #expect(result.texts(.heading, page: 2) == ["Appendix A The Methods", "Part II"])
  }

  @Test("bold capitals above another bold heading are a heading of their own")
  func capitalsAboveBold() throws {
    var document = DocumentBuilder()
    document.prose(lines: 8, baseline: 80)
    document.block(["TIPS AND TRICKS", "Compatibility"], baseline: 220, face: .bold, leading: 14)
    document.prose(lines: 8, baseline: 260)
    #expect(try document.run().texts(.heading) == ["TIPS AND TRICKS", "Compatibility"])
  }

  @Test(
    "of two bold lines the second is a heading of its own where its first word had room above; else the first wraps")
  func headingWithRoom() throws {
    var document = DocumentBuilder()
    document.prose(lines: 8, baseline: 80)
    document.block(
      ["The Hillside Courier", "A new playground opens on Saturday for the children of the village"], baseline: 220,
      face: .bold, leading: 14)
    document.prose(lines: 8, baseline: 260)
    document.block(
      ["The children of the village wait for a new playground that opens on a", "Saturday in May"], baseline: 400,
      face: .bold, leading: 14)
    document.prose(lines: 8, baseline: 440)
    #expect(
      try document.run().texts(.heading) == [
        "The Hillside Courier", "A new playground opens on Saturday for the children of the village",
        "The children of the village wait for a new playground that opens on a Saturday in May",
      ])
  }

  @Test("brief numbered lines right after each other are items; with text below them they are headings")
  func countedLines() throws {
    var document = DocumentBuilder()
    document.prose(lines: 6, baseline: 80)
    document.block(["1. Choose a shady place"], baseline: 190)
    document.block(["2. Put twigs at the bottom"], baseline: 215)
    document.block(["3. Mix green and brown"], baseline: 240)
    document.prose(lines: 6, baseline: 290)
    let result = try document.run()
    #expect(result.texts(.heading).isEmpty)
    #expect(
      result.texts(.listItem) == ["1. Choose a shady place", "2. Put twigs at the bottom", "3. Mix green and brown"])
    var parted = DocumentBuilder()
    parted.block(["1. Choose a shady place"], baseline: 80)
    parted.prose(lines: 6, baseline: 110)
    parted.block(["2. Put twigs at the bottom"], baseline: 210)
    parted.prose(lines: 6, baseline: 240)
    #expect(try parted.run().texts(.heading) == ["1. Choose a shady place", "2. Put twigs at the bottom"])
  }

  @Test("an item behind the items of an inner list goes on counting")
  func countedBehindInnerList() throws {
    var document = DocumentBuilder()
    document.prose(lines: 6, baseline: 80)
    document.block(["1. Choose a shady place"], baseline: 190)
    document.block(["2. Put twigs at the bottom"], baseline: 204)
    document.block(["• of birch"], left: 90, baseline: 218)
    document.block(["• of beech"], left: 90, baseline: 232)
    document.block(["3. Mix green and brown"], baseline: 246)
    document.prose(lines: 6, baseline: 290)
    let result = try document.run()
    #expect(result.texts(.heading).isEmpty)
    #expect(result.texts(.listItem).last == "3. Mix green and brown")
  }

  @Test("two numbered headings between rules, their numbers apart, are no table")
  func headingsBetweenRules() throws {
    var document = DocumentBuilder()
    document.prose(lines: 8, baseline: 80)
    document.rule(.horizontal, at: 200, from: 60, to: 540)
    document.table(
      [[("4", 60), ("Usage", 90)], [("4.1", 60), ("Basic usage", 90)]], baseline: 230, leading: 16, face: .bold)
    document.rule(.horizontal, at: 270, from: 60, to: 540)
    document.prose(lines: 8, baseline: 290)
    #expect(try document.run().texts(.heading) == ["4 Usage", "4.1 Basic usage"])
  }

  @Test("a heading may be a command behind a number set as the text is", arguments: ["2", "3.1"])
  func command(number: String) throws {
    var document = DocumentBuilder()
    document.prose(lines: 8, baseline: 80)
    document.newPage()
    document.prose(lines: 8, baseline: 80)
    document.row([(number, .plain), ("\\DeclareFloat", .mono)], baseline: 220, size: 14)
    document.prose(lines: 8, baseline: 250)
    #expect(try document.run().texts(.heading, page: 2) == ["\(number) \\DeclareFloat"])
  }

  @Test("a chapter whose word, number and title stand on rows of their own is one heading")
  func chapterInWords() throws {
    var document = DocumentBuilder()
    document.prose(lines: 12, baseline: 90)
    document.newPage()
    document.block(["CHAPTER"], left: 490, baseline: 100, face: .bold)
    document.block(["TWENTYONE"], left: 460, baseline: 125, size: 17, face: .bold)
    document.block(["GETTING STARTED"], left: 400, baseline: 180, size: 17, face: .bold)
    document.block(["21.1 First steps"], baseline: 240, size: 14, face: .bold)
    document.prose(lines: 12, baseline: 270)
    let result = try document.run()
    #expect(result.texts(.heading, page: 2) == ["CHAPTER TWENTYONE GETTING STARTED", "21.1 First steps"])
  }

  @Test("a rule of a grammar in italics is no heading", arguments: ["→", "::=", "="])
  func grammarRule(sign: String) throws {
    var document = DocumentBuilder()
    document.prose(lines: 6, baseline: 80)
    document.block(["modid \(sign) conid"], left: 80, baseline: 176, face: .italic)
    document.prose(lines: 6, baseline: 210)
    document.block(["On names"], baseline: 310, face: .italic)
    document.prose(lines: 6, baseline: 340)
    #expect(try document.run().texts(.heading) == ["On names"])
  }

  @Test("lines in the text's size are no headings, though small print is longer than the text")
  func smallPrint() throws {
    var document = DocumentBuilder()
    document.block(["Preamble"], baseline: 50, size: 14, face: .bold)
    document.prose(lines: 8, baseline: 80, size: 11)
    for place in 0..<3 {
      document.block(["As a rule this works in all of the modes"], baseline: 220 + 160 * Double(place), size: 11)
      document.prose(lines: 9, baseline: 250 + 160 * Double(place), size: 9)
    }
    let result = try document.run()
    #expect(result.texts(.heading) + result.texts(.title) == ["Preamble"])
  }

  @Test("titles of one line are no text, however many of them there are over a few words each")
  func titlesOverFewWords() throws {
    var document = DocumentBuilder()
    for place in 0..<6 {
      document.block(["What there is to say about it in so many words"], baseline: 60 + 100 * Double(place), size: 12)
      document.prose(lines: 3, baseline: 90 + 100 * Double(place), size: 10)
    }
    let result = try document.run()
    #expect(result.texts(.heading).count + result.texts(.title).count == 6)
  }
}
