import Contracts
import DocumentModel
import Testing

@testable import Regions

@Suite("Titles and the names below them")
struct TitleRuleTests {
  @Test("names under the title are no heading; numbered headings that follow each other are two")
  func byline() throws {
    var document = DocumentBuilder()
    document.block(["A Theory of Lines"], baseline: 80, size: 20)
    document.block(["Ann Author, Bob Writer, and Carl Scribe"], baseline: 110, size: 12)
    document.block(["1 Lines and Points"], baseline: 150, size: 12)
    document.prose(lines: 12, baseline: 180)
    document.block(["2 More Lines", "2.1 Short Lines"], baseline: 360, face: .bold)
    document.prose(lines: 12, baseline: 400)
    #expect(try document.run().texts(.heading) == ["1 Lines and Points", "2 More Lines", "2.1 Short Lines"])
  }

  @Test("a name in bold behind \"By\" and a sentence between marks of speech are no headings")
  func bylinesAndPullQuotes() throws {
    var document = DocumentBuilder()
    document.block(["The Morning Paper"], baseline: 60, size: 30)
    document.prose(lines: 6, baseline: 90)
    document.block(["A council meets"], baseline: 220, size: 16, face: .bold)
    document.block(["By Ada Marlow and Leo Holt"], baseline: 240, face: .bold)
    document.prose(lines: 12, baseline: 260)
    document.block(["“Nobody saw the painter.”"], baseline: 460, size: 18, face: .italic)
    document.prose(lines: 12, baseline: 500)
    #expect(try document.run().texts(.heading) == ["A council meets"])
  }

  @Test("a label in bold before what it names is no heading, though the type is larger than the text's; a title is one")
  func label() throws {
    var document = DocumentBuilder()
    document.row([("coin:", .bold), ("A Framework for Lines", .plain)], baseline: 40, size: 18)
    document.prose(lines: 12, baseline: 80)
    document.row([("Keywords:", .bold), ("lines and circles", .plain)], baseline: 250, size: 12)
    document.prose(lines: 12, baseline: 280)
    let result = try document.run()
    #expect(result.texts(.title) == ["coin: A Framework for Lines"])
    #expect(result.texts(.heading).isEmpty)
  }

