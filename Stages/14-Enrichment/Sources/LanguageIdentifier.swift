/// Tells the language of a text: by its writing, then by function words and telling letters.
enum LanguageIdentifier {
  /// ISO 639-1, or nil where the text is too short or too odd to say.
  ///
  /// - Parameter words: the words of the text in lower case; the first few hundred suffice.
  static func language(of text: [Unicode.Scalar], words: some Sequence<String>) -> String? {
    var letters = Array(repeating: 0, count: LetterScript.allCases.count)
    var votes = Array(repeating: 0.0, count: LanguageProfile.all.count)
    for scalar in text.prefix(mostScalars) {
      guard let script = LetterScript(scalar) else { continue }
      letters[script.rawValue] += 1
      if scalar.value >= 0x80, let profiles = LanguageProfile.byLetter[scalar] {
        for profile in profiles { votes[profile] += letterVote / Double(profiles.count) }
      }
    }
    guard let script = prevailing(letters) else { return nil }
    var count = 0
    for word in words.prefix(mostWords) {
      count += 1
      guard let profiles = LanguageProfile.byWord[word] else { continue }
      // A word that many languages know tells little, and a single letter less.
      let vote = (word.unicodeScalars.count == 1 ? 0.5 : 1) / Double(profiles.count)
      for profile in profiles { votes[profile] += vote + sharedVote }
    }
    var best: (profile: Int, votes: Double)?
    for (index, profile) in LanguageProfile.all.enumerated() where profile.script == script {
      if votes[index] > (best?.votes ?? 0) { best = (index, votes[index]) }
    }
    guard let best, best.votes >= max(leastVotes, leastShare * Double(count)) else { return script.language }
    return LanguageProfile.all[best.profile].language
  }

  /// The writing of most letters; any fair share of kana makes Han Japanese.
  private static func prevailing(_ letters: [Int]) -> LetterScript? {
    let (kana, han) = (letters[LetterScript.kana.rawValue], letters[LetterScript.han.rawValue])
    var best: LetterScript?
    var most = leastLetters - 1
    for script in LetterScript.allCases where script != .kana && script != .han {
      if letters[script.rawValue] > most { (best, most) = (script, letters[script.rawValue]) }
    }
    // A Han letter says as much as a word of two or three Latin ones.
    if han + kana > 0, (han + kana) * 2 > max(most, leastLetters - 1) { return kana * kanaShare > han ? .kana : .han }
    return best
  }

  private static let leastLetters = 12  // letters: below that a text is a number, a name or a formula
  private static let leastVotes = 1.5  // votes: two function words that are not everyone's
  private static let leastShare = 0.06  // votes a word: running text of any language has three times as many
  private static let letterVote = 0.35  // votes: names bring foreign letters along, so less than a word
  private static let sharedVote = 0.15  // votes: a shared word still speaks against all languages without it
  private static let kanaShare = 12  // a Japanese text has at least one kana to so many Han letters
  private static let mostWords = 400  // words of an entry that are looked at
  private static let mostScalars = 3000
}
