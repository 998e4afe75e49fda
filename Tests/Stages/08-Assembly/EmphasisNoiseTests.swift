import Contracts
import DocumentModel
import TestSupport
import Testing

@testable import Assembly

@Suite("Emphasis that is none")
struct EmphasisNoiseTests {
  /// Text and style of each run: `*bold*`, `/italic/`, `_lowered_`.
  private static func told(_ line: String) throws -> String {
    var page = PageBuilder()
    page.region(.paragraph, [line, "plain text goes on after the line that is told, as most of it"], y: 100)
    let runs = try page.assemble().elements[0].runs
    let text = runs.map { run in
      var text = run.text
      if run.style.contains(.subscript) { text = "_\(text)_" }
      if run.style.contains(.superscript) { text = "^\(text)^" }
      if run.style.contains(.italic) { text = "/\(text)/" }
      return run.style.contains(.bold) ? "*\(text)*" : text
    }.joined()
    return String(text.dropLast(" plain text goes on after the line that is told, as most of it".count))
  }

  @Test(
    "a sign within a number, a ligature within a word and a lone mark have the style of what they stand at",
    arguments: [
      ("of 2~ /./~ 77234 parts", "of 2.77234 parts"), ("as 1~ ///~ 2 more", "as 1/2 more"), ("so /,/ it", "so , it"),
      ("is e~ /ff/~ ectively", "is effectively"), ("an /ff/~ ort", "an ffort"), ("are /x/~ ,~ /y/ as", "are /x,y/ as"),
      ("/one/ /–/ /two/ are", "/one – two/ are"), ("the /word/~ , then", "the /word/, then"),
      ("/e/~ ff~ /ects/ of", "/effects/ of"), ("a /word/~ *!* of", "a /word/! of"),
    ])
  func noise(line: String, wanted: String) throws { #expect(try Self.told(line) == wanted) }

  @Test("a small comma between two indices is one of their script")
  func indices() throws {
    var page = PageBuilder()
    page.region(.paragraph, ["the coefficient b~ _1_~ _,_~ _39_ is large"], y: 100)
    #expect(try page.assemble().elements[0].runs.map(\.text) == ["the coefficient b", "1,39", " is large"])
  }
}
