import DocumentModel

/// A large capital that begins a text: the first letter of its first word, or a word by itself.
enum InitialLetter {
  /// Whether a capital and the small text beside it are one word.
  ///
  /// - Parameter seen: whether a word, in small letters, stands whole elsewhere on the page.
  static func belongs(
    _ letter: String, _ initial: Word, to rest: String, _ next: Word, seen: (String) -> Bool
  ) -> Bool {
    guard letter.unicodeScalars.count == 1, let capital = letter.unicodeScalars.first, capital.properties.isUppercase,
      let first = rest.unicodeScalars.first, first.properties.isAlphabetic || apostrophes.contains(first)
    else { return false }
    guard initial.turn == .none, next.turn == .none, initial.size >= ratio * next.size,
      initial.box.height >= ratio * next.box.height,
      // Scripts of a large letter reach over or under it.
      next.box.top >= initial.box.top - reach * next.size, next.box.bottom <= initial.box.bottom + reach * next.size
    else { return false }
    guard words.contains(capital), !apostrophes.contains(first) else { return true }
    // "A man" and "After" differ by nothing that is printed.
    return rest.unicodeScalars.count == 1 || seen(LineBreakHyphen.core(letter + rest).lowercased())
  }

  private static let ratio = 1.8  // sizes: an initial spans two lines or more
  private static let reach = 0.3  // of the small text's size
  private static let apostrophes: Set<Unicode.Scalar> = ["'", "\u{2019}"]
  /// Letters that are words in English, French, Spanish, Italian and Portuguese.
  private static let words: Set<Unicode.Scalar> = ["A", "I", "O", "À", "Á", "Ó", "È", "É", "E", "Y", "U"]
}
