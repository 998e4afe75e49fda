import DocumentModel

/// The text that a page's content stream sets, invisible text included (Poppler does not tell render mode 3 apart).
package struct TextLayer: Sendable, Hashable {
  /// In Poppler's reading order: block by block, line by line.
  package let words: [TextLayerWord]
  /// What the words' `font` refers to, in order of first use.
  package let fonts: [Font]
  /// Unicode scalars without white space.
  package let characterCount: Int
  /// Scalars that name no character: private use, U+FFFD, controls; broken Unicode maps show here.
  package let unmappedCount: Int
  /// Whether Poppler's text and rectangles agreed in number; if not, words after the first disagreement may be
  /// missing or misplaced.
  package let isConsistent: Bool

  package init(words: [TextLayerWord], fonts: [Font], characterCount: Int, unmappedCount: Int, isConsistent: Bool) {
    self.words = words
    self.fonts = fonts
    self.characterCount = characterCount
    self.unmappedCount = unmappedCount
    self.isConsistent = isConsistent
  }

  /// How most of the letters are turned; nil without text.
  package var prevailingTurn: QuarterTurn? {
    var letters: [QuarterTurn: Int] = [:]
    for word in words { letters[word.turn, default: 0] += word.text.unicodeScalars.count }
    // Among equals the smaller turn.
    return QuarterTurn.allCases.filter { letters[$0] != nil }
      .max { (letters[$0] ?? 0, -$0.rawValue) < (letters[$1] ?? 0, -$1.rawValue) }
  }
}
