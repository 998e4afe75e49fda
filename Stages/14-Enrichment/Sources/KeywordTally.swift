import Contracts
import DocumentModel

#if canImport(Glibc)
  import Glibc
#endif

/// Counts the phrases of the document and tells which say what it is about.
///
/// Phrases are up to three words between stop words and marks, as in RAKE; they are weighed by how often, how widely
/// and how prominently they stand, as in YAKE.
struct KeywordTally {
  private struct Candidate {
    var count = 0
    var headings = 0
    /// Entries it stands in.
    var entries = 0
    var lastEntry = -1
    /// How often it has a capital that no sentence's beginning explains.
    var capitals = 0
    let words: Int
    /// Where it was first seen: what decides ties.
    let first: Int
    var surface: String
    var surfaceRank: Int
  }

  private var candidates: [String: Candidate] = [:]
  private var seen = 0
  private var entries = 0
  /// Stop words by language, made once.
  private var stopWords: [String: Set<String>] = [:]

  /// Takes in one entry.
  ///
  /// - Parameter starts: where sentences begin: a capital there says nothing.
  mutating func add(
    _ words: [TextWord], of text: [Unicode.Scalar], entry: Int, language: String?, isHeading: Bool, starts: Set<Int>
  ) {
    let stops = stopWords(of: language)
    entries += 1
    var run: [Int] = []
    for (index, word) in words.enumerated() {
      if !word.follows { count(&run, words, text, entry, language, isHeading, starts) }
      if isContent(word, stops) {
        run.append(index)
      } else {
        count(&run, words, text, entry, language, isHeading, starts)
      }
    }
    count(&run, words, text, entry, language, isHeading, starts)
    if candidates.count > Self.mostCandidates { thin() }
  }

  /// The best, best first; a phrase and a part of it are not both among them.
  func keywords(_ limit: Int) -> [Keyword] {
    let few = seen < Self.shortText
    let ranked = candidates.compactMap { key, candidate -> (key: String, score: Double, candidate: Candidate)? in
      guard candidate.count > 1 || few && (candidate.headings > 0 || candidate.words > 1 || seen < Self.shortText / 8)
      else { return nil }
      return (key, score(candidate, key), candidate)
    }
    .sorted { ($1.score, $0.candidate.first, $0.key) < ($0.score, $1.candidate.first, $1.key) }
    var chosen: [(words: [Substring], keyword: Keyword)] = []
    let best = ranked.first?.score ?? 1
    for (key, score, candidate) in ranked.prefix(Self.mostRanked) where chosen.count < limit {
      let words = key.split(separator: " ").map(Self.singular)
      guard !chosen.contains(where: { Self.contains($0.words, words) || Self.contains(words, $0.words) }) else {
        continue
      }
      chosen.append((words, Keyword(text: candidate.surface, score: Score(score / best))))
    }
    return chosen.map(\.keyword)
  }

  private mutating func count(
    _ run: inout [Int], _ words: [TextWord], _ text: [Unicode.Scalar], _ entry: Int, _ language: String?,
    _ isHeading: Bool, _ starts: Set<Int>
  ) {
    defer { run.removeAll(keepingCapacity: true) }
    seen += run.count
    for first in run.indices {
      var key = ""
      for last in first..<min(first + Self.longestPhrase, run.count) {
        let word = words[run[last]]
        key += last > first ? " " + word.key : word.key
        // German nouns have capitals; a phrase that ends in another word is cut off before its noun.
        if language == "de", !isHeading, !word.isCapitalized { continue }
        let place = words[run[first]].range.lowerBound
        let atStart = starts.contains(place)
        let capital = words[run[first]].isCapitalized && !atStart && !isHeading
        let rank = words[run[first]].isAllCapitals && isHeading ? 0 : atStart || isHeading ? 1 : 2
        var candidate =
          candidates[key]
          ?? Candidate(
            words: last - first + 1, first: seen, surface: Self.string(text[place..<word.range.upperBound]),
            surfaceRank: rank)
        candidate.count += 1
        if isHeading { candidate.headings += 1 }
        if capital { candidate.capitals += 1 }
        if candidate.lastEntry != entry {
          candidate.entries += 1
          candidate.lastEntry = entry
        }
        if rank > candidate.surfaceRank {
          candidate.surface = Self.string(text[place..<word.range.upperBound])
          candidate.surfaceRank = rank
        }
        candidates[key] = candidate
      }
    }
  }

  private func isContent(_ word: TextWord, _ stops: Set<String>) -> Bool {
    guard word.isLettered, word.range.count <= Self.longestWord else { return false }
    let letter = word.key.unicodeScalars.first.flatMap { LetterScript($0) }
    // Hiragana joins words; it is none of the words that a text is about. A single Han letter is no word either.
    if letter == .kana, let first = word.key.unicodeScalars.first, first.value < 0x30A0 { return false }
    let least = letter == .han || letter == .kana || letter == .hangul || word.isAllCapitals ? 2 : 3
    return word.range.count >= least && !stops.contains(word.key)
  }

  private func score(_ candidate: Candidate, _ key: String) -> Double {
    var score = log(1 + Double(candidate.count)) * (1 + Self.phraseBonus * Double(candidate.words - 1))
    let spread = Double(candidate.entries) / Double(max(min(candidate.count, entries), 1))
    score *= 0.5 + 0.5 * spread
    if candidate.headings > 0 { score *= Self.headingBonus }
    score *= 1 + 0.25 * Double(candidate.capitals) / Double(candidate.count)
    let letters = Double(key.unicodeScalars.count)
    let unspaced = key.unicodeScalars.first.map { LetterScript($0) == .han } ?? false
    return unspaced ? score : score * min(1, 0.4 + letters / 15)
  }

  /// Lets go of what was seen least, so that memory does not grow with the document.
  private mutating func thin() {
    var least = 1
    while candidates.count > Self.mostCandidates / 2 {
      candidates = candidates.filter { $0.value.count > least || $0.value.headings >= least }
      least *= 2
    }
  }

  /// Function words of a language and what else is no keyword; of English where none is known.
  mutating func stopWords(of language: String?) -> Set<String> {
    let name = language ?? ""
    if let known = stopWords[name] { return known }
    let made = KeywordStopWords.words(of: language)
    stopWords[name] = made
    return made
  }

  private static func contains(_ whole: [Substring], _ part: [Substring]) -> Bool {
    guard part.count <= whole.count else { return false }
    return (0...(whole.count - part.count)).contains { whole[$0..<$0 + part.count].elementsEqual(part) }
  }

  /// Near enough for telling "chunk" and "chunks" to be one.
  private static func singular(_ word: Substring) -> Substring {
    word.utf8.count > 4 && word.last == "s" ? word.dropLast() : word
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  private static let longestPhrase = 3  // words
  private static let longestWord = 40  // scalars: longer is an address or a mishap
  private static let mostCandidates = 60_000  // phrases: some twenty megabytes, and more than a long book repeats
  private static let mostRanked = 600  // phrases that are held against those already chosen
  private static let shortText = 400  // content words: in less, a keyword may stand only once
  private static let phraseBonus = 0.55  // a word more in a phrase, against its rarity
  private static let headingBonus = 1.5  // for what a heading names
}
