import Contracts
import DocumentModel

/// The sentences that may sum the document up, bounded in number.
struct SentencePool {
  struct Candidate {
    let entry: Int
    let range: Range<Int>
    /// Numbers of its content words, ascending and once each.
    let words: [Int32]
    /// By place and length alone.
    let prominence: Double
  }

  private(set) var candidates: [Candidate] = []
  /// How many sentences each word stands in.
  private(set) var frequencies: [Int] = []
  private(set) var sentences = 0
  private var vocabulary: [String: Int32] = [:]

  /// Takes in the sentences of a paragraph.
  ///
  /// - Parameters:
  ///   - opensSection: whether it is the first text below a heading.
  ///   - paragraph: its number in the document's running text, from 0.
  mutating func add(
    _ text: [Unicode.Scalar], sentences ranges: [Range<Int>], words: [TextWord], entry: Int, stops: Set<String>,
    opensSection: Bool, paragraph: Int
  ) {
    var next = 0
    for (index, range) in ranges.enumerated() {
      while next < words.count, words[next].range.lowerBound < range.lowerBound { next += 1 }
      let first = next
      while next < words.count, words[next].range.upperBound <= range.upperBound { next += 1 }
      let inside = words[first..<next]
      guard isWhole(text, range, inside) else { continue }
      let numbers = numbers(inside, stops)
      guard numbers.count >= Self.leastContent else { continue }
      sentences += 1
      for number in numbers { frequencies[Int(number)] += 1 }
      candidates.append(
        Candidate(
          entry: entry, range: range, words: numbers,
          prominence: prominence(index, inside.count, opensSection: opensSection, paragraph: paragraph)))
    }
    if candidates.count > Self.mostCandidates { thin() }
  }

  /// A sentence that begins and ends as one, of a length that can be read, of words rather than figures.
  private func isWhole(_ text: [Unicode.Scalar], _ range: Range<Int>, _ words: ArraySlice<TextWord>) -> Bool {
    guard range.count <= Self.longestSentence, let first = words.first,
      let start = text[first.range].first, !start.isSmall
    else { return false }
    var end = range.upperBound - 1
    while end > range.lowerBound, Self.closers.contains(text[end]) { end -= 1 }
    guard Self.stops.contains(text[end]) else { return false }
    let letters = words.reduce(0) { $0 + ($1.isLettered ? $1.range.count : 0) }
    guard letters * 10 >= range.count * 6 else { return false }
    let unspaced = UnspacedScript.contains(start)
    return unspaced ? range.count >= Self.leastUnspaced : (Self.leastWords...Self.mostWords).contains(words.count)
  }

  private mutating func numbers(_ words: ArraySlice<TextWord>, _ stops: Set<String>) -> [Int32] {
    var numbers: [Int32] = []
    for word in words where word.isLettered && !stops.contains(word.key) {
      if LetterScript(word.key.unicodeScalars.first ?? " ") == .han {
        // Without spaces, pairs of letters stand in for words.
        let letters = Array(word.key.unicodeScalars)
        for index in letters.indices.dropLast() {
          number(String(String.UnicodeScalarView(letters[index...index + 1]))).map { numbers.append($0) }
        }
      } else if word.range.count > 2 {
        number(word.key).map { numbers.append($0) }
      }
    }
    numbers.sort()
    var unique: [Int32] = []
    for number in numbers where number != unique.last { unique.append(number) }
    return unique
  }

  private mutating func number(_ word: String) -> Int32? {
    if let known = vocabulary[word] { return known }
    guard vocabulary.count < Self.mostWordsKnown else { return nil }
    let number = Int32(vocabulary.count)
    vocabulary[word] = number
    frequencies.append(0)
    return number
  }

  private func prominence(_ index: Int, _ words: Int, opensSection: Bool, paragraph: Int) -> Double {
    var value = 1.0
    if index == 0 { value += 0.2 }
    if opensSection { value += 0.2 }
    // What a document is about is mostly said on its first page.
    value += 0.8 / (1 + Double(paragraph) / 4)
    if words > 0, !(10...35).contains(words) { value -= 0.2 }
    return value
  }

  /// Keeps the more prominent half; among equals the earlier.
  private mutating func thin() {
    let kept = candidates.indices.sorted {
      (candidates[$1].prominence, $0) < (candidates[$0].prominence, $1)
    }.prefix(Self.mostCandidates / 2).sorted()
    candidates = kept.map { candidates[$0] }
  }

  private static let mostCandidates = 8000  // sentences: three hundred pages of prose, a few megabytes
  private static let mostWordsKnown = 100_000  // words: twice what a long book has
  private static let leastContent = 3  // words with meaning
  private static let leastWords = 6
  private static let mostWords = 60
  private static let leastUnspaced = 10  // letters
  private static let longestSentence = 500  // scalars
  private static let stops: Set<Unicode.Scalar> = [
    ".", "!", "\u{2026}", "\u{3002}", "\u{FF01}", "\u{0964}", "\u{06D4}", "\u{FF0E}", "\u{1362}", "\u{0589}",
    "\u{17D4}", "\u{104B}",
  ]
  private static let closers: Set<Unicode.Scalar> = [
    "\"", "'", ")", "]", "\u{201D}", "\u{2019}", "\u{00BB}", "\u{300D}", "\u{300F}", "\u{FF09}", "\u{00B9}", "\u{00B2}",
    "\u{00B3}",
  ]
}
