/// Decides what becomes of a hyphen at the end of a line.
package enum LineBreakHyphen {
  package enum Verdict: Sendable, Hashable {
    /// No hyphen, or one that hangs by itself: a space follows.
    case space
    /// The hyphen was only the line's: it goes and the word is joined.
    case drop
    /// The hyphen belongs to the word: it stays and the word is joined.
    case keep
  }

  /// Hyphen-minus, hyphen, soft hyphen.
  package static func isHyphen(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "-" || scalar == "\u{2010}" || scalar == "\u{AD}"
  }

  /// Judges the break between two words.
  ///
  /// - Parameters:
  ///   - before: the last word of a line, with its hyphen.
  ///   - after: the first word of the next.
  ///   - seen: whether a word, lower-case and without punctuation around it, occurs whole elsewhere in the text.
  package static func verdict(_ before: String, _ after: String, seen: (String) -> Bool = { _ in false }) -> Verdict {
    guard let last = before.unicodeScalars.last, isHyphen(last) else { return .space }
    let left = core(String(String.UnicodeScalarView(before.unicodeScalars.dropLast())))
    let right = core(after)
    guard let end = left.unicodeScalars.last, let start = after.unicodeScalars.first else { return .space }
    if last == "\u{AD}" {
      // Some fonts call every hyphen soft: before a capital none was put in by a program.
      return start.isCapital && end.isSmall ? .keep : start.isLetter ? .drop : .space
    }
    guard end.isLetter || end.isNumeral else { return .space }
    let hangs = conjunctions.contains(right.lowercased())
    if end.isNumeral { return wordStarts(start) && !hangs ? .keep : .space }
    if start.isNumeral { return .keep }
    guard start.isLetter else { return .space }
    if hangs, left.count > 1 { return .space }

    let (l, r) = (left.lowercased(), right.lowercased())
    let capitals = left.count > 1 && left == left.uppercased() && right == right.uppercased()
    if seen(l + r) { return .drop }
    if seen(l + "-" + r) { return .keep }
    if start.isCapital, !capitals { return .keep }
    // "FDA-approved": no syllable is all capitals before small letters.
    if left.count > 1, start.isSmall, left == left.uppercased() { return .keep }
    if left.unicodeScalars.count == 1 || left.unicodeScalars.contains(where: isHyphen) { return .keep }
    if compoundHeads.contains(l) { return .keep }
    // A known second half tells ("rule-based"), and an adverb before it ("manually-chosen").
    if left.count >= shortestHead, compoundTails.contains(r) { return .keep }
    if left.count >= shortestAdverb, l.hasSuffix("ly"), !l.hasSuffix("poly") { return .keep }
    // Two words that the text has whole are a compound, unless they grow together as "with-out" does.
    if left.count >= shortestWord, right.count >= shortestWord, !growingHeads.contains(l), seen(l), seen(r) {
      return .keep
    }
    return .drop
  }

  /// A word without punctuation around it.
  package static func core(_ word: String) -> String {
    var scalars = Substring(word).unicodeScalars
    while let first = scalars.first, !wordStarts(first) { scalars.removeFirst() }
    while let last = scalars.last, !wordStarts(last) { scalars.removeLast() }
    return String(scalars)
  }

  private static func wordStarts(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isLetter || scalar.isNumeral || scalar.properties.isDiacritic
  }

  private static let shortestHead = 3  // letters: "in-" before "dependent" is a syllable, not a word
  private static let shortestAdverb = 6  // letters: "fly-" and "reply-" are none
  private static let shortestWord = 4  // letters: shorter words are syllables of others too often

  /// "Ein- und Ausgabe", "pre- and post-war": the hyphen stands for a part left out, no word goes on.
  private static let conjunctions: Set<String> = [
    "and", "or", "to", "und", "oder", "bis", "bzw", "et", "ou", "y", "o", "e", "en", "of", "och", "eller", "og",
  ]

  /// First halves that no syllable break leaves standing.
  private static let compoundHeads: Set<String> = [
    "self", "well", "cross", "half", "two", "three", "four", "five", "six", "seven", "eight", "nine", "twenty",
    "thirty",
    "third", "single", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
  ]

  /// Words that others grow on to: "every-where", "under-stand".
  private static let growingHeads: Set<String> = [
    "every", "some", "there", "where", "here", "over", "under", "with", "what", "when", "which", "further",
    "more", "never", "them", "your", "back", "down", "fore", "after", "hence", "through", "inter", "counter", "super",
    "news", "work", "time", "life", "hand", "head", "home", "house", "land", "note", "book", "data", "mean",
  ]

  /// Second halves that make a compound and are hardly ever the tail of a divided word.
  private static let compoundTails: Set<String> = [
    "based", "specific", "oriented", "driven", "friendly", "free", "wide", "scale", "level", "quality", "known", "like",
    "separated", "constrained", "delimited", "assisted", "enabled", "intensive", "centric", "dimensional",
    "time", "term", "defined", "aware", "related", "called", "shaped", "sized", "year", "old", "makers", "making",
    "effective", "linear", "processing", "processed", "trained", "training", "readable", "eligible",
    "granting", "way", "range", "to", "of", "the", "in", "up",
    "off",
  ]
}
