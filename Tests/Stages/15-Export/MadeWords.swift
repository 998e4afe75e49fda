import DocumentModel
import StageKit
import TestSupport

@testable import Export

/// Makes runs whose words are known, each once, and remembers their texts by page.
struct MadeWords {
  private(set) var texts: [Int: [String]] = [:]

  /// A run of words parted by spaces, with markup signs among them.
  mutating func run(_ text: String, page: Int, _ style: TextStyle = [], link: String? = nil) -> TextRun {
    var words: [Int] = []
    var starts: [Int] = []
    var offset = 0
    for (index, word) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      if index > 0 { offset += 1 }
      guard !word.isEmpty else { continue }
      words.append(texts[page, default: []].count)
      starts.append(offset)
      texts[page, default: []].append(String(word))
      offset += word.unicodeScalars.count
    }
    return TextRun(text: text, style: style, link: link, words: words, starts: starts)
  }

  /// The words of list markers that count: HTML tells those by its tags.
  private(set) var numbers: [Int: Set<Int>] = [:]

  /// A word of its own, for markers.
  mutating func word(_ text: String, page: Int) -> Int {
    texts[page, default: []].append(text)
    if text == "3." { numbers[page, default: []].insert(texts[page, default: []].count - 1) }
    return texts[page, default: []].count - 1
  }

  static func line(_ random: inout SeededGenerator) -> String {
    (0...random.below(9)).map { _ in pieces[random.below(pieces.count)] }.joined(separator: " ")
  }

  private static let pieces = [
    "word", "a*b*", "snake_case", "<b>", "&amp;", "A&B", "\"said\"", "x|y", "[1]", "`code`", "#1", "1.", "Größe",
    "日本", "end.", "50%", "\\n", "~~no~~", "http://a.b/c", "!", "](", "e\u{301}", "=SUM(A1)", "a;b,c", "naïve", "—",
    "†",
  ]
}
