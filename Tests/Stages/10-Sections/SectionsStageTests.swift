import Contracts
import DocumentModel
import StageKit
import Testing

@testable import Sections

@Suite("Sections")
struct SectionsStageTests {
  @Test("numbers give levels")
  func numbering() throws {
    var document = DocumentBuilder()
    for text in ["1 Introduction", "1.1 Aim", "1.1.1 Detail", "1.2 Scope", "2 Methods", "A. Appendix"] {
      document.heading(text)
    }
    let output = try document.sections()
    #expect(output.headings.map(\.level).prefix(5) == [1, 2, 3, 2, 1])
    #expect(output.headings.map(\.number) == ["1", "1.1", "1.1.1", "1.2", "2", "A."])
    #expect(output.headings.allSatisfy { $0.evidence == .numbering })
  }

  @Test("chapters hold their decimals, and an appendix stands beside them")
  func chapters() throws {
    var document = DocumentBuilder()
    for text in ["Chapter 1 Start", "1.1 One", "1.2 Two", "Chapter 2 End", "2.1 One", "Appendix A: More"] {
      document.heading(text)
    }
    #expect(try document.sections().headings.map(\.level) == [1, 2, 2, 1, 2, 1])
  }

  @Test("an appendix stands beside the outermost sections, whatever numbers them")
  func romanAppendix() throws {
    var document = DocumentBuilder()
    for text in ["I. First", "A. Inner", "1. Innermost", "II. Second", "Appendix A: More"] { document.heading(text) }
    let levels = try document.sections().headings.map(\.level)
    #expect(levels == [1, 2, 3, 1, 1])
  }

  @Test("numerals, capitals, numbers and letters nest as they come")
  func nestedSeries() throws {
    var document = DocumentBuilder()
    for text in ["I. First", "A. Inner", "B. Inner", "C. Inner", "II. Second", "A. Inner", "III. Third"] {
      document.heading(text)
    }
    #expect(try document.sections().headings.map(\.level) == [1, 2, 2, 2, 1, 2, 1])
  }

  @Test(
    "recognised headings without a letter that hangs below the line are as large as the others",
    arguments: [true, false])
  func recognised(isRecognized: Bool) throws {
    var document = DocumentBuilder()
    document.confidence = Score(isRecognized ? 0.96 : 1)
    document.heading("Paper and Print", size: 24)
    for (text, size) in [("Bridges of Stone", 19.0), ("Ink", 17), ("Beacons of Fire", 17), ("Measuring", 19)] {
      document.heading(text, size: size)
    }
    document.heading("Quays", size: 14)
    let levels = try document.sections().headings.map(\.level)
    #expect(levels.map { $0 - levels[0] } == (isRecognized ? [0, 0, 0, 0, 1] : [0, 1, 1, 0, 1]))
  }

  @Test("unnumbered headings go by their type, the largest first")
  func styles() throws {
    var document = DocumentBuilder()
    document.heading("Alpha", size: 16)
    document.heading("Beta", size: 13)
    document.heading("Gamma", size: 11, bold: true)
    document.heading("Delta", size: 13)
    document.heading("Epsilon", size: 16)
    // The first is the title: nothing else on the first pages is larger.
    var output = try document.sections()
    #expect(output.title == 0)
    #expect(output.headings.map(\.level) == [1, 2, 1, 1])
    document = DocumentBuilder()
    document.add(.title, "The Title", size: 24)
    for (text, size) in [("Alpha", 16.0), ("Beta", 13), ("Gamma", 11), ("Delta", 13), ("Epsilon", 16)] {
      document.heading(text, size: size)
    }
    output = try document.sections()
    #expect(output.title == 0)
    #expect(output.headings.map(\.level) == [1, 2, 3, 2, 1])
    #expect(output.headings.allSatisfy { $0.evidence == .style })
  }

  @Test("sizes that waver are one style")
  func waveringSizes() throws {
    var document = DocumentBuilder()
    document.add(.title, "The Title", size: 24)
    for (text, size) in [("Alpha", 14.2), ("Beta", 13.9), ("Gamma", 12.1), ("Delta", 14.0), ("Eta", 11.9)] {
      document.heading(text, size: size)
    }
    #expect(try document.sections().headings.map(\.level) == [1, 1, 2, 1, 2])
  }

