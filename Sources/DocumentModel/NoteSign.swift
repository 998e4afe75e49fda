/// The signs that footnotes are marked with beside numbers and letters.
package enum NoteSign {
  /// Whether two neighbours in a superscript belong to one mark: `12` and `**` do, `∗†`, `1∗` and `1,` do not.
  package static func areOneMark(_ a: Character, _ b: Character) -> Bool {
    if separators.contains(a) || separators.contains(b) || a.isWhitespace || b.isWhitespace { return false }
    return a == b || !signs.contains(a) && !signs.contains(b)
  }

  private static let signs: Set<Character> = ["*", "∗", "†", "‡", "§", "¶", "‖", "#"]
  private static let separators: Set<Character> = [",", ";", "(", ")"]
}
