/// Finds the sentences of a text in any language, by punctuation alone.
///
/// A stop ends a sentence where white space and then no lower-case letter follows; unspaced writing needs no space.
/// A full stop is doubted further: abbreviations, initials, ordinals, numbers of lists and dotted names go on. What
/// the words are known by is in `SentenceWords`.
package enum SentenceSplitter {
  /// The sentences of a text, in order and without the white space around them.
  ///
  /// Takes time in proportion to the text's length, whatever it holds.
  ///
  /// - Returns: ranges of Unicode scalars; together they cover all that is not white space.
  package static func sentences(of text: [Unicode.Scalar]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    var place = 0
    func close(at end: Int) {
      var (lower, upper) = (start, end)
      while lower < upper, text[lower].isSpace { lower += 1 }
      while upper > lower, text[upper - 1].isSpace { upper -= 1 }
      if lower < upper { found.append(lower..<upper) }
      start = end
    }
    while place < text.count {
      let scalar = text[place]
      if isParagraphBreak(scalar) {
        close(at: place)
        place += 1
      } else if SentenceMarks.isStop(scalar) {
        let stops = place
        while place < text.count, SentenceMarks.isStop(text[place]) { place += 1 }
        let end = afterClosers(text, from: place, stop: stops)
        if ends(text, stops: stops..<place, end: end, sentence: start) { close(at: end) }
        place = max(place, end)
      } else {
        place += 1
      }
    }
    close(at: text.count)
    return found
  }

  /// Whether the stops at a place, with all that closes behind them, end a sentence.
  private static func ends(_ text: [Unicode.Scalar], stops: Range<Int>, end: Int, sentence: Int) -> Bool {
    guard end < text.count else { return true }
    if SentenceMarks.isUnspacedStop(text[stops.upperBound - 1]) { return !continuesQuote(text, at: end) }
    guard text[end].isSpace else {
      // "…" runs into the next word in Chinese and Japanese without ending anything.
      return text[stops.lowerBound] != "." && text[stops.lowerBound] != SentenceMarks.ellipsis
        && UnspacedScript.contains(text[end])
    }
    var next = end
    while next < text.count, text[next].isSpace {
      if isParagraphBreak(text[next]) { return true }
      next += 1
    }
    while next < text.count, SentenceMarks.isOpener(text[next]) { next += 1 }
    guard next < text.count else { return true }
    if SentenceMarks.isStop(text[next]) || text[next].isSmall { return false }
    guard stops.count == 1, text[stops.lowerBound] == "." else { return true }
    return !goesOn(text, stop: stops.lowerBound, next: next, sentence: sentence)
  }

  /// Whether a single full stop belongs to the word before it: the next word begins without lower case.
  private static func goesOn(_ text: [Unicode.Scalar], stop: Int, next: Int, sentence: Int) -> Bool {
    let before = word(text, endingAt: stop, notBefore: sentence)
    guard !before.isEmpty else { return false }
    if text[next].isNumeral, numbered.contains(lowercased(text[before])) { return true }
    if isNumber(text[before]) {
      return opensSentence(text, before, sentence: sentence)
        || before.count <= 2 && SentenceWords.followsOrdinal(nextWord(text, from: next))
    }
    if before.count == 1 { return isInitial(text, before.lowerBound, next: next) }
    let word = lowercased(text[before])
    if SentenceWords.leadsOn(word) { return true }
    if SentenceWords.mayEnd(word) || isDotted(text[before]) {
      return !SentenceWords.opensSentence(nextWord(text, from: next))
    }
    return false
  }

  /// A single letter with a stop: a name's initial, or an abbreviation in German, unless what follows opens a sentence.
  private static func isInitial(_ text: [Unicode.Scalar], _ place: Int, next: Int) -> Bool {
    let letter = text[place]
    guard letter.isLetter, letter.isCapital || letter.isSmall else {
      return false
    }
    let following = nextWord(text, from: next)
    return !SentenceWords.opensSentence(following) || SentenceWords.isNameParticle(following)
  }

  /// Whether a number is a list's own: nothing but opening marks stands before it.
  private static func opensSentence(_ text: [Unicode.Scalar], _ number: Range<Int>, sentence: Int) -> Bool {
    number.count <= longestNumber && number.lowerBound - sentence <= longestWord
      && text[sentence..<number.lowerBound].allSatisfy { $0.isSpace || SentenceMarks.isOpener($0) }
  }

  /// `U.S`, `d.h`, `B.Sc`: letters in groups of at most three with stops between them.
  private static func isDotted(_ word: ArraySlice<Unicode.Scalar>) -> Bool {
    let groups = word.split(separator: ".", omittingEmptySubsequences: false)
    return groups.count > 1
      && groups.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy { $0.isLetter } }
  }

  /// Where the closing quotes, brackets and note marks behind a stop end.
  private static func afterClosers(_ text: [Unicode.Scalar], from place: Int, stop: Int) -> Int {
    var end = place
    while end < text.count, SentenceMarks.isCloser(text[end]) { end += 1 }
    // A note's number stands behind the stop: "is known.12 The …", "is known.[3] The …".
    var digits = end
    let bracketed = digits < text.count && text[digits] == "["
    if bracketed { digits += 1 }
    let first = digits
    while digits < text.count, digits - first < mostNoteDigits, isNoteScalar(text[digits], bracketed) { digits += 1 }
    guard digits > first else { return end }
    if bracketed {
      guard digits < text.count, text[digits] == "]" else { return end }
      digits += 1
    } else {
      guard stop > 0, text[stop - 1].isSmall || SentenceMarks.isCloser(text[stop - 1]) else {
        return end
      }
      let before = word(text, endingAt: stop, notBefore: max(0, stop - longestWord))
      guard before.count > 2, !SentenceWords.leadsOn(lowercased(text[before])) else { return end }
    }
    guard digits == text.count || text[digits].isSpace else { return end }
    return digits
  }

  private static func isNoteScalar(_ scalar: Unicode.Scalar, _ bracketed: Bool) -> Bool {
    ("0"..."9").contains(scalar)
      || bracketed && (scalar == "," || scalar == "-" || scalar == "\u{2013}" || scalar == " ")
  }

  /// A quote that ended in its own stop and that the sentence around it goes on from: 「…。」と.
  private static func continuesQuote(_ text: [Unicode.Scalar], at end: Int) -> Bool {
    guard end > 0, SentenceMarks.isCloser(text[end - 1]) else { return false }
    return text[end] == "\u{3068}" || text[end] == "\u{3001}" || text[end] == "\u{FF0C}"
  }

  /// The letters, digits, inner stops and apostrophes before a place.
  private static func word(_ text: [Unicode.Scalar], endingAt end: Int, notBefore limit: Int) -> Range<Int> {
    var start = end
    while start > limit, end - start < longestWord, isWordScalar(text[start - 1]) { start -= 1 }
    while start < end, text[start] == "." { start += 1 }
    return start..<end
  }

  private static func nextWord(_ text: [Unicode.Scalar], from start: Int) -> String {
    var end = start
    while end < text.count, end - start < longestWord, text[end].isLetter { end += 1 }
    // Another initial is no word: "J. A. Smith".
    if end - start == 1, end < text.count, text[end] == "." { return "" }
    return lowercased(text[start..<end])
  }

  private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isLetter || scalar.isNumeral || scalar == "." || scalar == "\u{B0}"
  }

  private static func isNumber(_ word: ArraySlice<Unicode.Scalar>) -> Bool {
    word.allSatisfy { ("0"..."9").contains($0) || $0 == "." }
  }

  private static func lowercased(_ word: ArraySlice<Unicode.Scalar>) -> String {
    var text = ""
    for scalar in word { text += scalar.properties.lowercaseMapping }
    return text
  }

  private static func isParagraphBreak(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\u{2029}" || scalar == "\u{0C}"
  }

  /// Abbreviations that are words where no number follows.
  private static let numbered: Set<String> = ["p", "s", "c", "n", "no", "art", "bl", "sp", "rn", "rz", "zl"]

  private static let longestWord = 24  // scalars: longer than any abbreviation or month, short enough to look back over
  private static let longestNumber = 8  // scalars: `10.12.3`
  private static let mostNoteDigits = 12  // scalars: three digits, or a list of notes in brackets
}
