import Contracts
import DocumentModel
import StageKit
import Testing

@testable import Assembly

@Suite("Assembly")
struct AssemblyStageTests {
  @Test("a line-break hyphen goes, a compound's stays, and lines are joined by spaces")
  func joinsLines() throws {
    var page = PageBuilder()
    page.region(.paragraph, ["The docu-", "ments of a well-", "known re-", "port"], y: 100)
    let element = try #require(try page.assemble().elements.first)
    #expect(element.text == "The documents of a well-known report")
    #expect(element.runs.count == 1)
    #expect(element.runs[0].words == Array(0..<9))
    #expect(element.runs[0].starts == [0, 4, 8, 14, 17, 19, 24, 30, 32])
  }

  @Test("what a table leaves of its region stands above and below it")
  func textAroundATable() throws {
    var page = PageBuilder()
    page.region(.table, ["Above the grid", "Milk 1.10", "Tea 2.30", "Below the grid"], y: 100)
    page.table([(0, 0, [3]), (0, 1, [4]), (1, 0, [5]), (1, 1, [6])], rows: 2, columns: 2)
    let elements = try page.assemble().elements
    #expect(elements.map(\.kind) == [.paragraph, .table, .paragraph])
    #expect(elements.map(\.text) == ["Above the grid", "", "Below the grid"])
  }

