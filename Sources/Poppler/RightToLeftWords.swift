/// What Poppler does not tell of words that read from right to left.
enum RightToLeftWords {
  /// Lam and alef that are one glyph, where Poppler has turned them round.
  ///
  /// It shares a glyph's width among its letters from left to right, also of a ligature that reads from the right. Where
  /// alef stands before lam in its own right, as in the article, both are hardly as wide as each other; and if they are,
  /// other alefs of the font show that it is so.
  static func withoutTurnedLigatures(_ characters: [TextLayerCharacter], runs: [TextLayerRun]) -> [TextLayerCharacter] {
    let suspects = characters.indices.dropLast().filter { mayBeTurned(characters[$0], characters[$0 + 1]) }
    guard !suspects.isEmpty else { return characters }
    let doubtful = Set(suspects)
    var widths: [Int: Set<Int>] = [:]
    for (index, character) in characters.enumerated() where alefs.contains(character.scalar) {
      guard !doubtful.contains(index), let (font, width) = width(character, runs) else { continue }
      widths[font, default: []].formUnion([width - 1, width, width + 1])
    }
    var told = characters
    for index in suspects {
      guard let (font, width) = width(characters[index], runs), let known = widths[font], !known.contains(width) else {
        continue
      }
      (told[index].scalar, told[index + 1].scalar) = (characters[index + 1].scalar, characters[index].scalar)
    }
    return told
  }

  private static func mayBeTurned(_ first: TextLayerCharacter, _ second: TextLayerCharacter) -> Bool {
    guard alefs.contains(first.scalar), second.scalar == lam, first.run == second.run else {
      return false
    }
    let (width, other) = (first.right - first.left, second.right - second.left)
    return width > 0 && abs(width - other) < rounding && abs(second.right - first.left) < rounding
  }

  /// A letter's font, and its width in thousandths of the size.
  private static func width(_ letter: TextLayerCharacter, _ runs: [TextLayerRun]) -> (font: Int, width: Int)? {
    guard let run = letter.run.map({ runs[$0] }), let font = run.font, run.size > 0 else { return nil }
    let width = (letter.right - letter.left) / run.size
    return width.isFinite && width < 100 ? (font, Int((1000 * width).rounded())) : nil
  }

  private static let rounding = 1e-6  // points
  private static let lam: Unicode.Scalar = "\u{644}"
  private static let alefs: Set<Unicode.Scalar> = ["\u{622}", "\u{623}", "\u{625}", "\u{627}", "\u{671}"]
}
