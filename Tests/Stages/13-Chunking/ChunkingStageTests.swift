import Contracts
import DocumentModel
import StageKit
import Testing

@testable import Chunking

@Suite("Chunking")
struct ChunkingStageTests {
  private func words(_ count: Int, _ word: String = "word") -> String {
    Array(repeating: word, count: count).joined(separator: " ")
  }

  @Test("paragraphs are packed up to the size and not cut where they fit")
  func paragraphs() throws {
    var document = DocumentSketch()
    for letter in ["a", "b", "c", "d"] { document.add(.paragraph, words(8, letter)) }
    document.add(.paragraph, words(15, "e"))
    let chunks = try document.chunks()
    #expect(chunks.map(\.tokens) == [16, 16, 15])
    #expect(document.text(chunks[2]) == words(15, "e"))
  }

  @Test("a long paragraph is cut between sentences, a long sentence between words, a long word anywhere")
  func cuts() throws {
    var document = DocumentSketch()
    document.add(.paragraph, "\(words(9, "a")) a. \(words(9, "b")) b. \(words(9, "c")) c.")
    #expect(try document.chunks().map(\.tokens) == [20, 10])
    document = DocumentSketch()
    document.add(.paragraph, words(45))
    #expect(try document.chunks().map(\.tokens) == [20, 20, 5])
    document = DocumentSketch()
    document.add(.paragraph, String(repeating: "字", count: 50))
    #expect(try document.chunks().map(\.tokens) == [20, 20, 10])
  }

  @Test("no chunk reaches over an outermost section, however small")
  func outermost() throws {
    var document = DocumentSketch()
    document.add(.paragraph, "Before all.")
    document.heading("One")
    document.add(.paragraph, "Text.")
    document.heading("Two")
    document.add(.paragraph, "Text.")
    let chunks = try document.chunks()
    #expect(chunks.map(document.text) == ["Before all.", "One | Text.", "Two | Text."])
    #expect(chunks.map(\.headings) == [[], [0], [1]])
  }

  @Test("small sections below one parent are joined, and the headings they share lead to them")
  func smallSections() throws {
    var document = DocumentSketch()
    document.heading("One")
    document.heading("First", level: 2)
    document.add(.paragraph, words(5))
    document.heading("Second", level: 2)
    document.add(.paragraph, words(5))
    document.heading("Third", level: 2)
    document.add(.paragraph, words(12))
    let chunks = try document.chunks()
    #expect(chunks.map(\.tokens) == [13, 13])
    #expect(chunks.map(\.headings) == [[0], [0, 3]])
  }

  @Test("a heading is not the last of a chunk")
  func headings() throws {
    var document = DocumentSketch()
    document.heading("One")
    document.heading("Inner", level: 2)
    document.add(.paragraph, words(14))
    document.add(.heading, "Not in the tree")
    document.add(.paragraph, words(10))
    let chunks = try document.chunks()
    #expect(chunks.map(\.tokens) == [16, 14])
    #expect(document.text(chunks[0]).hasPrefix("One | Inner | word"))
    #expect(document.text(chunks[1]).hasPrefix("Not in the tree | word"))
  }

  @Test("a list stays together where it fits, with the text that announces it")
  func lists() throws {
    var document = DocumentSketch()
    document.add(.paragraph, words(10))
    document.add(.paragraph, "These are three:")
    for _ in 0..<3 { document.add(.listItem, words(4)) }
    #expect(try document.chunks().map(\.tokens) == [10, 15])
    for _ in 0..<5 { document.add(.listItem, words(4)) }
    let chunks = try document.chunks()
    #expect(chunks.map(\.tokens).reduce(0, +) == 45)
    #expect(chunks.allSatisfy { $0.tokens <= 20 })
  }

  @Test("a paragraph that belongs to an item stays with it")
  func itemParagraph() throws {
    var document = DocumentSketch()
    document.add(.paragraph, words(12))
    document.add(.listItem, words(4))
    document.add(.paragraph, words(4), listLevel: 1)
    document.add(.listItem, words(4))
    #expect(try document.chunks().map(\.tokens) == [12, 12])
  }

  @Test("a table that fits stays whole, with its caption")
  func wholeTable() throws {
    var document = DocumentSketch()
    document.add(.paragraph, words(10))
    document.table([[["a", "b"], ["c", "d"], ["e", "f"]]], caption: "Table 1 Letters and more of them")
    let chunks = try document.chunks()
    #expect(chunks.map(\.tokens) == [10, 13])
    #expect(chunks[1].spans == [ChunkSpan(entry: 1, start: 0, end: 3)])
  }

  @Test("a longer table is cut between rows and repeats its header; its rows count on over pages")
  func cutTable() throws {
    var document = DocumentSketch()
    let row = ["one two", "three four"]
    let header = ["Key", "Value"]
    document.table([[header] + Array(repeating: row, count: 4), [header] + Array(repeating: row, count: 5)])
    document.add(.paragraph, words(3))
    let chunks = try document.chunks()
    #expect(chunks.map(document.text) == ["[0..<5]", "[header, 5..<9]", "[header, 9..<10] | word word word"])
    #expect(chunks.map(\.tokens) == [18, 18, 9])
    #expect(chunks.map(\.pages) == [[1], [2], [2]])
  }

