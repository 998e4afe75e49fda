import DocumentModel

/// A line of the first page that names what the document is, with how large it is set.
struct TitleLine {
  /// Indices of phrases of titles that the line begins with, or that are joined to such a one.
  let phrases: [Int]
  let size: Double
  let isHeading: Bool

  /// - Returns: nil where no title begins the line, or where more follows than a number.
  init?(_ text: String, _ tokens: [TextToken], _ matches: [PhraseIndex.Match], size: Double, isHeading: Bool) {
    // "1. Mahnung", "Unser Angebot".
    let begin = tokens.prefix(Self.mostBefore).prefix { $0.isNumber || Self.before.contains($0.folded) }.count
    guard let first = matches.first(where: { $0.tokens.lowerBound <= begin }) else { return nil }
    var phrases = matches.filter { $0.tokens == first.tokens }.map(\.phrase)
    var end = first.tokens.upperBound
    let scalars = Array(text.unicodeScalars)
    // "Lieferschein / Rechnung" is both; "Mahnung zur Rechnung" is the first.
    while let next = matches.first(where: { $0.tokens.lowerBound >= end }) {
      let between = tokens[end - 1].range.upperBound..<tokens[next.tokens.lowerBound].range.lowerBound
      let joins = tokens[end..<next.tokens.lowerBound]
      let isJoined =
        joins.isEmpty
        ? scalars[between].contains { "/|+".unicodeScalars.contains($0) }
        : joins.count == 1 && Self.ands.contains(joins[joins.startIndex].folded)
      guard isJoined else { break }
      phrases += matches.filter { $0.tokens == next.tokens }.map(\.phrase)
      end = next.tokens.upperBound
    }
    if let follower = tokens[end...].first {
      let isNumbered = follower.folded.utf8.contains { (0x30...0x39).contains($0) }
      guard isNumbered || Self.after.contains(follower.folded) || tokens.count - end == 1 && follower.folded.count <= 4
      else { return nil }
    }
    self.phrases = phrases
    self.size = size
    self.isHeading = isHeading
  }

  private static let mostBefore = 2
  private static let before: Set<String> = [
    "ihr", "ihre", "unser", "unsere", "your", "our", "votre", "notre", "uw", "onze", "su", "nuestro", "vostro", "deine",
    "letzte", "final", "first", "second", "third", "last", "erste", "zweite", "dritte",
  ]
  private static let after: Set<String> = [
    "nr", "no", "n", "num", "nummer", "number", "numero", "numer", "#", "vom", "von", "of", "zu", "zur", "zum", "fur",
    "for", "du", "del", "der", "date", "c", "cislo", "dated", "datum", "van", "z", "den", "uber", "to", "sur", "id",
  ]
  private static let ands: Set<String> = ["und", "and", "et", "y", "e", "en", "i", "och", "og", "a", "oder", "or"]
}
