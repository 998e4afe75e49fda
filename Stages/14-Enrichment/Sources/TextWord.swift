import DocumentModel

/// A word of a text.
struct TextWord {
  /// Unicode scalars of the text.
  let range: Range<Int>
  /// In lower case.
  let key: String
  let isCapitalized: Bool
  let isAllCapitals: Bool
  /// Of letters alone, hyphens and apostrophes within aside.
  let isLettered: Bool
  /// Whether it follows the word before with nothing but white space between.
  let follows: Bool

  /// The words of a text: letters, digits, marks, and hyphens or apostrophes between them.
  ///
  /// Writing without spaces is cut between kinds of letters: a run of Han, of katakana, of hiragana.
  static func words(of text: [Unicode.Scalar]) -> [TextWord] {
    var words: [TextWord] = []
    var place = 0
    var follows = false
    while place < text.count {
      guard let kind = Kind(text[place]) else {
        if !text[place].isSpace { follows = false }
        place += 1
        continue
      }
      var end = place + 1
      while end < text.count, continues(text, kind, from: end) { end += 1 }
      words.append(word(text, place..<end, follows: follows))
      follows = true
      place = end
    }
    return words
  }

  private enum Kind: Equatable {
    case spaced, han, hiragana, katakana, otherUnspaced

    init?(_ scalar: Unicode.Scalar) {
      if scalar.value < 0x80 {
        guard scalar.isLetter || scalar.isNumeral else { return nil }
        self = .spaced
        return
      }
      switch scalar.value {
      case 0x3040...0x309F: self = .hiragana
      case 0x30A1...0x30FA, 0x30FC...0x30FF: self = .katakana
      default:
        guard scalar.isLetter || scalar.properties.numericType == .decimal || scalar.properties.isGraphemeExtend else {
          return nil
        }
        self =
          !UnspacedScript.contains(scalar)
          ? .spaced : LetterScript(scalar) == .han ? .han : .otherUnspaced
      }
    }
  }

  private static func continues(_ text: [Unicode.Scalar], _ kind: Kind, from place: Int) -> Bool {
    if Kind(text[place]) == kind || text[place].properties.isGraphemeExtend { return true }
    guard kind == .spaced, place + 1 < text.count, joiners.contains(text[place]) else { return false }
    guard Kind(text[place + 1]) == .spaced else { return false }
    // "don't" and "Smith's" are words; of "l'homme" and "dell'arte" the article is one by itself.
    if text[place] == "'" || text[place] == "\u{2019}" {
      let beyond = min(place + 3, text.count - 1)
      return place + 2 >= text.count || Kind(text[place + 2]) != .spaced || place + 3 >= text.count
        || Kind(text[beyond]) != .spaced
    }
    return true
  }

  private static func word(_ text: [Unicode.Scalar], _ range: Range<Int>, follows: Bool) -> TextWord {
    var key = String.UnicodeScalarView()
    var capitals = 0
    var lettered = true
    for scalar in text[range] {
      if scalar.value < 0x80 {
        let capital = (0x41...0x5A).contains(scalar.value)
        if capital { capitals += 1 }
        if (0x30...0x39).contains(scalar.value) { lettered = false }
        key.append(capital ? Unicode.Scalar(UInt8(scalar.value) + 0x20) : scalar)
      } else if scalar.isCapital {
        capitals += 1
        key.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      } else {
        key.append(scalar == "\u{2019}" ? "'" : scalar)
      }
    }
    let first = text[range.lowerBound]
    return TextWord(
      range: range, key: String(key), isCapitalized: first.isCapital,
      isAllCapitals: capitals > 1 && capitals * 2 > range.count, isLettered: lettered, follows: follows)
  }

  private static let joiners: Set<Unicode.Scalar> = ["-", "\u{2010}", "\u{2011}", "'", "\u{2019}", "\u{AD}"]
}