  @Test("an unnumbered heading set like numbered ones shares their level")
  func mixed() throws {
    var document = DocumentBuilder()
    document.add(.title, "The Title", size: 24)
    document.heading("Abstract", size: 14)
    document.heading("1 Introduction", size: 14)
    document.heading("1.1 Aim", size: 12)
    document.heading("References", size: 14)
    #expect(try document.sections().headings.map(\.level) == [1, 1, 2, 1])
  }

  @Test("bookmarks overrule numbers and type, misread letters and shortened titles included")
  func bookmarks() throws {
    var document = DocumentBuilder()
    document.outline = [
      OutlineEntry(title: "Overview", level: 1, page: 1, top: nil),
      OutlineEntry(title: "1. Background of the matter", level: 2, page: 1, top: nil),
      OutlineEntry(title: "A very long section title that is", level: 2, page: 1, top: nil),
    ]
    document.heading("Overview", size: 11)
    document.heading("1 Background 0f the matter", size: 16)
    document.heading("A very long section title that is cut here", size: 11)
    document.add(.paragraph, "Overview of other things", lines: 1)
    let output = try document.sections()
    #expect(output.headings.map(\.level) == [1, 2, 2])
    #expect(output.headings.allSatisfy { $0.evidence == .outline })
    var options = SectionsOptions()
    options.useOutline = false
    #expect(try document.sections(options).headings.allSatisfy { $0.evidence != .outline })
  }

  @Test("where a heading bears a bookmark's words, an item of a list that says the same is none")
  func itemLikeBookmark() throws {
    var document = DocumentBuilder()
    document.outline = [OutlineEntry(title: "Pick a name", level: 1, page: 1, top: nil)]
    document.add(.listItem, "Pick a name")
    document.heading("2.1 Pick a name")
    #expect(try document.sections().headings.map(\.level) == [1])
  }

  @Test("a short text that a bookmark names word for word is a heading")
  func promoted() throws {
    var document = DocumentBuilder()
    document.outline = [OutlineEntry(title: "Quiet heading", level: 1, page: 1, top: nil)]
    document.add(.paragraph, "Quiet heading")
    document.add(.paragraph, "Quiet heading of something else", lines: 1)
    #expect(try document.sections().headings.map(\.entry) == [0])
  }

  @Test("a printed table of contents is no set of headings")
  func contents() throws {
    var document = DocumentBuilder()
    document.add(.title, "The Title", size: 24)
    document.heading("Contents", size: 16)
    document.add(.heading, "1 Introduction 1", size: 12, bold: true)
    document.add(.paragraph, "1.1 Aim . . . . . . . . . . 2")
    document.add(.paragraph, "1.2 Scope.................3")
    document.add(.paragraph, "2 Methods …… 5 2.1 Field …… 6 2.2 Lab …… iv")
    document.newPage()
    document.heading("1 Introduction", size: 16)
    document.heading("1.1 Aim", size: 12)
    let output = try document.sections()
    #expect(output.contents == [3 + 0, 4, 5, 6].map { $0 })
    #expect(output.headings.map(\.entry) == [1, 7, 9])
  }

  @Test("a table of titles and page numbers is a table of contents, one of sums is not")
  func contentsTable() throws {
    var document = DocumentBuilder()
    document.table([["Introduction", "1"], ["Methods", "4"], ["Results", "9"], ["End", "12"]])
    document.table([["Apples", "12"], ["Pears", "4"], ["Plums", "9"], ["Figs", "1"]])
    #expect(try document.sections().contents == [0])
  }

  @Test("the title is one, with the document information as support")
  func title() throws {
    var document = DocumentBuilder()
    document.add(.heading, "JOURNAL OF THINGS", size: 18)
    document.add(.heading, "On the Nature of Things", size: 17)
    document.heading("Introduction", size: 13)
    #expect(try document.sections().title == 0)
    document.title = "On the nature of things"
    let output = try document.sections()
    #expect(output.title == 1)
    #expect(output.headings.count == 2)
  }

  @Test("a heading like the others is the title where it stands before all of them and the text begins with the next")
  func plainTitle() throws {
    var document = DocumentBuilder()
    for text in ["Style files for papers", "Abstract", "Usage", "Options"] {
      document.heading(text, size: 11)
      document.add(.paragraph, "Some text.", lines: 5)
    }
    #expect(try document.sections().title == 0)
    var chapter = DocumentBuilder()
    for text in ["Usage", "Options", "Abstract"] {
      chapter.heading(text, size: 11)
      chapter.add(.paragraph, "Some text.", lines: 5)
    }
    #expect(try chapter.sections().title == nil)
  }

