import DocumentModel

// The standard library composes for its own comparisons; the same function spares the worker Foundation's tables.
@_spi(_Unicode) import Swift

/// A word's letters as they are told: composed, without ligatures, presentation forms, control characters and private-use
/// glyphs.
enum WordText {
  /// The normalised text; a soft hyphen at the very end is kept, because a line break may hang on it.
  static func normalised(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x21 && $0 < 0x7F }) { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { append(scalar, to: &scalars) }
    if text.unicodeScalars.last == "\u{AD}", !scalars.isEmpty { scalars.append("\u{AD}") }
    var composed = String.UnicodeScalarView()
    for scalar in String(scalars)._nfc { composed.append(scalar) }
    return trimmed(composed)
  }

  private static func append(_ scalar: Unicode.Scalar, to scalars: inout String.UnicodeScalarView) {
    if let letters = ligatures[scalar] {
      scalars.append(contentsOf: letters.unicodeScalars)
    } else if let shape = symbolFont[scalar.value] ?? ArabicForms.letter(scalar) {
      scalars.append(shape)
    } else {
      switch scalar.category {
      case .spaceSeparator: if scalars.last != " " { scalars.append(" ") }
      case .control, .lineSeparator, .paragraphSeparator, .surrogate: break
      case .privateUse, .unassigned:
        // One mark for a whole run of glyphs without a meaning: something stands there, nobody can say what.
        if scalars.last != unknown { scalars.append(unknown) }
      case .nonspacingMark:
        // An accent over a letter that left its dot away for it: together they are the letter with the accent.
        if let last = scalars.last, let dotted = undotted[last], above.contains(scalar.value) {
          scalars.removeLast()
          scalars.append(dotted)
        }
        scalars.append(scalar)
      case .format: if keptFormats.contains(scalar) { scalars.append(scalar) }
      default: scalars.append(scalar)
      }
    }
  }

  private static func trimmed(_ scalars: String.UnicodeScalarView) -> String {
    var rest = scalars[...]
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }

  private static let unknown: Unicode.Scalar = "\u{FFFD}"

  /// Zero-width joiner and non-joiner: spelling in Persian and Indic scripts. Tags and directional marks go.
  private static let keptFormats: Set<Unicode.Scalar> = ["\u{200C}", "\u{200D}"]

  private static let undotted: [Unicode.Scalar: Unicode.Scalar] = ["\u{131}": "i", "\u{237}": "j"]
  private static let above: ClosedRange<UInt32> = 0x300...0x314

  private static let ligatures: [Unicode.Scalar: String] = [
    "\u{FB00}": "ff", "\u{FB01}": "fi", "\u{FB02}": "fl", "\u{FB03}": "ffi", "\u{FB04}": "ffl", "\u{FB05}": "st",
    "\u{FB06}": "st", "\u{132}": "IJ", "\u{133}": "ij", "\u{1C4}": "DŽ", "\u{1C7}": "LJ", "\u{1CA}": "NJ",
    "\u{FEFB}": "لا", "\u{FEFC}": "لا", "\u{FEF5}": "لآ", "\u{FEF6}": "لآ", "\u{FEF7}": "لأ", "\u{FEF8}": "لأ",
    "\u{FEF9}": "لإ", "\u{FEFA}": "لإ", "\u{17F}": "s",
  ]

  /// Symbol and Wingdings encode their glyphs from U+F000 on; those that stand in running text and lists.
  private static let symbolFont: [UInt32: Unicode.Scalar] = [
    0xF0B7: "•", 0xF0A7: "▪", 0xF06E: "■", 0xF06F: "□", 0xF0A8: "◻", 0xF071: "❑", 0xF076: "❖", 0xF0D8: "➢", 0xF0E0: "→",
    0xF0DE: "⇒", 0xF0FC: "✓", 0xF0FB: "✗", 0xF0FE: "☑", 0xF02D: "−", 0xF0B0: "°", 0xF0B1: "±", 0xF0B4: "×", 0xF0B8: "÷",
    0xF0A3: "≤", 0xF0B3: "≥", 0xF061: "α", 0xF062: "β", 0xF067: "γ", 0xF064: "δ", 0xF06D: "μ", 0xF070: "π", 0xF073: "σ",
  ]
}
