import Contracts

/// Reads addresses of mail and of the web, and telephone numbers.
enum ContactScanner {
  /// The address that this word is, without the signs around it.
  static func address(_ text: Scalars, word: Range<Int>) -> Finding? {
    guard word.count <= longest else { return nil }
    var range = word
    while let sign = text[range.lowerBound], opening.contains(sign), range.count > 1 {
      range = range.lowerBound + 1..<range.upperBound
    }
    while let sign = text[range.upperBound - 1], closing.contains(sign), range.count > 1 {
      range = range.lowerBound..<range.upperBound - 1
    }
    let printed = text.text(range)
    let lower = printed.lowercased()
    if printed.contains("@") { return mail(printed, lower, range) }
    if lower.hasPrefix("http://") || lower.hasPrefix("https://"), lower.utf8.count > 9 {
      return Finding(kind: .url, range: range, value: printed, confidence: 0.97)
    }
    if lower.hasPrefix("www."), isHost(String(lower.prefix { $0 != "/" })) {
      return Finding(kind: .url, range: range, value: "http://" + printed, confidence: 0.95)
    }
    return nil
  }

  private static func mail(_ printed: String, _ lower: String, _ range: Range<Int>) -> Finding? {
    let parts = lower.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x2C }),
      isHost(String(parts[1]))
    else { return nil }
    return Finding(kind: .email, range: range, value: lower, confidence: 0.97)
  }

  private static func isHost(_ host: String) -> Bool {
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, let last = labels.last, last.count >= 2, last.allSatisfy(\.isLetter) else { return false }
    return labels.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" } }
  }

  /// The telephone number that begins at this place: with a plus, or after a word that announces one.
  static func phone(_ text: Scalars, at start: Int, announced: Bool) -> Finding? {
    guard !text.isWord(start - 1), text[start] == "+" || announced && (text.isDigit(start) || text[start] == "(") else {
      return nil
    }
    let international = text[start] == "+"
    var digits = ""
    var at = start + (international ? 1 : 0)
    var end = at
    while let scalar = text[at], at < start + mostPhone {
      if Scalars.isDigit(scalar) {
        digits.unicodeScalars.append(scalar)
        end = at + 1
      } else if international, scalar == "(", text[at + 1] == "0", text[at + 2] == ")" {
        at += 3
        continue
      } else if !joints.contains(scalar)
        || (scalar == "-" && text.isSpace(at - 1) && text.isSpace(at + 1) && digits.count >= 7)
      {
        break
      }
      at += 1
    }
    guard digits.count >= 7, digits.count <= 15, !text.isLetter(end) else { return nil }
    return Finding(
      kind: .phone, range: start..<end, value: (international ? "+" : "") + digits,
      confidence: international ? 0.9 : 0.85)
  }

  /// Folded words after which a telephone number stands.
  static let announcing: Set<String> = [
    "tel", "telefon", "telephone", "telefono", "telefoon", "phone", "ph", "fon", "fax", "telefax", "mobile", "mobil",
    "handy", "portable", "cell", "call", "hotline", "tlf", "mob",
  ]

  private static let joints: Set<Unicode.Scalar> = [" ", "\u{A0}", "-", "–", "/", "(", ")", "."]
  private static let opening: Set<Unicode.Scalar> = ["(", "<", "[", "\"", "'", "„", "“"]
  private static let closing: Set<Unicode.Scalar> = [".", ",", ";", ":", ")", ">", "]", "\"", "'", "”", "“", "!", "?"]
  private static let longest = 320  // RFC 5321: 64 letters, the sign, 255 letters
  private static let mostPhone = 30  // letters with all signs between the digits
}
