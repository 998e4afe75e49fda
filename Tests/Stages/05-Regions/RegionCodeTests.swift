import Contracts
import DocumentModel
import Testing

@testable import Regions

@Suite("Regions of code")
struct RegionCodeTests {
  @Test("a monospaced listing is code, blank lines and all")
  func code() throws {
    var document = DocumentBuilder()
    document.prose(lines: 10, baseline: 80)
    document.block(["let x = 1", "let y = 2"], baseline: 300, face: .mono)
    document.block(["print(x + y)"], baseline: 336, face: .mono)
    document.prose(lines: 10, baseline: 400)
    #expect(try document.run().kinds() == [.paragraph, .code, .paragraph])
  }

  @Test("a listing set loosely has blank lines as loose; more white parts two listings")
  func looseListing() throws {
    func codes(_ step: Double) throws -> Int {
      var document = DocumentBuilder()
      document.prose(lines: 8, baseline: 80)
      document.block(["import Set", "import Map"], baseline: 240, size: 8, face: .mono, leading: 14)
      document.block(["let x = 1", "print(x)"], baseline: 254 + step, size: 8, face: .mono, leading: 14)
      document.prose(lines: 8, baseline: 400)
      return try document.run().kinds().count { $0 == .code }
    }
    #expect(try codes(28) == 1)
    #expect(try codes(42) == 2)
  }

  @Test("a listing whose rows are numbered in other type is one, empty rows and all")
  func numberedListing() throws {
    var document = DocumentBuilder()
    document.prose(lines: 10, baseline: 80)
    document.listing(["import Set", "", "let x = 1", "let y = 2", "", "print(x + y)"], baseline: 300)
    document.prose(lines: 10, baseline: 400)
    let result = try document.run()
    #expect(result.kinds() == [.paragraph, .code, .paragraph])
    #expect(result.texts(.code) == ["1 import Set 2 3 let x = 1 4 let y = 2 5 6 print(x + y)"])
  }

  @Test("an address in type of fixed width goes on with the text around it; a command with one is code")
  func addresses() throws {
    var document = DocumentBuilder()
    document.block(["The program can be had from the page of its authors, where the"], baseline: 80)
    document.block(["https://example.org/a/program"], baseline: 92, face: .mono)
    document.prose(lines: 3, baseline: 300)
    document.block(["curl -sS -o program.tar https://example.org/a/program | tar x"], baseline: 350, face: .mono)
    #expect(try document.run().texts(.code) == ["curl -sS -o program.tar https://example.org/a/program | tar x"])
  }

  @Test("a line of a paragraph that is mostly code stays in it; code that stands off is code")
  func inlineCode() throws {
    var document = DocumentBuilder()
    document.prose(lines: 10, baseline: 80)
    let full = "running text of line one goes on and on until the margin comes in sight at last, and so it goes on with"
    document.block([full], baseline: 300)
    document.block(["\\begin{equations*}\\end{equations*}\\nonumber"], baseline: 312, face: .mono)
    document.block(
      ["is what one writes, as the section on formulas of the manual tells, and as follows here:"], baseline: 324)
    document.block(["\\begin{equations*}"], baseline: 348, face: .mono)
    document.prose(lines: 10, baseline: 372)
    let code = try document.run().texts(.code)
    #expect(code == ["\\begin{equations*}"])
  }

  @Test("names in type of fixed width behind dashes in the text's type are items", arguments: ["–", "—", "-"])
  func namesBehindDashes(dash: String) throws {
    var document = DocumentBuilder()
    document.prose(lines: 10, baseline: 80)
    for (row, name) in ["pVisibleEdge", "pContour", "pSystemLine"].enumerated() {
      document.row([(dash, .plain), (name, .mono)], left: 90, baseline: 220 + 16 * Double(row))
    }
    document.prose(lines: 10, baseline: 290)
    let result = try document.run()
    #expect(result.kinds() == [.paragraph, .listItem, .listItem, .listItem, .paragraph])
  }

