/// What a language is known by: its function words, and letters that few others use.
struct LanguageProfile: Sendable {
  /// ISO 639-1.
  let language: String
  let script: LetterScript
  /// The commonest words without meaning of their own; they serve as stop words too.
  let words: Set<String>
  let letters: Set<Unicode.Scalar>

  init(_ language: String, _ script: LetterScript, letters: String = "", _ words: String) {
    self.language = language
    self.script = script
    self.words = Set(words.split(whereSeparator: \.isWhitespace).map(String.init))
    self.letters = Set(letters.unicodeScalars)
  }

  /// In the order in which ties are decided.
  static let all = latin + others

  /// For each word, the profiles that have it.
  static let byWord: [String: [Int]] = {
    var table: [String: [Int]] = [:]
    for (index, profile) in all.enumerated() {
      for word in profile.words { table[word, default: []].append(index) }
    }
    return table
  }()

  /// For each telling letter, the profiles that have it.
  static let byLetter: [Unicode.Scalar: [Int]] = {
    var table: [Unicode.Scalar: [Int]] = [:]
    for (index, profile) in all.enumerated() {
      for letter in profile.letters { table[letter, default: []].append(index) }
    }
    return table
  }()

  static func words(of language: String) -> Set<String> {
    all.first { $0.language == language }?.words ?? []
  }
}
