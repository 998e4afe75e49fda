import DocumentModel

/// Reads numbers with grouped digits and decimals, as they are printed in Europe and America.
enum NumberScanner {
  /// A number as printed.
  struct Number: Hashable {
    let range: Range<Int>
    /// With a point, without grouping, signed.
    let decimal: String
    /// How many digits stand behind the decimal sign.
    let decimals: Int
    /// Whether the only sign in it may as well group as part the decimals (`1.234`).
    let open: Bool
  }

  /// The number that begins at this place with a digit; signs before it are the caller's.
  static func number(_ text: Scalars, at start: Int) -> Number? {
    guard text.isDigit(start), !text.isDigit(start - 1) else { return nil }
    var groups = [start..<text.digits(from: start)]
    var signs: [Unicode.Scalar] = []
    while groups.count < mostGroups, let sign = text[groups[groups.count - 1].upperBound], parting.contains(sign) {
      let from = groups[groups.count - 1].upperBound + 1
      let next = from..<text.digits(from: from)
      // A space groups digits only in threes: "20 000" is a number, "4 12" are two.
      let spaced = sign.isSpace
      if next.isEmpty || (spaced && (groups[groups.count - 1].count > 3 || !isSpacedGroup(text, next, after: sign))) {
        break
      }
      if spaced, signs.contains(where: { !$0.isSpace }) { break }
      groups.append(next)
      signs.append(sign)
    }
    if groups.count == 1, let split = splitDecimals(text, groups[0]) { return split }
    return assemble(text, groups, signs)
  }

  /// "7. 80" at the end of a text: recognition often sees a space behind a point.
  private static func splitDecimals(_ text: Scalars, _ whole: Range<Int>) -> Number? {
    let end = whole.upperBound
    guard text[end] == ".", text[end + 1] == " ", text.digits(from: end + 2) == end + 4, text.count == end + 4 else {
      return nil
    }
    return Number(
      range: whole.lowerBound..<end + 4, decimal: trimmed(text.text(whole)) + "." + text.text(end + 2..<end + 4),
      decimals: 2,
      open: false)
  }

  /// Whether the digits after a space are a group and no number of their own, as in "2 100.00".
  private static func isSpacedGroup(_ text: Scalars, _ digits: Range<Int>, after space: Unicode.Scalar) -> Bool {
    guard digits.count == 3 else { return false }
    if space != " " { return true }
    let end = digits.upperBound
    if text[end] == "," { return text.isDigit(end + 1) && text.isDigit(end + 2) && !text.isDigit(end + 3) }
    guard text.isSpace(end) else { return false }
    // "1 250 000 Ft": the groups behind tell it.
    let next = end + 1..<text.digits(from: end + 1)
    if !next.isEmpty { return isSpacedGroup(text, next, after: text[end] ?? space) }
    if text[end + 1].map({ Currencies.sign($0) != nil }) ?? false { return !text.isDigit(end + 2) }
    let word = end + 1..<text.letters(from: end + 1, most: 4)
    return !word.isEmpty && !text.isWord(word.upperBound)
      && Currencies.code(text.text(word), isBehind: true) != nil
  }

  private static func assemble(_ text: Scalars, _ groups: [Range<Int>], _ signs: [Unicode.Scalar]) -> Number? {
    let digits = groups.map { text.text($0) }
    let range = groups[0].lowerBound..<groups[groups.count - 1].upperBound
    guard digits.reduce(0, { $0 + $1.count }) <= mostDigits else { return nil }
    guard let last = signs.last else {
      return Number(range: range, decimal: trimmed(digits[0]), decimals: 0, open: false)
    }
    let lastDigits = digits[digits.count - 1]
    let repeated = signs.dropLast().contains(last)
    let grouped = digits[1...].dropLast().allSatisfy { $0.count == 3 } && digits[0].count <= 3
    if let lakhs = lakhs(digits, signs, range) { return lakhs }
    let decimalSign = (last == "." || last == ",") && !repeated
    if decimalSign, signs.count == 1 || (grouped && Set(signs.dropLast()).count == 1) {
      // One sign with three digits behind it groups, unless nothing stands before it (0.125).
      let open = signs.count == 1 && lastDigits.count == 3 && digits[0].count <= 3 && digits[0] != "0"
      if open { return Number(range: range, decimal: trimmed(digits.joined()), decimals: 0, open: true) }
      let whole = trimmed(digits.dropLast().joined())
      return Number(range: range, decimal: whole + "." + lastDigits, decimals: lastDigits.count, open: false)
    }
    guard Set(signs).count == 1, digits[0].count <= 3, digits[1...].allSatisfy({ $0.count == 3 }) else { return nil }
    return Number(range: range, decimal: trimmed(digits.joined()), decimals: 0, open: false)
  }

  /// `1,74,220.00`: India groups by two beyond the thousands.
  private static func lakhs(_ digits: [String], _ signs: [Unicode.Scalar], _ range: Range<Int>) -> Number? {
    let decimals = signs.last == "." ? 1 : 0
    let whole = digits.dropLast(decimals)
    guard whole.count >= 3, signs.dropLast(decimals).allSatisfy({ $0 == "," }), whole[0].count <= 2,
      whole[1..<whole.count - 1].allSatisfy({ $0.count == 2 }), whole[whole.count - 1].count == 3
    else { return nil }
    let fraction = decimals == 1 ? "." + digits[digits.count - 1] : ""
    return Number(
      range: range, decimal: trimmed(whole.joined()) + fraction, decimals: max(0, fraction.count - 1), open: false)
  }

  /// Without leading zeros.
  private static func trimmed(_ digits: String) -> String {
    let rest = digits.drop { $0 == "0" }
    return rest.isEmpty ? "0" : String(rest)
  }

  private static let parting: Set<Unicode.Scalar> = [".", ",", "'", "’", " ", "\u{A0}", "\u{202F}", "\u{2009}"]
  private static let mostGroups = 7
  private static let mostDigits = 18  // digits: more is no amount, and hundredths of it still fit 64 bits
}
