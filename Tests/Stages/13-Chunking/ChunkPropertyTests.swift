import Contracts
import DocumentModel
import TestSupport
import Testing

@testable import Chunking

@Suite("Chunks of any document")
struct ChunkPropertyTests {
  @Test(
    "cover all text, keep to the size, stay within their section and count what they hold", arguments: UInt64(1)...90)
  func properties(seed: UInt64) throws {
    var dice = SeededGenerator(seed)
    let document = sketch(&dice)
    var options = ChunkingOptions()
    options.size = [16, 24, 40, 100][dice.below(4)]
    options.overlap = [0, 6, 20][dice.below(3)]
    options.counter = TokenCounterName.allCases[dice.below(3)]
    let counter = options.counter.counter
    let output = try document.output(options, sections: document.sections)
    var covered: [Int: Set<Int>] = [:]
    for chunk in output.chunks {
      // A row is the smallest piece of a table; every other piece can be cut to the size.
      let oversize = chunk.spans.contains { isTable($0.entry, document) }
      #expect(chunk.tokens <= options.size || oversize)
      #expect(chunk.tokens > 0)
      for span in chunk.spans { covered[span.entry, default: []].formUnion(span.start..<span.end) }
      if !oversize {
        let counted = chunk.spans.reduce(0) { $0 + counter.count(text($1, document)[...]) }
        #expect(chunk.tokens == counted)
      }
      let sections = document.sections.filter { section in
        chunk.spans.contains { (section.start..<section.end).contains($0.entry) }
      }
      #expect(sections.count == 1)
      let last = chunk.spans[chunk.spans.count - 1].entry
      #expect(chunk.headings.allSatisfy { document.headings[$0].entry <= last })
    }
    for entry in document.entries.indices where !isTable(entry, document) {
      let scalars = text(ChunkSpan(entry: entry, start: 0, end: .max), document)
      let missed = scalars.indices.filter { !covered[entry, default: []].contains($0) }
      #expect(missed.allSatisfy { scalars[$0].properties.isWhitespace })
    }
    #expect(Set(output.chunks.map(\.id)).count == output.chunks.count)
  }

  @Test(
    "no counter counts more tokens than scalars, nor fewer for the parts of a text than for the whole",
    arguments: TokenCounterName.allCases)
  func counters(name: TokenCounterName) {
    let counter = name.counter
    var dice = SeededGenerator(7)
    let alphabet = Array("aé ж字 .,1\n一()\u{301}".unicodeScalars)
    for _ in 0..<300 {
      let text = (0..<dice.below(40)).map { _ in alphabet[dice.below(alphabet.count)] }
      let cut = dice.below(text.count + 1)
      let whole = counter.count(text[...])
      #expect(whole <= text.count)
      #expect(counter.count(text[..<cut]) + counter.count(text[cut...]) >= whole)
    }
  }

  @Test(
    "counters count as their rules say",
    arguments: [
      (TokenCounterName.words, "Two words", 2), (.words, "日本語。", 3), (.words, "  ", 0), (.characters4, "abcde", 2),
      (.characters4, "", 0), (.wordPieces, "Hello world", 2), (.wordPieces, "internationalisation", 3),
      (.wordPieces, "in 2026, yes.", 6), (.wordPieces, "привет", 2), (.wordPieces, "日本", 2),
    ])
  func rules(name: TokenCounterName, text: String, tokens: Int) {
    #expect(name.counter.count(text) == tokens)
  }

  private func isTable(_ entry: Int, _ document: DocumentSketch) -> Bool {
    let id = document.entries[entry].elements[0]
    return document.pages[id.page - 1][id.index].table != nil
  }

  private func text(_ span: ChunkSpan, _ document: DocumentSketch) -> [Unicode.Scalar] {
    let id = document.entries[span.entry].elements[0]
    let all = Array(document.pages[id.page - 1][id.index].text.unicodeScalars)
    return Array(all[span.start..<min(span.end, all.count)])
  }

  private func sketch(_ dice: inout SeededGenerator) -> DocumentSketch {
    var document = DocumentSketch()
    var level = 0
    for _ in 0..<(1 + dice.below(40)) {
      let text = sentence(&dice)
      switch dice.below(10) {
      case 0, 1:
        level = 1 + dice.below(level + 1)
        document.heading(words(1 + dice.below(3), &dice), level: level)
      case 2: document.add(.listItem, text)
      case 3: document.table([(0..<(2 + dice.below(9))).map { _ in [words(2, &dice), words(3, &dice)] }])
      case 4: document.newPage()
      case 5: document.add(.footnote, text)
      case 6: document.add(.paragraph, words(3, &dice) + ":")
      default: document.add(.paragraph, (0..<dice.below(6)).map { _ in sentence(&dice) }.joined(separator: " ") + "x")
      }
    }
    return document
  }

  private func sentence(_ dice: inout SeededGenerator) -> String {
    let body = words(1 + dice.below(30), &dice)
    return "A" + body + [".", "!", "?", ""][dice.below(4)]
  }

  private func words(_ count: Int, _ dice: inout SeededGenerator) -> String {
    (0..<count).map { _ in ["a", "word", "long-winded", "字字字", "12,345", "Donaudampfschifffahrt"][dice.below(6)] }
      .joined(separator: " ")
  }
}
