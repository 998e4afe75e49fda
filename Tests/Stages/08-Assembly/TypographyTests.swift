import Contracts
import DocumentModel
import Testing

@testable import Assembly

@Suite("Typography")
struct TypographyTests {
  @Test("a justified paragraph tells its indent and how short its last line stays")
  func justified() throws {
    var page = PageBuilder()
    page.region(
      .paragraph, ["abcd abcd abcd", "abcde abcd abcde", "abcde abcd abcde", "abcd"], y: 100, indents: [10, 0, 0, 0])
    let setting = try page.assemble().elements[0].typography
    #expect(setting.alignment == .justified)
    #expect(setting.indent == 10)
    #expect(setting.lastLineGap == 55)
    #expect(setting.lines == 4)
  }

  @Test("what stands turned against its page tells how", arguments: [QuarterTurn.none, .left])
  func turned(turn: QuarterTurn) throws {
    var page = PageBuilder()
    let region = page.region(.paragraph, ["intensity"], y: 100)
    let line = page.lines[region]
    page.lines[region] = Line(
      words: line.words, box: line.box, baseline: line.baseline, size: line.size, turn: turn)
    #expect(try page.assemble().elements[0].typography.turn == (turn == .none ? nil : turn))
  }

  @Test("a line in the middle of its column is centred")
  func centred() throws {
    var page = PageBuilder()
    page.columns = [BoundingBox(left: 50, top: 50, right: 550, bottom: 750)]
    page.region(.heading, ["CENTRED"], x: 282, y: 100, column: 0)
    let setting = try page.assemble().elements[0].typography
    #expect(setting.alignment == .center)
    #expect(setting.capitals)
  }

  @Test(
    "a hyphen at the very end is told, a dash is not",
    arguments: [("docu-", true), ("docu\u{AD}", true), ("docu —", false), ("-", false)])
  func endsInHyphen(text: String, ends: Bool) throws {
    var page = PageBuilder()
    page.region(.paragraph, ["the \(text)"], y: 100)
    #expect(try page.assemble().elements[0].typography.endsInHyphen == ends)
  }
}