  @Test("a document of running text has no title and no headings")
  func noTitle() throws {
    var document = DocumentBuilder()
    document.add(.paragraph, "Only text.", lines: 5)
    let output = try document.sections()
    #expect(output.title == nil && output.headings.isEmpty)
    #expect(output.sections == [Section(heading: nil, start: 0, end: 1, children: [])])
  }

  @Test("an empty document has no sections")
  func empty() throws {
    let output = try DocumentBuilder().sections()
    #expect(output == SectionsOutput(title: nil, headings: [], sections: [], contents: []))
  }

  @Test(
    "levels never jump by more than one",
    arguments: [([3, 3, 5], [1, 1, 2]), ([1, 4, 2], [1, 2, 2]), ([2, 1, 3], [1, 1, 2]), ([], [])])
  func repaired(levels: [Int], expected: [Int]) {
    #expect(HeadingLevels.repaired(levels) == expected)
  }

  @Test("sections nest, cover every entry once and end where the next begins", arguments: UInt64(1)...60)
  func tree(seed: UInt64) throws {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func roll(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    let entries = 1 + roll(40)
    let places = (0..<entries).filter { _ in roll(3) == 0 }
    let levels = HeadingLevels.repaired(places.map { _ in 1 + roll(5) })
    let headings = zip(places, levels).map {
      Heading(entry: $0, element: ElementID(page: 1, index: $0), level: $1, number: nil, evidence: .style)
    }
    let roots = SectionTree.build(headings, entries: entries)
    #expect(roots.first?.start == 0 && roots.last?.end == entries)
    var seen: [Int] = []
    func check(_ sections: [Section], level: Int) {
      for (before, after) in zip(sections, sections.dropFirst()) { #expect(before.end == after.start) }
      for section in sections {
        if let heading = section.heading {
          seen.append(heading)
          #expect(headings[heading].level == level)
          #expect(headings[heading].entry == section.start)
        }
        if let first = section.children.first { #expect(first.start > section.start) }
        if let last = section.children.last { #expect(last.end == section.end) }
        check(section.children, level: level + 1)
      }
    }
    check(roots, level: 1)
    #expect(seen == Array(headings.indices))
  }

  @Test("a heading that only its type places ends no section whose parts go on below it", arguments: [true, false])
  func intruder(hasBookmarks: Bool) throws {
    var document = DocumentBuilder()
    let titles = ["1 Start", "1.1 Aim", "1.1.1 Parts", "1.1.2 Way", "1.2 End"]
    if hasBookmarks {
      document.outline = zip(titles, [1, 2, 3, 3, 2]).map { OutlineEntry(title: $0, level: $1, page: 1, top: nil) }
    }
    document.add(.title, "The Title", size: 24)
    document.heading(titles[0], size: 14)
    document.heading(titles[1], size: 12)
    document.heading("GND", size: 20)
    document.heading(titles[2], size: 11)
    document.heading("SQ1", size: 20)
    document.heading(titles[3], size: 11)
    document.heading(titles[4], size: 12)
    document.heading("Afterword", size: 14)
    let output = try document.sections()
    #expect(output.headings.map(\.level) == [1, 2, 3, 3, 3, 3, 2, 1])
  }

  @Test("an item of a list of what comes is no heading, though a bookmark leads to the page of the list")
  func listOfParts() throws {
    var document = DocumentBuilder()
    document.outline = [("Start", 1), ("Middle", 4), ("End", 7)].map {
      OutlineEntry(title: $0.0, level: 1, page: $0.1, top: nil)
    }
    document.add(.title, "Where we stand", size: 24)
    for item in ["Start", "Middle", "End"] { document.add(.listItem, item, lines: 1) }
    for page in 2...7 {
      document.newPage()
      if page == 4 { document.add(.listItem, "Middle", lines: 1) }
      document.heading("Slide \(page)", size: 14)
    }
    let output = try document.sections()
    let places = [(2, 0), (3, 0), (4, 0), (4, 1), (5, 0), (6, 0), (7, 0)]
    #expect(output.headings.map(\.element) == places.map { ElementID(page: $0.0, index: $0.1) })
  }
}
