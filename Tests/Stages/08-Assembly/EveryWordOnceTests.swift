import Contracts
import DocumentModel
import TestSupport
import Testing

@testable import Assembly

@Suite("Every word once")
struct EveryWordOnceTests {
  /// A page of random regions, some under tables and figures, some words dropped, some in no region at all.
  private static func page(_ seed: UInt64) -> PageBuilder {
    var dice = SeededGenerator(seed)
    var page = PageBuilder()
    let kinds: [RegionKind] = [
      .paragraph, .heading, .listItem, .table, .figure, .code, .footnote, .caption, .keyValue, .pageFooter, .title,
    ]
    var serial = 0
    var y = 40.0
    for _ in 0..<(3 + dice.below(6)) {
      let kind = kinds[dice.below(kinds.count)]
      let texts = (0..<(1 + dice.below(4))).map { _ in
        (0..<(1 + dice.below(5))).map { _ in
          serial += 1
          let core = "w\(serial)q"
          return ["\(core)", "*\(core)*", "/\(core)/", "`\(core)`", "\(core)~", "\(core)."][dice.below(6)]
        }.joined(separator: " ")
      }
      let first = page.words.count
      page.region(kind, texts, y: y, size: 8 + Double(dice.below(4)))
      y += 60
      let range = Array(first..<page.words.count)
      if kind == .table, dice.below(2) == 0 {
        let half = range.prefix(1 + dice.below(range.count))
        page.table(half.enumerated().map { ($0.offset, 0, [$0.element]) }, rows: half.count, columns: 1)
      }
      if kind == .figure, dice.below(2) == 0, let region = page.regions.last {
        page.figures.append(
          Figure(
            kind: dice.below(3) == 0 ? .decoration : .image, box: region.box, file: "f.png", mediaType: "image/png",
            pixels: nil, caption: nil, lines: region.lines))
      }
    }
    // A line without a region, a word without a line, a dropped word, a region that names lines twice.
    serial += 1
    page.line("w\(serial)q loose", y: y + 20)
    page.words.append(
      Word(
        text: "alone", box: BoundingBox(left: 500, top: y + 40, right: 540, bottom: y + 50), source: .recognition,
        size: 9))
    page.dropped = [DroppedWord(word: dice.below(page.words.count - 1), reason: .duplicate)]
    if dice.below(3) == 0, let region = page.regions.first { page.regions.append(region) }
    return page
  }

  @Test("every word that is not dropped is told exactly once", arguments: UInt64(0)..<120)
  func everyWordOnce(seed: UInt64) throws {
    let page = Self.page(seed)
    let output = try page.assemble()
    let told = Self.told(output, page)
    let dropped = Set(page.dropped.map(\.word))
    for (index, word) in page.words.enumerated() {
      #expect(told[index, default: 0] == (dropped.contains(index) ? 0 : 1), "word \(index) \(word.text)")
    }
  }

  @Test("runs say where each word begins", arguments: UInt64(200)..<260)
  func startsAreExact(seed: UInt64) throws {
    let page = Self.page(seed)
    for element in try page.assemble().elements {
      for run in element.runs + (element.table?.cells.flatMap(\.runs) ?? []) {
        #expect(run.words.count == run.starts.count)
        let scalars = Array(run.text.unicodeScalars)
        for (word, start) in zip(run.words, run.starts) {
          let text = Array(WordText.normalised(page.words[word].text).unicodeScalars)
          #expect(Array(scalars[start..<min(start + text.count, scalars.count)]) == text)
        }
      }
    }
  }

  @Test("the same page yields the same elements", arguments: UInt64(300)..<310)
  func deterministic(seed: UInt64) throws {
    #expect(try Self.page(seed).assemble() == Self.page(seed).assemble())
  }

  /// How often each word is told: by index in runs and cells, by its letters inside figures and as marker or mark.
  private static func told(_ output: AssemblyOutput, _ page: PageBuilder) -> [Int: Int] {
    var told: [Int: Int] = [:]
    let inside = output.elements.compactMap { $0.figure?.inside }.flatMap { text in
      text.split(whereSeparator: { $0 == " " || $0 == "\n" })
    }.map(String.init)
    for element in output.elements {
      for run in element.runs + (element.table?.cells.flatMap(\.runs) ?? []) {
        for word in run.words { told[word, default: 0] += 1 }
      }
    }
    // Words inside figures are joined where they touch: their letters are unique, so they are found as parts.
    for (index, word) in page.words.enumerated() {
      let core = word.text.hasSuffix(".") ? String(word.text.dropLast()) : word.text
      told[index, default: 0] += inside.filter { $0.contains(core) }.count
    }
    return told
  }
}
