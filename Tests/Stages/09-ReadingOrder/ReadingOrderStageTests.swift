import Contracts
import DocumentModel
import StageKit
import TestSupport
import Testing

@testable import ReadingOrder

@Suite("Reading order")
struct ReadingOrderStageTests {
  @Test("columns are read one after the other where the order mixed them up")
  func columns() throws {
    var pages = PagesBuilder()
    pages.page(1, columns: PagesBuilder.twoColumns)
    pages.text(.title, "Title.", page: 1, y: 50)
    pages.text(.paragraph, "Left one.", page: 1, y: 100, column: 0)
    pages.text(.paragraph, "Right one.", page: 1, y: 100, column: 1)
    pages.text(.paragraph, "Left two.", page: 1, y: 130, column: 0)
    pages.text(.paragraph, "Right two.", page: 1, y: 150, column: 1)
    #expect(try pages.texts(pages.read()) == ["Title.", "Left one.", "Left two.", "Right one.", "Right two."])
  }

  @Test("a logo is told once, where it stands first", arguments: [Figure.Kind.logo, .image])
  func logos(kind: Figure.Kind) throws {
    var pages = PagesBuilder()
    let first = pages.figure(page: 1, y: 20, kind: kind)
    let again = pages.figure(page: 2, y: 21, kind: kind)
    let other = pages.figure(page: 2, y: 600, kind: kind)
    let output = try pages.read()
    #expect(output.furniture == (kind == .logo ? [again] : []))
    #expect(output.entries.flatMap(\.elements) == (kind == .logo ? [first, other] : [first, again, other]))
  }

  @Test("the caption of a logo that is told already is read by itself")
  func captionOfLogo() throws {
    var pages = PagesBuilder()
    for page in 1...2 {
      pages.figure(page: page, y: 20, kind: .logo)
      pages.text(.caption, "Photo of page \(page).", page: page, y: 130, captionOf: 0)
    }
    let output = try pages.read()
    #expect(output.entries.map(\.captions.count) == [1, 0])
    #expect(output.entries.last?.elements == [ElementID(page: 2, index: 1)])
  }

