import DocumentModel

/// Brackets of a page that are told as they are drawn, not as they are meant.
///
/// In right-to-left text an opening bracket is drawn as a closing one. Some programs' files say what was written, others
/// what the glyph looks like; where most brackets of a page turn their backs on what they hold, it is the latter.
enum MirroredBrackets {
  private static let pairs: [Unicode.Scalar: Unicode.Scalar] = [
    "(": ")", ")": "(", "[": "]", "]": "[", "{": "}", "}": "{", "<": ">", ">": "<", "«": "»", "»": "«",
  ]
  private static let opening: Set<Unicode.Scalar> = ["(", "[", "{", "<", "«"]

  /// - Parameter places: of the letters that stand in right-to-left order.
  static func mend(_ letters: inout [EmbeddedText.Letter], at places: [Int]) {
    let brackets = places.filter { pairs[letters[$0].scalar] != nil }
    guard !brackets.isEmpty else { return }
    var (right, wrong) = (0, 0)
    for place in brackets {
      let isOpen = opening.contains(letters[place].scalar)
      let isBefore = !isWord(letters, place - 1) && isWord(letters, place + 1)
      let isBehind = isWord(letters, place - 1) && !isWord(letters, place + 1)
      if isOpen ? isBefore : isBehind { right += 1 } else if isOpen ? isBehind : isBefore { wrong += 1 }
    }
    guard wrong > right else { return }
    for place in brackets { letters[place].scalar = pairs[letters[place].scalar] ?? letters[place].scalar }
  }

  private static func isWord(_ letters: [EmbeddedText.Letter], _ place: Int) -> Bool {
    letters.indices.contains(place) && (letters[place].scalar.isLetter || letters[place].scalar.isNumeral)
  }
}
