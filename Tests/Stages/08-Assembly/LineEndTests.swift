import Contracts
import DocumentModel
import StageKit
import Testing

@testable import Assembly

@Suite("Ends of lines that stay")
struct LineEndTests {
  @Test(
    "lines that end early on purpose stay lines; lines that wrap are joined",
    arguments: [
      (
        ["The Old Harbour Bookshop", "12 Quay Street", "Port Lowen"],
        "The Old Harbour Bookshop\n12 Quay Street\nPort Lowen"
      ),
      (
        [
          "Prose fills its lines and wraps only when", "the next word would no longer fit, which",
          "is why it is joined.",
        ],
        "Prose fills its lines and wraps only when the next word would no longer fit, which is why it is joined."
      ),
      (
        [
          "One short", "line amid many that are full is a gap", "left for something else, and is no end",
          "that anybody set for its own sake here.",
        ],
        "One short line amid many that are full is a gap left for something else, and is no end that anybody set for its own sake here."
      ),
      (
        ["marta.lindqvist@example.org", "+46 70 555 01 44", "Vasagatan 12, 411 24 Berg"],
        "marta.lindqvist@example.org\n+46 70 555 01 44\nVasagatan 12, 411 24 Berg"
      ),
      (
        ["The gardens by the old quay", "marta.lindqvist@example.org", "and nobody else in all Berg"],
        "The gardens by the old quay\nmarta.lindqvist@example.org\nand nobody else in all Berg"
      ),
      (["Only a hyphen-", "ated word here, then more"], "Only a hyphenated word here, then more"),
    ])
  func earlyLineEnds(lines: [String], text: String) throws {
    var page = PageBuilder()
    page.region(.paragraph, lines, y: 100)
    let element = try #require(try page.assemble().elements.first)
    #expect(element.text == text)
    let scalars = Array(text.unicodeScalars)
    #expect(element.lineBreaks == scalars.indices.filter { scalars[$0] == "\n" })
  }

  @Test("a line that sticks out of justified text makes no early ends of the others")
  func overfull() throws {
    var page = PageBuilder()
    page.region(
      .paragraph,
      [
        "when some part of them had been there", "a name-that-no-line-holds and them had been there",
        "there had been some part when of them", "some of them had been there when part", "it ended.",
      ], y: 100)
    #expect(try page.assemble().elements.first?.lineBreaks.isEmpty == true)
  }

  @Test("a value that wraps beside its name is one text; the next name begins a line")
  func wrappedValue() throws {
    var page = PageBuilder()
    page.columns = [BoundingBox(left: 50, top: 40, right: 350, bottom: 700)]
    let lines = [
      page.line("*Catchment*", x: 50, y: 100),
      page.line("The area from which water flows into a river", x: 140, y: 100),
      page.line("or into a well.", x: 140, y: 112), page.line("*Head*", x: 50, y: 124),
      page.line("The height of water in a pipe.", x: 140, y: 124),
    ]
    page.paragraph(of: lines)
    let element = try #require(try page.assemble().elements.first)
    #expect(
      element.text == "Catchment The area from which water flows into a river or into a well.\n"
        + "Head The height of water in a pipe.")
  }

  @Test("below two texts side by side of which neither names the other a line begins")
  func lineBelowParted() throws {
    var page = PageBuilder()
    page.columns = [BoundingBox(left: 50, top: 40, right: 550, bottom: 700)]
    let lines = [
      page.line("** This is no invoice", x: 50, y: 100),
      page.line("(nor is it a bill of any kind for taxes)", x: 280, y: 100),
      page.line("amazing services, incorporated", x: 280, y: 112),
    ]
    page.paragraph(of: lines)
    #expect(
      try page.assemble().elements.map(\.text) == [
        "** This is no invoice (nor is it a bill of any kind for taxes)\namazing services, incorporated"
      ])
  }

  @Test(
    "lines that all fill less than half of their column and begin with capitals are an address or a name with an office"
  )
  func addressBlock() throws {
    var page = PageBuilder()
    page.columns = [BoundingBox(left: 50, top: 40, right: 550, bottom: 700)]
    page.region(
      .paragraph, ["Mrs Edith Calloway", "The Old Rectory", "3 Church Walk", "Ludlow SY8 4QQ"], y: 60, column: 0)
    page.region(.paragraph, ["Helen Finch", "Chartered Surveyor"], y: 200, column: 0)
    page.region(
      .paragraph, ["A text beside a", "picture, as wide", "as that leaves it", "room, is one."], y: 300, column: 0)
    page.region(.paragraph, ["29", "00"], y: 500, column: 0)
    #expect(
      try page.assemble().elements.map(\.text) == [
        "Mrs Edith Calloway\nThe Old Rectory\n3 Church Walk\nLudlow SY8 4QQ", "Helen Finch\nChartered Surveyor",
        "A text beside a picture, as wide as that leaves it room, is one.", "29 00",
      ])
  }

  @Test("verses keep their lines, whatever their length; a line that is counted on wraps where the column ends")
  func verse() throws {
    var page = PageBuilder()
    page.columns = [BoundingBox(left: 50, top: 40, right: 350, bottom: 700)]
    let lines = [
      "The old council of a town", "And all the rivers of May", "Where nothing ends at all",
      "Tomorrow or ever it comes",
    ]
    page.region(.paragraph, lines, y: 100, column: 0)
    let names = [
      "Ada Marlow", "Port Lowen", "Italian and what is like it, to the very end of a line, Danish,", "German",
    ]
    page.region(.paragraph, names, y: 200, column: 0)
    #expect(
      try page.assemble().elements.map(\.text) == [
        lines.joined(separator: "\n"), names.prefix(3).joined(separator: "\n") + " German",
      ])
  }
}

