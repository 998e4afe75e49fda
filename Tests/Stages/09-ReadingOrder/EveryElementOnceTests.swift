import Contracts
import DocumentModel
import StageKit
import TestSupport
import Testing

@testable import ReadingOrder

@Suite("Every element once")
struct EveryElementOnceTests {
  private static func document(_ seed: UInt64) -> PagesBuilder {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func roll(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    var pages = PagesBuilder()
    let kinds: [RegionKind] = [
      .paragraph, .paragraph, .paragraph, .heading, .listItem, .code, .footnote, .caption, .pageHeader, .pageNumber,
      .title,
      .keyValue, .formula,
    ]
    let texts = ["goes on", "It ended.", "a docu-", "Anew it", "see ^1 and", "ment", "more*", "第一", ""]
    for page in 1...(1 + roll(5)) {
      if roll(8) == 0 {
        pages.gaps[page] = .crashed
        continue
      }
      let columns = roll(2) == 0 ? PagesBuilder.twoColumns : []
      pages.page(page, columns: columns)
      for _ in 0..<roll(10) {
        let column = columns.isEmpty || roll(3) == 0 ? nil : roll(2)
        let y = Double(50 + roll(650))
        switch roll(7) {
        case 6: pages.figure(page: page, y: 20, kind: .logo)
        case 0: pages.figure(page: page, y: y, column: column)
        case 1: pages.table([["a", "b"], ["c", "d"]], page: page, top: y, bottom: y + 50, headerRows: roll(2))
        default:
          pages.text(
            kinds[roll(kinds.count)], texts[roll(texts.count)], page: page, y: y, column: column,
            width: Double(60 + roll(400)),
            size: Double(8 + roll(3)), lastLineGap: Double(roll(40)), captionOf: roll(3) == 0 ? roll(8) : nil,
            mark: roll(2) == 0 ? "1" : nil)
        }
      }
    }
    return pages
  }

  @Test("every element of every page is in one entry, a caption, or furniture", arguments: UInt64(1)...200)
  func everyElementOnce(seed: UInt64) throws {
    let pages = Self.document(seed)
    let output = try pages.read()
    let told = output.entries.flatMap { $0.elements + $0.captions } + output.furniture
    let all = pages.pages.filter { pages.gaps[$0.key] == nil }.flatMap { number, page in
      page.elements.indices.map { ElementID(page: number, index: $0) }
    }
    #expect(told.sorted() == all.sorted())
    for entry in output.entries { #expect(entry.joins.count == entry.elements.count - 1) }
    let heads = Set(output.entries.flatMap(\.elements))
    #expect(output.entries.allSatisfy { $0.footnotes.allSatisfy(heads.contains) })
    #expect(output == (try pages.read()))
  }

  @Test("offsets of the joined text lead back to the words", arguments: UInt64(1)...80)
  func offsetsLeadBack(seed: UInt64) throws {
    let pages = Self.document(seed)
    let output = try pages.read()
    let reader = ElementReader(EveryPage(unit: UnitID(.sections), artifacts: try pages.artifacts()))
    for entry in output.entries {
      let text = try EntryText(entry, reader: reader)
      #expect(text.length == text.text.unicodeScalars.count)
      let scalars = Array(text.text.unicodeScalars)
      for piece in text.pieces {
        let own = Array(piece.run.text.unicodeScalars.prefix(piece.length))
        #expect(Array(scalars[piece.start..<piece.start + piece.length]) == own)
        for (word, start) in zip(piece.run.words, piece.run.starts) where start < piece.length {
          let found = text.words(in: piece.start + start..<piece.start + start + 1)
          #expect(found.contains { $0.element == piece.element && $0.words.contains(word) })
        }
      }
    }
  }
}
