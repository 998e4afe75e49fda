import DocumentModel

/// What a word looks like as a table value.
enum ValueShape: Sendable, Hashable {
  /// `1,234.5`, `(12)`, `$9`, `45%`, `1998–99`.
  case number
  /// A stand-in for a number: a dash, a dagger, `n/a`.
  case placeholder
  /// A currency or unit sign that belongs to a number beside it.
  case sign
  case text

  init(_ word: String) {
    if Self.placeholders.contains(word) {
      self = .placeholder
    } else if Self.signs.contains(word) {
      self = .sign
    } else {
      self = Self.isNumber(word) ? .number : .text
    }
  }

  var isNumeric: Bool { self == .number || self == .placeholder }

  private static let placeholders: Set<String> = [
    "-", "–", "—", "−", "†", "‡", "#", "n/a", "N/A", "n.a.", "NA", "...", "…", "*", "**", "***", "(–)", "(—)", "(-)",
    "x", "X", "✓",
  ]
  private static let signs: Set<String> = [
    "$", "€", "£", "¥", "%", "₹", "₽", "₺", "US$", "A$", "C$", "R$", "EUR", "USD", "GBP", "CHF", "PLN", "SEK", "NOK",
    "DKK", "CZK", "HUF", "AUD", "CAD", "INR", "JPY", "zł", "kr", "kr.", "Kč", "Ft", "Fr.", "Rs.",
  ]

  /// Digits with at most the marks and the two letters that numbers carry: `12a`, `30th` are numbers, `B2C` is not.
  private static func isNumber(_ word: String) -> Bool {
    var digits = 0
    var letters = 0
    for scalar in word.unicodeScalars {
      switch scalar {
      case "0"..."9": digits += 1
      case ".", ",", "%", "$", "€", "£", "¥", "(", ")", "[", "]", "+", "-", "–", "—", "−", "±", "*", "/", ":", "<", ">",
        "≤", "≥",
        "~", "∼", "'", "’", "†", "‡", "×", "#", "=", "‰", "°", "½", "¼", "¾":
        break
      default:
        if scalar.isNumeral { digits += 1 } else { letters += 1 }
      }
    }
    return digits > 0 && (letters == 0 || (letters <= 2 && letters < digits))
  }
}
