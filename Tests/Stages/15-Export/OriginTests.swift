import CanonicalJSON
import Contracts
import DocumentModel
import Foundation
import StageKit
import TestSupport
import Testing

@testable import Export

@Suite("The map of where an export's words came from")
struct OriginTests {
  @Test("names for every word of every element its bytes in every export", arguments: 1...12)
  func complete(seed: UInt64) throws {
    var made = MadeWords()
    let document = Self.document(seed, &made)
    let all = Set(made.texts.flatMap { page, words in words.indices.map { Place(page: page, word: $0) } })
    try check(document, MarkdownExport.self, made, all) { Self.unescapedMarkdown($0) }
    let told = all.filter { made.numbers[$0.page]?.contains($0.word) != true }
    try check(document, HTMLExport.self, made, told, Self.unescapedHTML)
    try check(document, TextExport.self, made, all) { $0 }
    try check(document, CSVExport.self, made, []) { $0.replacing("\"\"", with: "\"") }
  }

  @Test("leaves no letter of plain text without an origin", arguments: 1...12)
  func sound(seed: UInt64) throws {
    var made = MadeWords()
    let (bytes, parts) = try Self.exported(Self.document(seed, &made), TextExport.self)
    var covered = [Bool](repeating: false, count: bytes.count)
    for part in parts { for place in part.range { covered[place] = true } }
    let bare = bytes.indices.filter { !covered[$0] && !" \n-|".utf8.contains(bytes[$0]) }
    #expect(bare.isEmpty, "\(String(decoding: bytes, as: UTF8.self))")
  }

  @Test("comes back out of text that went through JSON, whatever the text holds")
  func tags() throws {
    let words = TextOrigin.words([3, 4], page: 2, element: nil)
    let gap = TextOrigin.made(.figureName, element: ElementID(page: 7, index: 3))
    let text = TracedText("a\"\u{F5D0}b", words) + " \u{F5D2} " + TracedText("Größe\n", gap)
    let (bytes, marks) = OriginTags.parted(try JSONValue.traced(text).canonicalBytes)
    #expect(String(decoding: bytes, as: UTF8.self) == "\"a\\\"\u{FFFD}b \u{FFFD} Größe\\n\"")
    #expect(marks.map(\.origin) == [words, gap])
    #expect(marks.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) } == ["a\\\"\u{FFFD}b", "Größe\\n"])
  }

  private struct Place: Hashable {
    let page: Int
    let word: Int
  }

  /// Looks whether each word's bytes, read back, are the word, and whether all that are wanted are there.
  private func check<S: Stage>(
    _ document: MadeDocument, _ stage: S.Type, _ made: MadeWords, _ wanted: Set<Place>, _ read: (String) -> String
  ) throws where S.Output == ExportOutput {
    let (bytes, parts) = try Self.exported(document, stage)
    var found: Set<Place> = []
    var end = 0
    for part in parts {
      #expect(part.range.lowerBound >= end)
      end = part.range.upperBound
      guard case .words(let words, let page, _) = part.origin, let word = words.first else { continue }
      let text = read(String(decoding: bytes[part.range], as: UTF8.self))
      let printed = made.texts[page]?[word] ?? ""
      // A marker's number is told without its dress, a footnote's mark as a label.
      #expect(text == printed || printed.contains(text), "\(S.self) tells \(printed) as \(text)")
      found.insert(Place(page: page, word: word))
    }
    #expect(wanted.subtracting(found).isEmpty, "\(S.self) lost words")
  }

  private static func exported<S: Stage>(_ document: MadeDocument, _ stage: S.Type) throws -> (
    bytes: [UInt8], parts: [OriginStretch.Part]
  ) where S.Output == ExportOutput {
    let context = try RecordingContext(UnitID(.export, .format(S.format?.rawValue ?? "")))
    let output = try S().run(
      S.Input(unit: context.unit, artifacts: try document.artifacts()), options: S.Options(), context: context)
    guard let file = output.files.first, let origins = file.origins else { return ([], []) }
    let lines = try context.bytes(of: origins).split(separator: UInt8(ascii: "\n"))
    return (
      try context.bytes(of: file.file),
      try lines.flatMap { try CanonicalDecoder().decode(OriginStretch.self, from: Array($0)).parts }
    )
  }

  private static func document(_ seed: UInt64, _ made: inout MadeWords) -> MadeDocument {
    var random = SeededGenerator(seed)
    var document = MadeDocument()
    for _ in 0..<(20 + random.below(20)) {
      let page = document.page
      var runs: [TextRun] {
        (0...random.below(3)).map { _ in
          made.run(
            MadeWords.line(&random) + (random.below(2) == 0 ? " " : ""), page: page,
            TextStyle(rawValue: random.below(8)), link: random.below(6) == 0 ? "https://example.org" : nil)
        }
      }
      switch random.below(10) {
      case 0: document.newPage()
      case 1: document.add(.code, [made.run(MadeWords.line(&random), page: page)])
      case 2:
        let marker = ["•", "(b)", "3.", "☐"][random.below(4)]
        if marker == "•" {
          document.add(.listItem, runs, list: ListMarker(ordered: false, marker: marker, level: 1))
        } else {
          document.add(
            .listItem, runs, list: ListMarker(ordered: marker != "☐", marker: marker, level: 1),
            markWords: [made.word(marker, page: page)])
        }
      case 3:
        let cells = (0..<6).map { index in
          ElementCell(
            row: index / 2, column: index % 2, header: index < 2,
            box: BoundingBox(left: 0, top: 0, right: 1, bottom: 1),
            runs: [made.run(MadeWords.line(&random), page: page)])
        }
        document.add(
          .table, [], table: ElementTable(index: 0, rows: 3, columns: 2, headerRows: 1, stubColumns: 0, cells: cells))
      case 4:
        let first = document.place(.paragraph, [made.run(MadeWords.line(&random), page: page)])
        let second = document.place(.paragraph, runs)
        document.order.append(ReadingEntry(elements: [first, second], joins: [.space]))
      case 5:
        let listing = (0..<2).map { _ in document.place(.code, [made.run(MadeWords.line(&random), page: page)]) }
        document.order.append(
          ReadingEntry(elements: listing, joins: [.lines], listLevel: random.below(2) == 0 ? 1 : nil))
      case 6: document.order.append(ReadingEntry(elements: [document.place(.paragraph, runs)], listLevel: 1))
      default: document.add(.paragraph, runs)
      }
    }
    return document
  }

  private static func unescapedMarkdown(_ text: String) -> String {
    if text.hasPrefix("<") || text.contains("&lt;") || text.contains("&quot;") { return unescapedHTML(text) }
    var result = String.UnicodeScalarView()
    var escaped = false
    for scalar in text.unicodeScalars {
      if !escaped, scalar == "\\" {
        escaped = true
        continue
      }
      if escaped, !(scalar.isASCII && !scalar.properties.isAlphabetic) { result.append("\\") }
      escaped = false
      result.append(scalar)
    }
    return String(result)
  }

  private static func unescapedHTML(_ text: String) -> String {
    text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&amp;", with: "&")
  }
}