  @Test("a row that a page's end cuts is one row, on both pages")
  func cutRow() throws {
    var document = DocumentSketch()
    let header = ["Key", "Value"]
    document.table(
      [
        [header, ["one", words(6)], ["two", words(3, "above")]],
        [header, ["", words(4, "below")], ["three", words(6)]],
      ], join: .cellsRepeatingHeader)
    let chunks = try document.chunks { $0.size = 12 }
    #expect(chunks.map(document.text) == ["[0..<2]", "[header, 2..<3]", "[header, 3..<4]"])
    #expect(chunks.map(\.tokens) == [9, 10, 9])
    #expect(chunks.map(\.pages) == [[1], [1, 2], [2]])
  }

  @Test("rows that a cell spans are not parted")
  func spannedRows() throws {
    var document = DocumentSketch()
    let row = ["one two", "three four"]
    document.table([Array(repeating: row, count: 9)], headerRows: 0, spanning: [3: 3])
    #expect(try document.chunks().map { document.text($0) } == ["[0..<3]", "[3..<8]", "[8..<9]"])
  }

  @Test("footnotes go with the text that has their mark, else to the end of the section")
  func footnotes() throws {
    var document = DocumentSketch()
    document.heading("One")
    let note = ElementID(page: 1, index: 3)
    document.add(.paragraph, words(8, "a"), notes: [note])
    document.add(.paragraph, words(8, "b"))
    document.add(.footnote, words(5, "note"))
    document.add(.footnote, words(3, "stray"))
    document.heading("Two")
    document.add(.paragraph, "End.")
    let chunks = try document.chunks()
    #expect(chunks.map(document.text)[0] == "One | \(words(8, "a")) | \(words(5, "note"))")
    #expect(chunks.map(document.text)[1] == "\(words(8, "b")) | \(words(3, "stray"))")
    #expect(chunks.count == 3)
  }

  @Test("the next chunk repeats whole sentences, never those of another section")
  func overlap() throws {
    var document = DocumentSketch()
    document.heading("One")
    document.add(.paragraph, "\(words(8, "a")) end. B b b.")
    document.add(.paragraph, "\(words(9, "c")) c.")
    document.add(.paragraph, "\(words(14, "d")) d.")
    document.heading("Two")
    document.add(.paragraph, words(15, "e"))
    let chunks = try document.chunks { $0.overlap = 6 }
    #expect(
      chunks.map(document.text) == [
        "One | \(words(8, "a")) end. B b b.", "B b b. | \(words(9, "c")) c.", "\(words(14, "d")) d.",
        "Two | \(words(15, "e"))",
      ])
  }

  @Test("figures are kept by their captions, and pages of joined paragraphs are told")
  func figuresAndPages() throws {
    var document = DocumentSketch()
    document.figure(caption: nil)
    document.figure(caption: "Figure 1 A thing")
    document.addAcrossPages("It goes on", "over the page.")
    let chunks = try document.chunks()
    #expect(chunks.map(\.tokens) == [10])
    #expect(chunks[0].pages == [1, 2] && chunks[0].spans.map(\.entry) == [0, 1, 2])
  }

  @Test("ids depend on the document and the place, and nothing else")
  func ids() throws {
    var document = DocumentSketch()
    document.add(.paragraph, words(18, "a"))
    document.add(.paragraph, words(18, "b"))
    let first = try document.chunks()
    document.add(.paragraph, words(18, "c"))
    let second = try document.chunks()
    #expect(first.map(\.id) == Array(second.map(\.id).prefix(2)))
    #expect(Set(second.map(\.id)).count == 3 && second.allSatisfy { $0.id.count == 16 })
    let other = try document.output(
      ChunkingOptions(), sections: document.sections, source: Digest(of: Array("other".utf8)))
    let same = try document.output(ChunkingOptions(), sections: document.sections)
    #expect(other.chunks[0].spans == same.chunks[0].spans && other.chunks[0].id != same.chunks[0].id)
  }

  @Test("an edited section tree that overlaps, leaves out and overruns still yields every entry once")
  func brokenTree() throws {
    var document = DocumentSketch()
    for index in 0..<6 { document.add(.paragraph, "Text \(index).") }
    let tree = [
      Section(heading: 9, start: 1, end: 4, children: [Section(heading: nil, start: -5, end: 900, children: [])]),
      Section(heading: nil, start: 2, end: 5, children: []),
    ]
    let output = try document.output(ChunkingOptions(), sections: tree)
    #expect(output.chunks.flatMap { $0.spans.map(\.entry) } == Array(0..<6))
  }

  @Test("an empty document has no chunks")
  func empty() throws {
    #expect(try DocumentSketch().chunks().isEmpty)
  }
}
