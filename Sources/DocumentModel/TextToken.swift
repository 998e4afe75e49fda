/// A word or number of a text, folded for comparison: lower case, without accents.
///
/// Letters and digits that touch are one token; `#`, `%`, `§` and currency signs are tokens of their own; all other
/// signs part tokens: `USt.-Id.-Nr.` is `ust`, `id`, `nr`.
package struct TextToken: Sendable, Hashable {
  package let folded: String
  /// Unicode scalar offsets into the text.
  package let range: Range<Int>

  package init(folded: String, range: Range<Int>) {
    self.folded = folded
    self.range = range
  }

  /// Whether it is digits only.
  package var isNumber: Bool { folded.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }

  /// The tokens of a text, in order.
  package static func tokens(of text: String) -> [TextToken] {
    var tokens: [TextToken] = []
    var folded = ""
    var start = 0
    var offset = 0
    func close() {
      if !folded.isEmpty { tokens.append(TextToken(folded: folded, range: start..<offset)) }
      folded = ""
    }
    for scalar in text.unicodeScalars {
      if isSign(scalar) {
        close()
        tokens.append(TextToken(folded: String(scalar), range: offset..<offset + 1))
      } else if let letter = plainLetter(scalar) {
        if folded.isEmpty { start = offset }
        folded.unicodeScalars.append(letter)
      } else if let letters = fold(scalar) {
        if folded.isEmpty { start = offset }
        folded += letters
      } else if !isCombining(scalar) {
        close()
      }
      offset += 1
    }
    close()
    return tokens
  }

  /// A word or phrase as tokens, for word lists.
  package static func words(of text: String) -> [String] { tokens(of: text).map(\.folded) }

  /// Whether it is a token of its own.
  private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "#", "%", "§", "№", "$": true
    default: !scalar.isASCII && scalar.category == .currencySymbol
    }
  }

  /// The small letter for a letter of ASCII, and a digit as it is: most of any text, and without a string of its own.
  private static func plainLetter(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x30...0x39, 0x61...0x7A: scalar
    case 0x41...0x5A: Unicode.Scalar(UInt8(scalar.value) | 0x20)
    default: nil
    }
  }

  /// The plain letters for any other letter or digit; nil for every other sign.
  private static func fold(_ scalar: Unicode.Scalar) -> String? {
    // º and ª are letters to Unicode, and signs in "nº": they part tokens as ° does.
    guard !scalar.isASCII, scalar.isLetter || scalar.properties.numericType == .decimal, scalar != "º", scalar != "ª"
    else { return nil }
    let lower = scalar.properties.lowercaseMapping
    return plain[lower] ?? lower
  }

  private static func isCombining(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0xAD || (0x300...0x36F).contains(scalar.value)
  }

  private static let plain: [String: String] = {
    let families = [
      "a": "àáâãäåāăą", "c": "çćĉċč", "d": "ďđð", "e": "èéêëēĕėęě", "g": "ĝğġģ", "i": "ìíîïĩīĭįı", "k": "ķ",
      "l": "ĺļľŀł", "n": "ñńņň", "o": "òóôõöøōŏő", "r": "ŕŗř", "s": "śŝşšș", "t": "ţťŧț", "u": "ùúûüũūŭůűų",
      "w": "ŵ", "y": "ýÿŷ", "z": "źżž",
    ]
    var table = ["ß": "ss", "æ": "ae", "œ": "oe", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff"]
    for (letter, family) in families {
      for variant in family.unicodeScalars { table[String(variant)] = letter }
    }
    return table
  }()
}