  @Test("what stands turned is read after the text and goes on with none")
  func turned() throws {
    var pages = PagesBuilder()
    pages.page(1, columns: PagesBuilder.twoColumns)
    pages.text(.paragraph, "The left ends here.", page: 1, y: 100, column: 0)
    pages.text(.paragraph, "The right goes", page: 1, y: 100, column: 1)
    pages.text(.paragraph, "intensity of", page: 1, y: 400, lines: 1, turn: .left)
    pages.text(.paragraph, "response", page: 1, y: 400, lines: 1, turn: .left)
    pages.text(.paragraph, "on over the page.", page: 2, y: 50)
    #expect(
      try pages.texts(pages.read()) == [
        "The left ends here.", "The right goes on over the page.", "intensity of", "response",
      ])
  }

  @Test("a second band of columns below the first stays below")
  func bands() throws {
    var pages = PagesBuilder()
    pages.page(1, columns: PagesBuilder.twoColumns)
    pages.text(.paragraph, "Left one.", page: 1, y: 100, column: 0)
    pages.text(.paragraph, "Right one.", page: 1, y: 100, column: 1)
    pages.text(.paragraph, "Left two.", page: 1, y: 300, column: 0)
    pages.text(.paragraph, "Right two.", page: 1, y: 300, column: 1)
    #expect(try pages.texts(pages.read()) == ["Left one.", "Right one.", "Left two.", "Right two."])
  }

  @Test("columns of right-to-left pages go by their own order")
  func rightToLeft() throws {
    var pages = PagesBuilder()
    pages.page(1, columns: Array(PagesBuilder.twoColumns.reversed()))
    pages.text(.paragraph, "ימין.", page: 1, y: 100, column: 0, direction: .rightToLeft)
    pages.text(.paragraph, "שמאל.", page: 1, y: 90, column: 1, direction: .rightToLeft)
    #expect(try pages.texts(pages.read()) == ["ימין.", "שמאל."])
  }

  @Test("margin notes are read after the text")
  func marginNotes() throws {
    var pages = PagesBuilder()
    pages.page(
      1,
      columns: [
        BoundingBox(left: 50, top: 50, right: 150, bottom: 750),
        BoundingBox(left: 170, top: 50, right: 550, bottom: 750),
      ])
    pages.text(.paragraph, "Note.", page: 1, y: 100, column: 0, size: 8)
    pages.text(.paragraph, "The main text that is much longer than the note is.", page: 1, y: 100, column: 1)
    #expect(try pages.texts(pages.read()).last == "Note.")
  }

  @Test("columns under a title that stands beside a box are read after both")
  func bandsOfOtherColumns() throws {
    var pages = PagesBuilder()
    pages.page(
      1,
      columns: [
        BoundingBox(left: 60, top: 50, right: 170, bottom: 200),
        BoundingBox(left: 220, top: 50, right: 550, bottom: 200),
        BoundingBox(left: 50, top: 250, right: 290, bottom: 750),
        BoundingBox(left: 310, top: 250, right: 550, bottom: 750),
      ])
    pages.text(.paragraph, "Somebody.", page: 1, y: 50, column: 0, size: 8)
    pages.text(.paragraph, "What it says in short.", page: 1, y: 50, column: 1)
    pages.text(.paragraph, "The text begins and says at length what it says.", page: 1, y: 250, column: 2)
    pages.text(.paragraph, "And goes on.", page: 1, y: 250, column: 3)
    #expect(
      try pages.texts(pages.read()) == [
        "Somebody.", "What it says in short.", "The text begins and says at length what it says.", "And goes on.",
      ])
  }

  @Test("a column that lies over another begins a band")
  func columnOverColumn() throws {
    var pages = PagesBuilder()
    pages.page(
      1,
      columns: [
        BoundingBox(left: 50, top: 50, right: 180, bottom: 200),
        BoundingBox(left: 200, top: 50, right: 550, bottom: 750),
        BoundingBox(left: 50, top: 250, right: 290, bottom: 750),
      ])
    pages.text(.paragraph, "Over.", page: 1, y: 50, column: 0)
    pages.text(.paragraph, "Wide.", page: 1, y: 50, column: 1)
    pages.text(.paragraph, "Left.", page: 1, y: 250, column: 2)
    pages.text(.paragraph, "Right.", page: 1, y: 250, column: 1)
    #expect(try pages.texts(pages.read()) == ["Over.", "Wide.", "Left.", "Right."])
  }

  @Test("a short first column beside others of its width is none, though a title spans them and sizes waver")
  func shortFirstColumn() throws {
    var pages = PagesBuilder()
    let lefts = [50.0, 200, 350]
    pages.page(
      1,
      columns: lefts.map { BoundingBox(left: $0, top: 50, right: $0 + 130, bottom: 600) }
        + [BoundingBox(left: 50, top: 50, right: 480, bottom: 700)])
    pages.text(.paragraph, "First.", page: 1, y: 100, column: 0, size: 10)
    pages.text(.paragraph, "Second with much more text than that.", page: 1, y: 100, column: 1, size: 11)
    pages.text(.paragraph, "Third, with much more text than that.", page: 1, y: 100, column: 2, size: 11)
    pages.text(.paragraph, "Below all.", page: 1, y: 620, column: 3, size: 11)
    #expect(try pages.texts(pages.read()).first == "First.")
  }

  @Test(
    "a quote goes on over a page in itself, and in the text around it only where too few lines tell what they are",
    arguments: [(true, true, 3, 1), (true, nil, 3, 2), (true, nil, 2, 1), (nil, true, 3, 2), (nil, nil, 3, 1)])
  func quotes(first: Bool?, next: Bool?, lines: Int, entries: Int) throws {
    var pages = PagesBuilder()
    pages.text(.paragraph, "What was said goes on", page: 1, y: 600, isQuote: first)
    pages.text(.paragraph, "and on until it ends.", page: 2, y: 60, lines: lines, isQuote: next)
    #expect(try pages.read().entries.count == entries)
  }

  @Test("a stanza ends with its page though no sentence does")
  func stanzas() throws {
    var pages = PagesBuilder()
    pages.text(.paragraph, "The council of a town And all its rivers", page: 1, y: 600, lineBreaks: [21])
    pages.text(.paragraph, "Tomorrow is another day", page: 2, y: 60)
    #expect(try pages.read().entries.count == 2)
  }

  @Test("a figure that interrupts a paragraph comes after it, with its caption")
  func floats() throws {
    var pages = PagesBuilder()
    pages.page(1, columns: PagesBuilder.twoColumns)
    pages.text(.paragraph, "The sentence goes", page: 1, y: 600, column: 0)
    let figure = pages.figure(page: 1, y: 100, column: 1)
    let caption = pages.text(.caption, "Figure 1.", page: 1, y: 210, column: 1, captionOf: 1)
    pages.text(.paragraph, "on over there.", page: 1, y: 300, column: 1)
    let output = try pages.read()
    #expect(output.entries.count == 2)
    #expect(try pages.texts(output)[0] == "The sentence goes on over there.")
    #expect(output.entries[1].elements == [figure])
    #expect(output.entries[1].captions == [caption])
  }

  @Test("a note in the margin lets the paragraph beside it go on over the page")
  func marginNote() throws {
    var pages = PagesBuilder()
    for page in 1...2 { pages.page(page, columns: [BoundingBox(left: 150, top: 50, right: 500, bottom: 750)]) }
    pages.text(.paragraph, "The sentence goes", page: 1, y: 600, column: 0)
    pages.text(.paragraph, "what it says", page: 1, y: 610, column: 0, x: 50, width: 80, lines: 1)
    pages.text(.paragraph, "on over there.", page: 2, y: 100, column: 0)
    let output = try pages.read()
    #expect(try pages.texts(output) == ["The sentence goes on over there.", "what it says"])
  }

  @Test("a listing with a caption lets the paragraph go on over it; one without ends it", arguments: [true, false])
  func listings(isCaptioned: Bool) throws {
    var pages = PagesBuilder()
    pages.page(1, columns: PagesBuilder.twoColumns)
    pages.text(.paragraph, "The sentence goes", page: 1, y: 600, column: 0)
    pages.text(.code, "print(1)", page: 1, y: 100, column: 1)
    if isCaptioned { pages.text(.caption, "Listing 1.", page: 1, y: 210, column: 1) }
    pages.text(.paragraph, "on over there.", page: 1, y: 300, column: 1)
    #expect(
      try pages.texts(pages.read())
        == (isCaptioned
          ? ["The sentence goes on over there.", "print(1)", "Listing 1."]
          : ["The sentence goes", "print(1)", "on over there."]))
  }

  @Test("an orphaned caption is an entry of its own", arguments: [0, 1, 7, -1])
  func orphanedCaption(target: Int) throws {
    var pages = PagesBuilder()
    pages.text(.paragraph, "Text.", page: 1)
    pages.text(.caption, "Figure 1.", page: 1, y: 200, captionOf: target)
    #expect(try pages.read().entries.count == 2)
  }

  @Test(
    "a paragraph goes on over the page",
    arguments: [
      ("and so it", "goes on.", "and so it goes on."), ("a docu-", "ment that", "a document that"),
      ("a well-", "known fact", "a well-known fact"), ("seen by the", "Senate in May", "seen by the Senate in May"),
      ("这是第一", "行文字", "这是第一行文字"), ("as noted,^2", "but not", nil), ("before ^2", "the end", "before2 the end"),
    ] as [(String, String, String?)])
  func joined(before: String, after: String, text: String?) throws {
    var pages = PagesBuilder()
    pages.text(.paragraph, before, page: 1, y: 700)
    pages.text(.pageFooter, "Footer", page: 1, y: 780)
    pages.text(.pageHeader, "Header", page: 2, y: 20)
    pages.text(.paragraph, after, page: 2, y: 60)
    let output = try pages.read()
    #expect(output.furniture.count == 2)
    if let text { #expect(try pages.texts(output) == [text]) }
  }

  @Test(
    "a ragged line that had no room for the name after it goes on over the page; one that had begins nothing",
    arguments: [
      ("Bartholomew came", 1), ("Ann came", 2),
    ])
  func raggedLines(after: String, entries: Int) throws {
    var pages = PagesBuilder()
    pages.text(.paragraph, "seen by the man whose name was", page: 1, y: 700, lastLineGap: 45)
    pages.text(.paragraph, after, page: 2, y: 60)
    #expect(try pages.read().entries.count == entries)
  }

  @Test("what ended, what begins anew and what is set otherwise is not joined")
  func notJoined() throws {
    func entries(_ change: (inout PagesBuilder) -> Void) throws -> Int {
      var pages = PagesBuilder()
      change(&pages)
      return try pages.read().entries.count
    }
    #expect(
      try entries {
        $0.text(.paragraph, "It ended.", page: 1); $0.text(.paragraph, "goes on", page: 2)
      } == 2)
    #expect(
      try entries {
        $0.text(.paragraph, "It (ended.)", page: 1); $0.text(.paragraph, "goes on", page: 2)
      } == 2)
    #expect(
      try entries {
        $0.text(.paragraph, "It goes", page: 1); $0.text(.paragraph, "on", page: 2, size: 8)
      } == 2)
    #expect(
      try entries {
        $0.text(.paragraph, "It goes", page: 1); $0.text(.paragraph, "on", page: 2, bold: true)
      } == 2)
    #expect(
      try entries {
        $0.text(.paragraph, "It goes", page: 1); $0.text(.paragraph, "Anew", page: 2, indent: 15)
      } == 2)
    #expect(
      try entries {
        $0.text(.paragraph, "It stops", page: 1, lastLineGap: 200); $0.text(.paragraph, "Anew", page: 2)
      } == 2)
    #expect(
      try entries {
        $0.text(.paragraph, "It goes", page: 1); $0.text(.heading, "on", page: 2); $0.text(.paragraph, "on", page: 2)
      } == 3)
    #expect(
      try entries {
        $0.text(.paragraph, "It goes", page: 1); $0.text(.paragraph, "on", page: 3)
      } == 2)
    #expect(
      try entries {
        $0.text(.paragraph, "It goes", page: 1, y: 100); $0.text(.paragraph, "on", page: 1, y: 200)
      } == 2)
    #expect(
      try entries {
        $0.text(.paragraph, "It goes", page: 1); $0.gaps[2] = .crashed; $0.text(.paragraph, "on", page: 3)
      } == 2)
  }

  @Test("footnotes stand at the end of their page and are tied to the text that refers to them")
  func footnotes() throws {
    var pages = PagesBuilder()
    pages.text(.paragraph, "One ^1 and", page: 1)
    let one = pages.text(.footnote, "First note.", page: 1, y: 700, mark: "1")
    let two = pages.text(.footnote, "Second note.", page: 1, y: 720, mark: "*")
    pages.text(.paragraph, "more* text. Not 1 though.", page: 2)
    let three = pages.text(.footnote, "Third note.", page: 2, y: 700, mark: "*")
    let output = try pages.read()
    #expect(output.entries.map { $0.elements[0] } == [ElementID(page: 1, index: 0), one, two, three])
    #expect(output.entries[0].footnotes == [one, three])
  }

  @Test("a mark leads to the lines that it begins on the page, not to a note that has the same number")
  func affiliations() throws {
    var pages = PagesBuilder()
    pages.text(.paragraph, "Keith Smith ^1 and others", page: 1)
    pages.text(.paragraph, "^1 Royal Society, London", page: 1, y: 150)
    pages.text(.paragraph, "Text of the paper. ^1 And more of it.", page: 1, y: 300)
    let note = pages.text(.footnote, "A note.", page: 1, y: 700, mark: "1")
    #expect(try pages.read().entries.map(\.footnotes) == [[], [], [note], []])
  }

  @Test("powers and what stands in a formula lead to no note, two signs to one each")
  func powers() throws {
    var pages = PagesBuilder()
    pages.text(.formula, "so it. ^1 is", page: 1)
    pages.text(.paragraph, "of 10 ^1 metres", page: 1, y: 150)
    pages.text(.paragraph, "A title ^†∗ here", page: 1, y: 200)
    pages.text(.footnote, "A note.", page: 1, y: 700, mark: "1")
    let signs = ["∗", "†"].map { pages.text(.footnote, "A note.", page: 1, y: 720, mark: $0) }
    #expect(try pages.read().entries.prefix(3).map(\.footnotes) == [[], [], [signs[1], signs[0]]])
  }

  @Test("notes that lead back are answered to by marks of earlier pages, each once; other notes only by their page's")
  func endNotes() throws {
    var pages = PagesBuilder()
    pages.text(.paragraph, "One ^1 and two ^2 of them", page: 1)
    pages.text(.footnote, "A note of the page.", page: 1, y: 700, mark: "2")
    pages.text(.paragraph, "Three ^3 of 10 ^4 metres", page: 2)
    let notes = ["1", "2", "3", "4"].map { mark in
      pages.text(.footnote, mark == "3" ? "No way back." : "A note.\u{21A9}\u{FE0E}", page: 3, y: 100, mark: mark)
    }
    pages.text(.footnote, "Another.\u{21A9}", page: 4, mark: "1")
    let output = try pages.read()
    #expect(output.entries.map { $0.footnotes.filter { $0.page > 1 } }.prefix(3) == [[notes[0]], [], []])
    #expect(output.entries[0].footnotes.count == 2)
    #expect(output.entries.dropFirst().allSatisfy { $0.footnotes.isEmpty })
  }

  @Test("marks behind numbers that count up through notes that nothing else leads to are no powers")
  func marksBehindNumbers() throws {
    var pages = PagesBuilder()
    pages.text(.paragraph, "since 4.18 ^1 and", page: 1)
    pages.text(.paragraph, "since 5.2 ^2 again", page: 1, y: 150)
    pages.text(.paragraph, "in words ^3 only", page: 1, y: 200)
    let notes = ["1", "2", "3"].map { pages.text(.footnote, "A note.", page: 1, y: 700, mark: $0) }
    #expect(try pages.read().entries.prefix(3).map(\.footnotes) == [[notes[0]], [notes[1]], [notes[2]]])
    pages.text(.paragraph, "a square of 3 ^2 metres", page: 1, y: 220)
    #expect(try pages.read().entries.prefix(4).map(\.footnotes) == [[], [], [notes[2]], []])
  }

  @Test("pages that could not be read are listed")
  func missing() throws {
    var pages = PagesBuilder()
    pages.text(.paragraph, "Text.", page: 1)
    pages.gaps[2] = .timedOut
    #expect(try pages.read().missing == [MissingPage(page: 2, code: .timedOut)])
  }

  @Test("joining can be switched off")
  func options() throws {
    var pages = PagesBuilder()
    pages.text(.paragraph, "It goes", page: 1, y: 600)
    pages.table([["a", "1"]], page: 1, top: 650, bottom: 750)
    pages.table([["b", "2"]], page: 2, top: 60, bottom: 200)
    pages.text(.paragraph, "on.", page: 2, y: 300)
    var options = ReadingOrderOptions()
    #expect(try pages.read(options).entries.count == 2)
    options.joinParagraphs = false
    options.joinTables = false
    #expect(try pages.read(options).entries.count == 4)
  }
}
