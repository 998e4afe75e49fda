import Contracts
import DocumentModel
import Testing

@testable import Assembly

@Suite("Text of code")
struct CodeTextTests {
  @Test("the curved marks of TeX's typewriter faces are straight in code; those of other faces stay")
  func straightMarks() throws {
    for (font, text) in [("LMMono10-Regular", "say 'yes' or `no`"), ("Mono", "say ’yes’ or ‘no‘")] {
      var page = PageBuilder()
      page.fonts[3] = Font(name: font, monospaced: true)
      page.region(.code, ["`say` `’yes’` `or` `‘no‘`"], y: 100)
      #expect(try page.assemble().elements[0].text == text)
    }
  }

  @Test("code keeps its line breaks, blank lines and indentation")
  func code() throws {
    var page = PageBuilder()
    page.region(.code, ["def f(x):", "return x", "f(1)"], y: 100, indents: [0, 20, 0])
    let last = page.lines[2]
    page.lines[2] = Line(words: last.words, box: last.box, baseline: last.baseline + 12, size: last.size)
    let element = try page.assemble().elements[0]
    #expect(element.text == "def f(x):\n    return x\n\nf(1)")
    #expect(element.lineBreaks == [9, 22, 23])
    let scalars = Array(element.text.unicodeScalars)
    #expect(element.lineBreaks.allSatisfy { scalars[$0] == "\n" })
  }

  @Test("a listing's numbers stand on the lines they number")
  func numberedCode() throws {
    var page = PageBuilder()
    let numbers = (0..<3).map { page.line("\($0 + 1)", x: 40, y: 100 + 12 * Double($0), size: 6) }
    let code = (0..<3).map { page.line("`line\($0)`", x: 60, y: 100 + 12 * Double($0)) }
    let lines = zip(numbers, code).flatMap { [$0, $1] }
    let box = lines.map { page.lines[$0].box }.union() ?? page.size.bounds
    page.regions = [Region(kind: .code, box: box, lines: lines, confidence: .certain)]
    let text = try page.assemble().elements[0].text
    #expect(
      text.split(separator: "\n").map { $0.split(separator: " ") }
        == [["1", "line0"], ["2", "line1"], ["3", "line2"]])
  }
}
