import Contracts

/// International bank account numbers, verified by length and check digits.
///
/// Source: ISO 13616; lengths from the SWIFT IBAN registry.
enum IBAN {
  /// The account number that begins at this place, spaces between its groups allowed.
  static func iban(_ text: Scalars, at start: Int) -> Finding? {
    guard text.isLetter(start), text.isLetter(start + 1), text.isDigit(start + 2),
      !text.isWord(start - 1) || isLabel(text, before: start),
      let length = lengths[text.text(start..<start + 2).uppercased()]
    else { return nil }
    var letters = ""
    var at = start
    while letters.utf8.count < length, let scalar = text[at] {
      if text.isSpace(at), !letters.isEmpty, at > 0, !text.isSpace(at - 1) {
        at += 1
        continue
      }
      guard scalar.isASCII, text.isWord(at) else { return nil }
      letters += scalar.properties.uppercaseMapping
      at += 1
    }
    guard letters.utf8.count == length, !text.isWord(at), isValid(letters) else { return nil }
    return Finding(kind: .iban, range: start..<at, value: letters, confidence: 0.99)
  }

  /// "IBANDE12 …": the label touches the number.
  private static func isLabel(_ text: Scalars, before start: Int) -> Bool {
    start >= 4 && text.text(start - 4..<start).uppercased() == "IBAN" && !text.isWord(start - 5)
  }

  /// Where an account number begins that the end of the text cuts off.
  static func cutOff(_ text: Scalars) -> Int? {
    var at = text.count
    while at > max(0, text.count - mostCut), text.isWord(at - 1) || text.isSpace(at - 1) {
      at -= 1
      guard text.isLetter(at), text.isLetter(at + 1), text.isDigit(at + 2), text.isDigit(at + 3), !text.isWord(at - 1),
        lengths[text.text(at..<at + 2)] != nil
      else { continue }
      return at
    }
    return nil
  }

  private static let mostCut = 40  // scalars: the longest account number with its spaces

  /// ISO 7064, modulo 97.
  static func isValid(_ letters: String) -> Bool {
    let bytes = Array(letters.utf8)
    return bytes.count > 4 && remainder97(Array(bytes[4...] + bytes[..<4])) == 1
  }

  /// The remainder by 97 of digits and capitals, A counted as 10; nil for any other sign.
  static func remainder97(_ bytes: [UInt8]) -> Int? {
    var rest = 0
    for byte in bytes {
      switch byte {
      case 0x30...0x39: rest = (rest * 10 + Int(byte) - 0x30) % 97
      case 0x41...0x5A: rest = (rest * 100 + Int(byte) - 0x41 + 10) % 97
      default: return nil
      }
    }
    return rest
  }

  private static let lengths: [String: Int] = [
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29, "CH": 21,
    "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FO": 18,
    "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23,
    "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27,
    "MD": 24, "ME": 22, "MK": 19, "MT": 31, "MU": 30, "NL": 18, "NO": 15, "PK": 24, "PL": 28, "PT": 25, "QA": 29,
    "RO": 24, "RS": 22, "SA": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "TN": 24, "TR": 26, "UA": 29, "XK": 20,
  ]
}