  @Test("a title in display type may take as many rows as a narrow column makes of it")
  func titleInColumn() throws {
    var document = DocumentBuilder()
    document.block(
      ["Manuscript submission", "and page length", "estimation for some", "Letters and Other", "Journals"],
      baseline: 70,
      size: 18, face: .sansBold, leading: 17)
    document.block(["Patrick Egan"], baseline: 170, face: .sansBold)
    document.block(["University of Somewhere", "Somewhere"], baseline: 184, face: .sans)
    document.block(["With this template it is possible to write a paper of some length."], baseline: 230)
    document.block(["1 Lines"], baseline: 260, size: 12, face: .bold)
    document.prose(lines: 20, baseline: 290)
    let result = try document.run()
    #expect(
      result.texts(.title) == ["Manuscript submission and page length estimation for some Letters and Other Journals"])
    #expect(result.texts(.heading) == ["1 Lines"])
  }

  @Test("however many authors there are, none is a heading")
  func manyNames() throws {
    var document = DocumentBuilder()
    document.block(["A Theory of Lines"], baseline: 60, size: 20)
    for author in 0..<9 {
      document.block(["Ann Author"], baseline: 90 + 40 * Double(author), size: 12)
      document.block(["University of Somewhere"], baseline: 104 + 40 * Double(author))
      document.block(["Somewhere"], baseline: 118 + 40 * Double(author), size: 8)
    }
    document.block(["ABSTRACT"], baseline: 480, face: .bold)
    document.prose(lines: 12, baseline: 500)
    #expect(try document.run().texts(.heading) == ["ABSTRACT"])
  }

  @Test("the headings of a curriculum, with universities below them, are headings")
  func curriculum() throws {
    var document = DocumentBuilder()
    document.block(["Ann Author"], baseline: 60, size: 20)
    for (row, name) in ["Work Experience", "Higher Education", "Languages", "References"].enumerated() {
      document.block([name], baseline: 100 + 60 * Double(row), size: 13, face: .bold)
      document.block(
        [row < 2 ? "University of Somewhere, from then to now" : "What there is to say of it"],
        baseline: 120 + 60 * Double(row))
    }
    document.prose(lines: 20, baseline: 400)
    #expect(
      try document.run().texts(.heading).prefix(2) == ["Work Experience", "Higher Education"])
  }

  @Test("a name with an initial under the title is no heading, whatever follows it", arguments: [true, false])
  func initial(isTold: Bool) throws {
    var document = DocumentBuilder()
    document.block(["A Theory of Lines"], baseline: 60, size: 20)
    document.block([isTold ? "Patrick W. Daly ∗" : "Lines in Circles"], baseline: 100, size: 14)
    document.block(["We want to draw every line there is, and no other one."], baseline: 130)
    document.block(["Introduction"], baseline: 240, size: 14)
    document.prose(lines: 20, baseline: 270)
    #expect(
      try document.run().texts(.heading) == (isTold ? ["Introduction"] : ["Lines in Circles", "Introduction"]))
  }

  @Test("the date of a conference is not the title, however large")
  func date() throws {
    var document = DocumentBuilder()
    document.block(["January 20, 2021, Cambridge, MA"], baseline: 70, size: 16, face: .bold)
    document.block(["On the habits of lines"], baseline: 110, size: 16, face: .bold)
    document.block(["1 Lines"], baseline: 150, face: .bold)
    document.prose(lines: 20, baseline: 170)
    #expect(try document.run().texts(.title) == ["On the habits of lines"])
  }

  @Test("the number of a paper is not its title, however large")
  func paperNumber() throws {
    var document = DocumentBuilder()
    document.block(["ABC2024-88042"], baseline: 70, size: 22)
    document.block(["On the habits of lines"], baseline: 110, size: 16)
    document.prose(lines: 20, baseline: 150)
    #expect(try document.run().texts(.title) == ["On the habits of lines"])
  }

  @Test("the last line of a title above three columns of authors is not their table's")
  func titleAboveAuthors() throws {
    var document = DocumentBuilder()
    document.block(
      ["A title that is longer than one line of the", "Page"], left: 80, baseline: 60, size: 24, leading: 28,
      indents: [1: 210])
    document.table(
      (0..<4).map { row in [("Name number \(row)", 80.0), ("Other name \(row)", 270), ("Third name \(row)", 430)] },
      baseline: 130)
    document.prose(lines: 20, baseline: 260)
    let result = try document.run()
    #expect(result.texts(.title) == ["A title that is longer than one line of the Page"])
  }

  @Test("a bold line within a paragraph that begins small is no heading; a heading with an and is no byline")
  func falseHeadings() throws {
    var document = DocumentBuilder()
    document.block(["A paper with a title"], left: 180, baseline: 60, size: 18)
    document.block(["Jane Doe and John Roe"], left: 220, baseline: 90, size: 12)
    document.prose(lines: 8, baseline: 130)
    document.block(["Methods and materials"], baseline: 260, size: 14, face: .bold)
    document.prose(lines: 3, baseline: 285)
    document.block(["of their own choices is what it says"], baseline: 321, face: .bold)
    document.prose(lines: 3, baseline: 333)
    let result = try document.run()
    #expect(result.texts(.title) == ["A paper with a title"])
    #expect(result.texts(.heading) == ["Methods and materials"])
  }

  @Test("lines between the title and the first named heading are names and dates, in whatever type")
  func names() throws {
    var document = DocumentBuilder()
    document.block(["A Theory of Lines"], baseline: 80, size: 20)
    document.block(["Ann Author"], baseline: 120, size: 12, face: .bold)
    document.block(["University of Somewhere"], baseline: 140)
    document.block(["Bob Writer"], baseline: 170, size: 12, face: .bold)
    document.block(["Lines Development Team"], baseline: 190)
    document.block(["Abstract"], left: 280, baseline: 230, size: 9, face: .bold)
    document.prose(lines: 6, baseline: 250)
    document.block(["Where lines begin"], baseline: 350, size: 14, face: .bold)
    document.prose(lines: 12, baseline: 380)
    #expect(try document.run().texts(.heading) == ["Abstract", "Where lines begin"])
  }

  @Test("headings with text below them stay headings before the first named one")
  func noNames() throws {
    var document = DocumentBuilder()
    document.block(["A Report of the Year"], baseline: 80, size: 20)
    document.block(["Our Aims"], baseline: 120, size: 14, face: .bold)
    document.block(["We want to draw every line there is, and no other one."], baseline: 140)
    document.block(["1 Lines"], baseline: 180, size: 14, face: .bold)
    document.prose(lines: 12, baseline: 210)
    #expect(try document.run().texts(.heading) == ["Our Aims", "1 Lines"])
  }

  @Test("a heading with a table below it stays one before the first named one")
  func headingOverTable() throws {
    var document = DocumentBuilder()
    document.block(["A List of the Year"], baseline: 80, size: 20)
    document.block(["Admitted"], baseline: 120, size: 14, face: .bold)
    document.table(
      (0..<5).map { row in [("Name \(row)", 80.0), ("Other \(row)", 280), ("\(9 - row) third", 430)] }, baseline: 150)
    document.block(["1 Lines"], baseline: 260, size: 14, face: .bold)
    document.prose(lines: 12, baseline: 290)
    #expect(try document.run().texts(.heading) == ["Admitted", "1 Lines"])
  }
}
