import DocumentModel

/// Tells who wrote a text, and where they are to be found, from headings of it: by words, never by type.
enum AuthorNames {
  /// A few words that all begin with a capital.
  static func isName(_ group: TextGroup) -> Bool {
    let words = withoutMarks(group.words)
    return !words.isEmpty && words.count <= mostNames && words.allSatisfy { $0.first?.isUppercase == true }
  }

  /// Lines below a name that say where somebody is to be found.
  static func isPlaceOfWork(_ group: TextGroup) -> Bool {
    let words = group.words
    guard words.count <= mostPlace else { return false }
    return words.contains { $0.contains("@") } || words.flatMap(TextToken.words).contains(where: places.contains)
  }

  private static let mostPlace = 40  // words
  private static let places: Set<String> = [
    "university", "universitat", "universite", "universidad", "universidade", "universita", "universiteit", "institute",
    "institut", "instituto", "istituto", "department", "departement", "departamento", "dipartimento", "laboratory",
    "faculty", "college", "hochschule", "ecole", "institution",
  ]

  /// "Patrick W. Daly"
  private static func hasInitial(_ all: [String]) -> Bool {
    let words = withoutMarks(all)
    return (3...mostNames).contains(words.count) && words.allSatisfy { $0.first?.isUppercase == true }
      && words[1..<(words.count - 1)].contains { $0.count == 2 && $0.last == "." }
  }

  private static let mostNames = 5

  /// Without the marks of notes.
  private static func withoutMarks(_ words: [String]) -> [String] { words.filter { $0.contains(where: \.isLetter) } }

  /// Names in a row, marks of footnotes, addresses.
  static func isByline(_ group: TextGroup) -> Bool {
    let text = group.rows.map(\.text).joined(separator: " ")
    let words = group.words
    // What somebody asks names nobody.
    if group.lastCharacter == "?" { return false }
    return hasInitial(words) || text.contains("@") || text.contains(",") || words.contains(where: joints.contains)
      || words.contains { $0.last?.isNumber == true && $0.first?.isLetter == true }
      || words.last.map { $0.count <= 2 && $0.allSatisfy { $0.isNumber || "*†‡§".contains($0) } } == true
      || text.first?.isNumber == true
  }

  private static let joints: Set<String> = ["and", "und", "&"]
}
