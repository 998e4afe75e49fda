import Contracts
import DocumentModel

/// How much of the document is in which language, by letters.
struct LanguageTally {
  private var letters: [String: Int] = [:]

  mutating func add(_ language: String, letters count: Int) { letters[language, default: 0] += count }

  /// The language of most letters so far.
  var main: String? { ranked.first?.language }

  /// Most used first; what only a stray entry was taken for is left out.
  var shares: [LanguageShare] {
    let all = letters.values.reduce(0, +)
    return ranked.filter { $0.letters * Self.leastPart >= all }
      .map { LanguageShare(language: $0.language, share: Score(Double($0.letters) / Double(max(all, 1)))) }
  }

  private var ranked: [(language: String, letters: Int)] {
    letters.map { (language: $0.key, letters: $0.value) }
      .sorted { ($1.letters, $0.language) < ($0.letters, $1.language) }
  }

  private static let leastPart = 100  // a hundredth of the letters: less is a quotation, a name, an error
}