  @Test("rows of a listing behind small numbers in the middle of their rows are code")
  func smallNumbers() throws {
    var document = DocumentBuilder()
    document.prose(lines: 10, baseline: 80)
    for (row, code) in ["\\newbox\\one", "\\newdimen\\two", "\\fi"].enumerated() {
      document.disc("\(row + 1)", before: code, baseline: 220 + 12 * Double(row), face: .mono)
    }
    document.prose(lines: 10, baseline: 290)
    let result = try document.run()
    #expect(result.texts(.listItem).isEmpty && result.kinds().contains(.code))
  }

  @Test("a listing whose lines begin with dashes of its own type stays one")
  func dashedListing() throws {
    var document = DocumentBuilder()
    document.prose(lines: 10, baseline: 80)
    document.block(["- name: build", "- name: test", "- name: ship"], left: 90, baseline: 220, face: .mono)
    document.prose(lines: 10, baseline: 290)
    #expect(try document.run().kinds() == [.paragraph, .code, .paragraph])
  }

  @Test("an address for mail that stands alone is no code")
  func mailAddress() throws {
    var document = DocumentBuilder()
    document.prose(lines: 10, baseline: 200)
    document.block(["ann.author@example.org"], left: 250, baseline: 120, face: .mono)
    document.block(["user@host:~$ make"], left: 250, baseline: 400, face: .mono)
    #expect(try document.run().texts(.code) == ["user@host:~$ make"])
  }

  @Test("a manual with more code than prose is no typescript: its code is code, and its text is text")
  func manual() throws {
    var document = DocumentBuilder()
    for section in 0..<3 {
      let top = 80 + 220 * Double(section)
      document.prose(lines: 3, baseline: top)
      document.block(
        (0..<12).map { "call(\($0), \"a string of some length\", another_argument, and_one_more, last)" },
        baseline: top + 50, size: 9, face: .mono)
    }
    let result = try document.run()
    #expect(result.kinds() == [.paragraph, .code, .paragraph, .code, .paragraph, .code])
    #expect(result.output.bodySize == 10)
  }

  @Test("what a program answers below a prompt is code, however its columns line up")
  func session() throws {
    var document = DocumentBuilder()
    document.prose(lines: 12, baseline: 80)
    document.block(["R> summary(cars)"], baseline: 240, face: .mono)
    let first = ["Min.", "Median", "Mean", "Max."]
    document.table(
      first.enumerated().map { row, name in [(name, 80.0), ("\(row).25", 200), ("\(row * 7).0", 320)] }, baseline: 254,
      leading: 12, face: .mono)
    document.prose(lines: 12, baseline: 330)
    #expect(try document.run().kinds() == [.paragraph, .code, .paragraph])
  }

  @Test("comments do not make a session of tables in fixed-width type", arguments: ["# set it", "% set it", "R> a"])
  func comments(line: String) throws {
    var document = DocumentBuilder()
    document.prose(lines: 20, baseline: 80)
    document.block([line, line, line], baseline: 340, face: .mono)
    document.prose(lines: 3, baseline: 400)
    document.newPage()
    document.prose(lines: 3, baseline: 80)
    document.table(
      (0..<4).map { row in [("row\(row)", 80.0), ("\(row).25", 200), ("\(row * 7).0", 320)] }, baseline: 140,
      leading: 12, face: .mono)
    document.prose(lines: 20, baseline: 220)
    #expect(try document.run().kinds(2).contains(.table))
  }

  @Test("in a document that shows sessions, an answer that goes on over the page is code too")
  func answerOverPage() throws {
    var document = DocumentBuilder()
    document.prose(lines: 30, baseline: 80)
    document.block(["R> a", "R> b", "R> c"], baseline: 460, face: .mono)
    document.newPage()
    document.table(
      (0..<4).map { row in [("row\(row)", 80.0), ("\(row).25", 200), ("\(row * 7).0", 320)] }, baseline: 80,
      leading: 12,
      face: .mono)
    document.prose(lines: 30, baseline: 140)
    #expect(try document.run().kinds(2) == [.code, .paragraph])
  }
}