  @Test(
    "a numbered heading that runs into its paragraph is told by itself",
    arguments: [
      (
        ["/3.3.1/ /Barycentric./ Barycentric is a type", "of its own"], "3.3.1 Barycentric.",
        "Barycentric is a type of its own"
      ),
      (["*2.4.* *A* *long* *name* *of*", "*two* *lines:* then text"], "2.4. A long name of two lines:", "then text"),
      (["*2.4* *A* *name.*", "Then text"], "2.4 A name.", "Then text"),
    ])
  func runInHead(lines: [String], head: String, rest: String) throws {
    var page = PageBuilder()
    page.region(.paragraph, lines, y: 100)
    page.region(.paragraph, ["Running text in the roman face, of which the page has more than of any other."], y: 200)
    let elements = try page.assemble().elements
    #expect(elements.map(\.kind) == [.heading, .paragraph, .paragraph])
    #expect(elements.prefix(2).map(\.text) == [head, rest])
    #expect(
      elements.prefix(2).flatMap(\.runs).flatMap(\.words)
        == Array(0..<lines.joined(separator: " ").split(separator: " ").count))
  }

  @Test(
    "emphasis, items and quantities at the head of a paragraph are no heading",
    arguments: [
      "*Note.* Then text", "*1.* *Item.* Then text", "3.5 /million./ Then text", "3.5 /Million/ and more",
      "*3.5* *million.* Then text", "3.5 Million. Then text", "*3.5* *All* *bold.*",
    ])
  func noRunInHead(text: String) throws {
    var page = PageBuilder()
    page.region(.paragraph, [text], y: 100)
    page.region(.paragraph, ["Running text in the roman face, of which the page has more than of any other."], y: 200)
    #expect(try page.assemble().elements.map(\.kind) == [.paragraph, .paragraph])
  }

  @Test("a heading's number in bold beside a title in italics is no emphasis")
  func headingStyles() throws {
    var page = PageBuilder()
    page.region(.heading, ["*3.1* /Abstract/"], y: 100)
    page.region(.paragraph, ["Running text in the roman face, of which the page has more than of any other."], y: 200)
    #expect(try page.assemble().elements[0].runs.allSatisfy { !$0.style.contains(.bold) })
  }

  @Test("hyphens stay where the option says so")
  func keepsHyphens() throws {
    var page = PageBuilder()
    page.region(.paragraph, ["docu-", "ments"], y: 100)
    var options = AssemblyOptions()
    options.joinHyphens = false
    #expect(try page.assemble(options).elements[0].text == "docu- ments")
  }

  @Test("a hyphenated form seen elsewhere on the page decides")
  func vocabularyDecides() throws {
    var page = PageBuilder()
    page.region(.paragraph, ["the side-effect of a side-", "effect and the sideeffects"], y: 100)
    #expect(try page.assemble().elements[0].text == "the side-effect of a side-effect and the sideeffects")
  }

  @Test("letters of scripts that have no scripts are never raised or lowered, however their boxes stand")
  func unspacedScripts() throws {
    var page = PageBuilder()
    page.region(.paragraph, ["流体は形がなく ^の^ 質的な H~ _元_~ O ^2^ 来"], y: 100)
    let runs = try page.assemble().elements[0].runs
    #expect(runs.filter { !$0.style.isDisjoint(with: [.superscript, .subscript]) }.map(\.text) == ["2"])
  }

  @Test("styles part runs, and the space stays on the plain side")
  func stylesPartRuns() throws {
    var page = PageBuilder()
    page.region(.paragraph, ["plain *bold* *words* then /slanted/ and `code()` x~ ^2^ H~ _2_~ O"], y: 100)
    let runs = try page.assemble().elements[0].runs
    #expect(runs.map(\.text).joined() == "plain bold words then slanted and code() x2 H2O")
    #expect(runs.first { $0.style == .bold }?.text == "bold words")
    #expect(runs.first { $0.style == .italic }?.text == "slanted")
    #expect(runs.first { $0.style == .code }?.text == "code()")
    #expect(runs.first { $0.style == .superscript }?.text == "2")
    #expect(runs.contains { $0.style == .subscript })
  }

  @Test("a letter that is set over the end of the one before is not parted from it")
  func overlappingLetters() throws {
    var page = PageBuilder()
    page.region(.paragraph, ["with T E X and f g"], y: 100)
    for (index, left) in [(1, 100.0), (2, 104), (3, 108)] {
      let word = page.words[index]
      page.words[index] = Word(
        text: word.text,
        box: BoundingBox(left: left, top: word.box.top, right: left + 6, bottom: word.box.bottom), source: .textLayer,
        font: 0, size: 10, baseline: word.baseline)
    }
    #expect(try page.assemble().elements[0].text == "with TEX and f g")
  }

  @Test("on a line of several sizes a mark is raised against the word that it stands at")
  func markAtLargerWord() throws {
    var page = PageBuilder()
    page.line("NAME~", y: 100, size: 11)
    page.line("∗", x: 72, y: 96, size: 8)
    page.line("of an institute for clarity in documentation", x: 90, y: 100, size: 9)
    let all = page.words.indices.map { $0 }
    page.lines = [
      Line(words: all, box: page.words.map(\.box).union() ?? page.size.bounds, baseline: 100, size: 9)
    ]
    page.regions = [Region(kind: .paragraph, box: page.lines[0].box, lines: [0], column: nil, confidence: .certain)]
    let runs = try page.assemble().elements[0].runs
    #expect(runs.first { $0.text == "∗" }?.style == .superscript)
  }

  @Test("a raised capital that stands over its neighbours is a letter of a word mark, and no mark")
  func wordMark() throws {
    var page = PageBuilder()
    page.region(.paragraph, ["in L~ ^A^~ TEX and x~ ^2^"], y: 100)
    let small = try #require(page.words.firstIndex { $0.text == "A" })
    let box = page.words[small].box
    page.words[small] = Word(
      text: "A", box: BoundingBox(left: box.left - 2, top: box.top, right: box.right - 2, bottom: box.bottom),
      source: .textLayer, font: 0, size: page.words[small].size, baseline: page.words[small].baseline, joinsNext: true)
    let runs = try page.assemble().elements[0].runs
    #expect(runs.map(\.text) == ["in LATEX and x", "2"])
  }

  @Test("a closing mark that stands as close as a letter gets no space")
  func tightMarks() throws {
    var page = PageBuilder()
    page.region(.paragraph, ["a ^2^~ , b ."], y: 100)
    page.words[2] = page.words[2].moved(right: 0.5)
    page.words[1] = page.words[1].parted
    #expect(try page.assemble().elements[0].text == "a 2, b .")
  }

  @Test("a table takes its words from the regions below it")
  func tableTakesWords() throws {
    var page = PageBuilder()
    page.region(.paragraph, ["Before it"], y: 60)
    page.region(.table, ["Name Sum", "Ann 12"], y: 100)
    page.region(.paragraph, ["After it"], y: 160)
    page.table([(0, 0, [2]), (0, 1, [3]), (1, 0, [4]), (1, 1, [5])], rows: 2, columns: 2, headerRows: 1)
    let elements = try page.assemble().elements
    #expect(elements.map(\.kind) == [.paragraph, .table, .paragraph])
    let table = try #require(elements[1].table)
    #expect(table.cells.map(\.text) == ["Name", "Sum", "Ann", "12"])
    #expect(elements[1].runs.isEmpty)
    #expect(elements[2].text == "After it")
  }

  @Test("words that a table leaves behind stay text")
  func leftovers() throws {
    var page = PageBuilder()
    page.region(.table, ["Name Sum", "a note below"], y: 100, leading: 3)
    page.table([(0, 0, [0]), (0, 1, [1])], rows: 1, columns: 2)
    let elements = try page.assemble().elements
    #expect(elements.map(\.kind) == [.table, .paragraph])
    #expect(elements[1].text == "a note below")
  }

  @Test(
    "a table region that stage 6 refused is text again",
    arguments: [(RefusedTable.Reason.prose, RegionKind.paragraph), (.list, .listItem), (.code, .code)])
  func refusedTable(reason: RefusedTable.Reason, kind: RegionKind) throws {
    var page = PageBuilder()
    page.region(.table, ["1. one thing", "2. another thing"], y: 100)
    page.refused = [RefusedTable(box: page.regions[0].box, reason: reason)]
    let elements = try page.assemble().elements
    #expect(elements.allSatisfy { $0.kind == kind })
    #expect(elements.count == (kind == .listItem ? 2 : 1))
  }

  @Test("without stages 6 and 7 everything is still told")
  func gaps() throws {
    var page = PageBuilder()
    page.region(.table, ["Name Sum", "Ann 12"], y: 100)
    page.region(.figure, ["label"], y: 300)
    let text = try page.assemble(gaps: true).elements.map(\.text).joined(separator: " ")
    #expect(text == "Name Sum Ann 12 label")
  }

  @Test("a corrected cell keeps its correction")
  func correctedCell() throws {
    var page = PageBuilder()
    page.region(.table, ["Narne 12"], y: 100)
    page.tables = [
      Table(
        box: page.regions[0].box, rows: 1, columns: 2,
        cells: [
          Cell(row: 0, column: 0, text: "Name", box: page.words[0].box, words: [0]),
          Cell(row: 0, column: 1, text: "12", box: page.words[1].box, words: [1]),
        ], headerRows: 0, stubColumns: 0, strategy: .ruled, confidence: .certain)
    ]
    let table = try #require(try page.assemble().elements[0].table)
    #expect(table.cells.map(\.text) == ["Name", "12"])
    #expect(table.cells[0].runs[0].words == [0])
  }

  @Test("text inside a figure is told there alone; decoration is no element")
  func figureText() throws {
    var page = PageBuilder()
    page.region(.paragraph, ["Text above"], y: 60)
    page.region(.figure, ["axis label", "another label"], y: 200)
    page.region(.caption, ["Figure 1: A curve."], y: 260)
    page.figures = [
      Figure(
        kind: .drawing, box: BoundingBox(left: 40, top: 150, right: 400, bottom: 250), file: "0001-figure-01.png",
        mediaType: "image/png", pixels: nil, caption: 2, lines: [1, 2]),
      Figure(
        kind: .decoration, box: BoundingBox(left: 40, top: 700, right: 400, bottom: 702), file: nil, mediaType: nil,
        pixels: nil, caption: nil, lines: []),
    ]
    let elements = try page.assemble().elements
    #expect(elements.map(\.kind) == [.paragraph, .figure, .caption])
    #expect(elements[1].figure?.inside == "axis label\nanother label")
    #expect(elements[1].runs.isEmpty)
    #expect(elements[2].captionOf == 1)
  }

  @Test(
    "a caption that names a table goes to the table, not to the nearer figure, whatever stage 7 says",
    arguments: ["Table 2: Sums.", "Tabela 2: Sums.", "Tab. 2: Sums."], [nil, 1])
  func tableCaption(words: String, link: Int?) throws {
    var page = PageBuilder()
    page.region(.table, ["a b"], y: 100)
    page.region(.caption, [words], y: 140)
    page.table([(0, 0, [0]), (0, 1, [1])], rows: 1, columns: 2)
    page.figures = [
      Figure(
        kind: .image, box: BoundingBox(left: 40, top: 145, right: 400, bottom: 250), file: "f.jpg",
        mediaType: "image/jpeg",
        pixels: nil, caption: link, lines: [])
    ]
    let elements = try page.assemble().elements
    let caption = try #require(elements.first { $0.kind == .caption })
    #expect(elements[try #require(caption.captionOf)].kind == .table)
  }

  @Test("footnotes are parted at their marks and lose them")
  func footnotes() throws {
    var page = PageBuilder()
    page.region(.footnote, ["^1^ See the first", "source again.", "^2^ And another.", "* A star."], y: 700, size: 8)
    let elements = try page.assemble().elements
    #expect(elements.map(\.footnoteMark) == ["1", "2", "*"])
    #expect(elements.map(\.text) == ["See the first source again.", "And another.", "A star."])
  }

  @Test("Han lines are joined without spaces, Korean ones with")
  func unspaced() throws {
    var page = PageBuilder()
    page.region(.paragraph, ["这是第一", "行的文字"], y: 100)
    page.region(.paragraph, ["첫 번째", "줄"], y: 200)
    #expect(try page.assemble().elements.map(\.text) == ["这是第一行的文字", "첫 번째 줄"])
  }

  @Test("phrases of Thai keep their spaces, and full-width stops have none, whatever follows")
  func phrases() throws {
    var page = PageBuilder()
    page.region(.paragraph, ["เอกสาร ผู้ใช้~ ส่ง", "งาน"], y: 100)
    page.region(.paragraph, ["也可以放心使用。", "2024年处理了"], y: 200)
    #expect(try page.assemble().elements.map(\.text) == ["เอกสาร ผู้ใช้ส่งงาน", "也可以放心使用。2024年处理了"])
  }

  @Test("right-to-left text stays in its logical order")
  func rightToLeft() throws {
    var page = PageBuilder()
    page.region(.paragraph, ["שלום עולם", "טוב"], y: 100, direction: .rightToLeft)
    let element = try page.assemble().elements[0]
    #expect(element.text == "שלום עולם טוב")
    #expect(element.typography.direction == .rightToLeft)
  }

  @Test("text that stands turned is measured upright")
  func turned() throws {
    var page = PageBuilder()
    page.region(.listItem, ["• outer"], x: 50, y: 100)
    page.region(.listItem, ["• inner"], x: 80, y: 120)
    page.region(.code, ["if x:", "y"], y: 200, indents: [0, 10])
    let upright = UprightFrame(page: page.size, turn: .right)
    let sideways = UprightFrame(page: upright.size, turn: .left)
    let straight = try page.assemble().elements
    page.words = page.words.map {
      Word(
        text: $0.text, box: sideways.upright($0.box), source: $0.source, font: $0.font, size: $0.size, turn: .right)
    }
    page.lines = page.lines.map {
      Line(words: $0.words, box: sideways.upright($0.box), baseline: $0.baseline, size: $0.size, turn: .right)
    }
    page.size = upright.size
    let elements = try page.assemble().elements
    #expect(elements.map(\.text) == straight.map(\.text))
    #expect(elements.map(\.list?.level) == straight.map(\.list?.level))
    #expect(elements[1].list?.level == 2)
    #expect(elements[2].text == "if x:\n  y")
  }

  @Test("a bold heading has no bold runs, its typography says it")
  func boldHeading() throws {
    var page = PageBuilder()
    page.region(.heading, ["*Great* *Results*"], y: 60, size: 14)
    page.region(.paragraph, ["plain text that is most of this page and then some more"], y: 100)
    let heading = try page.assemble().elements[0]
    #expect(heading.runs.map(\.style) == [[]])
    #expect(heading.typography.bold)
    #expect(heading.typography.size == 14)
  }

  @Test("an index that leads nowhere is refused, not followed")
  func corruptIndex() throws {
    var page = PageBuilder()
    page.region(.paragraph, ["text"], y: 60)
    page.regions.append(Region(kind: .paragraph, box: page.size.bounds, lines: [99], confidence: .certain))
    let broken = page
    #expect(throws: StageFailure.self) { try broken.assemble() }
  }
}

extension Word {
  /// The word further to the right by some points.
  fileprivate func moved(right: Double) -> Word {
    Word(
      text: text,
      box: BoundingBox(left: box.left + right, top: box.top, right: box.right + right, bottom: box.bottom),
      source: source, font: font, size: size, baseline: baseline)
  }

  /// The word with white after it, however little.
  fileprivate var parted: Word {
    Word(text: text, box: box, source: source, font: font, size: size, baseline: baseline)
  }
}