extension PageBuilder {
  /// Makes one paragraph of lines that were set by themselves.
  fileprivate mutating func paragraph(of lines: [Int]) {
    let box = lines.map { self.lines[$0].box }.union() ?? BoundingBox(left: 0, top: 0, right: 0, bottom: 0)
    regions.append(Region(kind: .paragraph, box: box, lines: lines, column: 0, confidence: .certain))
  }

  @Test("an address in a narrow column stays lines, and so do facts that are set flush right beside it")
  func narrowColumns() throws {
    var page = PageBuilder()
    page.columns = [
      BoundingBox(left: 50, top: 40, right: 215, bottom: 200), BoundingBox(left: 340, top: 40, right: 550, bottom: 200),
    ]
    let address = ["Ms. Olive J. Harper", "Harper Linen Ltd", "7 Mill Road West", "15th Floor", "Chicago, IL 60600"]
    let facts = ["Date Dec 22, 2018", "Invoice # 14-287", "Project Name Harper Mill House by Lake", "Project No 14-03"]
    func width(_ text: String) -> Double {
      let words = text.split(separator: " ")
      return 5 * Double(words.reduce(0) { $0 + $1.count }) + 2.5 * Double(words.count - 1)
    }
    for (column, texts) in [address, facts].enumerated() {
      let lines = texts.enumerated().map { row, text in
        page.line(text, x: column == 0 ? 120 : 550 - width(text), y: 60 + 13 * Double(row))
      }
      let box = lines.map { page.lines[$0].box }.union()
      page.regions.append(
        Region(kind: .paragraph, box: try #require(box), lines: lines, column: column, confidence: .certain))
    }
    #expect(
      try page.assemble().elements.map(\.text) == [address.joined(separator: "\n"), facts.joined(separator: "\n")])
  }

  @Test("labels that end alike far from the edge of their column stay lines")
  func labelsBesideAPlot() throws {
    var page = PageBuilder()
    page.columns = [BoundingBox(left: 50, top: 40, right: 550, bottom: 700)]
    let labels = ["Post", "CallHome", "Switchboard", "CommonVoices"]
    let lines = labels.enumerated().map { row, label in
      page.line(label, x: 140 - 5 * Double(label.count), y: 60 + 13 * Double(row))
    }
    let box = try #require(lines.map { page.lines[$0].box }.union())
    page.regions.append(Region(kind: .paragraph, box: box, lines: lines, column: 0, confidence: .certain))
    #expect(try page.assemble().elements.map(\.text) == [labels.joined(separator: "\n")])
  }

  @Test("an address below two columns stays lines")
  func addressBelowColumns() throws {
    var page = PageBuilder()
    page.columns = [
      BoundingBox(left: 50, top: 40, right: 215, bottom: 90), BoundingBox(left: 340, top: 40, right: 550, bottom: 90),
    ]
    page.region(.paragraph, ["A line of a column that is full"], x: 340, y: 60, column: 1)
    page.region(.paragraph, ["Harper Linen Ltd", "7 Mill Road", "Leeds LS1 4AA"], y: 120)
    #expect(try page.assemble().elements.last?.text == "Harper Linen Ltd\n7 Mill Road\nLeeds LS1 4AA")
  }

  @Test("a few short lines in capitals are one text, whatever room is beside them")
  func capitals() throws {
    var page = PageBuilder()
    page.columns = [BoundingBox(left: 50, top: 40, right: 550, bottom: 700)]
    let lines = [
      "IN NO EVENT ARE THEY LIABLE FOR DAMAGES,", "INCLUDING ANY THAT COME OF THE USE OR",
      "INABILITY TO USE THE PROGRAM,", "BUT NOT THAT ALONE",
    ]
    page.region(.paragraph, lines, y: 60)
    page.region(
      .paragraph, ["Text that goes on somewhat farther than that does, to its end"], y: 200)
    #expect(try page.assemble().elements.first?.text == lines.joined(separator: " "))
  }

  @Test("justified text behind a name that hangs out is one text")
  func hangingName() throws {
    var page = PageBuilder()
    let lines = [
      "makeabbreviations A macro that tells where", "the text of it is to be found", "and a second line of the text",
      "that is as long as the others",
    ]
    let ends = lines.enumerated().map { row, text in
      let words = text.split(separator: " ")
      return (row == 0 ? 50 : 160) + 5 * Double(words.reduce(0) { $0 + $1.count }) + 2.5 * Double(words.count - 1)
    }
    let right = try #require(ends.max())
    page.columns = [BoundingBox(left: 50, top: 40, right: right, bottom: 700)]
    let indices = lines.enumerated().map { row, text in
      page.line(text, x: (row == 0 ? 50 : 160) + right - ends[row], y: 60 + 13 * Double(row))
    }
    let box = try #require(indices.map { page.lines[$0].box }.union())
    page.regions.append(Region(kind: .paragraph, box: box, lines: indices, column: 0, confidence: .certain))
    #expect(try page.assemble().elements.map(\.text) == [lines.joined(separator: " ")])
  }
}
