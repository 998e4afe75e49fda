import CanonicalJSON
import Checkpoints
import Contracts
import DocumentModel
import Foundation
import Ledger
import StageKit
import Testing

@testable import Inspection

/// Proves of a finished job that no export has a word of unknown origin, and that no word is lost.
struct TracedDocument {
  let state: JobSnapshot

  init(_ state: JobSnapshot) { self.state = state }

  func check() throws {
    var pages: [Int: PageTrace] = [:]
    for page in state.pages where try state.output(OCROutput.self, .page(page)) != nil {
      pages[page] = try PageTrace(state, page)
    }
    var told: [ExportFormat: Set<Place>] = [:]
    for format in ExportFormat.allCases {
      for file in try ExportedText.all(format, of: state) {
        try checkBack(file, pages)
        for part in file.parts {
          guard case .words(let words, let page, _) = part.origin else { continue }
          told[format, default: []].formUnion(words.map { Place(page: page, word: $0) })
        }
      }
    }
    let repeating = try DocumentTrace(state).repeating
    for (page, trace) in pages { checkForward(page, trace, told, repeating) }
  }

  private struct Place: Hashable {
    let page: Int
    let word: Int
  }

  // MARK: Back

  private func checkBack(_ file: ExportedText, _ pages: [Int: PageTrace]) throws {
    var end = 0
    var wrong: [String] = []
    for part in file.parts {
      #expect(part.range.lowerBound >= end, "\(file.suffix): stretches overlap")
      end = part.range.upperBound
      guard case .words(let words, let page, let element) = part.origin else { continue }
      for word in words { #expect(pages[page]?.word(word) != nil, "\(file.suffix) names no word: \(page)/\(word)") }
      #expect(!words.isEmpty || element != nil, "\(file.suffix): a value from nowhere: \(file.text(part.range))")
      guard words.count == 1, let word = pages[page]?.word(words[0]), Self.tellsWords(file.format) else { continue }
      let (text, printed) = (Self.letters(file, part.range), ExportedText.letters(word.text.precomposed))
      // The stop behind a link is of its last word, and stands for itself.
      if text.isEmpty, word.text.contains(file.text(part.range)) { continue }
      guard text != printed, !printed.contains(text), !text.contains(printed), !Self.isNormalised(word.text) else {
        continue
      }
      wrong.append("\(word.text) of page \(page) as \(file.text(part.range))")
    }
    #expect(wrong.isEmpty, "\(file.suffix) tells \(wrong.prefix(5))")
    let bare = Self.bareLetters(file)
    #expect(bare.isEmpty, "\(file.suffix) of \(state.record.manifest.name) has text from nowhere: \(bare.prefix(5))")
  }

  /// Whether a stretch is the word as it was, not a value made of it.
  private static func tellsWords(_ format: ExportFormat) -> Bool {
    [.markdown, .html, .text, .csv, .hocr].contains(format)
  }

  private static func letters(_ file: ExportedText, _ range: Range<Int>) -> String {
    let text = file.text(range)
    let plain = [.html, .hocr, .markdown].contains(file.format) ? unescaped(text) : text
    return ExportedText.letters(plain.precomposed)
  }

  private static func unescaped(_ text: String) -> String {
    text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&amp;", with: "&")
  }

  /// Ligatures, private glyphs and symbols are told in other letters.
  private static func isNormalised(_ text: String) -> Bool {
    text.precomposed != text.precomposedStringWithCompatibilityMapping
      || text.unicodeScalars.contains { $0.properties.generalCategory == .privateUse }
      || text.unicodeScalars.contains { $0.properties.generalCategory == .unassigned }
  }

  /// Stretches with letters or digits that no part covers and that are no markup.
  private static func bareLetters(_ file: ExportedText) -> [String] {
    var covered = [Bool](repeating: false, count: file.bytes.count)
    for part in file.parts { for place in part.range { covered[place] = true } }
    // Bytes that no part covers, as one text; what is covered shows as a space.
    let rest = String(
      decoding: file.bytes.indices.map { covered[$0] ? UInt8(ascii: "\u{1}") : file.bytes[$0] }, as: UTF8.self)
    let markup: [Regex<AnyRegexOutput>] = markup(file.format).compactMap { try? Regex($0) }
    var text = rest
    for pattern in markup { text = text.replacing(pattern, with: " ") }
    return text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  private static func markup(_ format: ExportFormat) -> [String] {
    switch format {
    case .markdown: ["(?s)<[^>]*>", "\\]\\([^)]*\\)", "\\]\\(<[^>]*>\\)"]
    case .html, .hocr: ["(?s)<style>.*?</style>", "(?s)<[^>]*>"]
    case .text, .csv: []
    // Addresses of links, names of members, numbers, and strings of closed sets; texts are covered.
    case .json, .chunks, .fields:
      [#""link":"[^"]*""#, "\"[^\"\\x01\\\\]*\":", closed, #"\\[nrt]"#, "\\b(true|false|null)\\b", "-?[0-9.]+"]
    case .pdf: []
    }
  }

  private static let closed =
    "\"(sheaf\\.[a-z]+/1|sha256:[0-9a-f]+|[0-9a-f]{16}|p[0-9]+\\.[0-9]+|"
    + "[a-z0-9_.-]+|image/[a-z]+|[A-Z]{3}|W-2|1099[A-Z-]*|1040)\""

  // MARK: Forward

  private func checkForward(
    _ page: Int, _ trace: PageTrace, _ told: [ExportFormat: Set<Place>], _ repeating: Set<ElementID>
  ) {
    for index in trace.words.indices {
      guard let word = trace.word(index), word.dropped == nil else { continue }
      // Control characters alone are no text.
      guard !ExportedText.letters(word.text).isEmpty else { continue }
      guard let element = word.element else {
        #expect(word.figure != nil, "nothing was made of \(word.text), word \(index) of page \(page)")
        continue
      }
      let kind = trace.elements[element.index].kind
      // Lettering inside a picture is told as the picture's.
      guard word.figure == nil || kind != .figure else { continue }
      // A header that a table prints again on another page is told once.
      if repeating.contains(element), let cell = word.cell,
        cell.row < trace.elements[element.index].table?.headerRows ?? 0
      {
        continue
      }
      let place = Place(page: page, word: index)
      #expect(told[.json]?.contains(place) == true, "JSON lost \(word.text), word \(index) of page \(page)")
      if !kind.isFurniture, !word.isMark {
        #expect(told[.markdown]?.contains(place) == true, "Markdown lost \(word.text), word \(index) of page \(page)")
      }
    }
  }
}

extension String {
  fileprivate var precomposed: String { precomposedStringWithCanonicalMapping }
}
