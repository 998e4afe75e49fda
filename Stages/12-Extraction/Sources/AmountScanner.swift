import Contracts

/// Reads amounts: a number with its sign and, where one stands beside it, its currency.
enum AmountScanner {
  struct Amount: Hashable {
    let range: Range<Int>
    let decimal: String
    let decimals: Int
    let currency: String?
    /// Hundredths, for sums.
    var cents: Int? { Self.cents(decimal) }

    /// Hundredths of a decimal as this scanner writes it; nil where it does not fit.
    static func cents(_ decimal: String) -> Int? {
      let negative = decimal.hasPrefix("-")
      let parts = decimal.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
      guard let whole = Int(parts[0]), whole < 1_000_000_000_000_000 else { return nil }
      let digits = parts.count > 1 ? Array(parts[1].utf8.prefix(3)) : []
      func digit(_ index: Int) -> Int { index < digits.count ? Int(digits[index]) - 0x30 : 0 }
      let cents = whole * 100 + digit(0) * 10 + digit(1) + (digit(2) >= 5 ? 1 : 0)
      return negative ? -cents : cents
    }
  }

  /// The amount whose first digit stands here.
  static func amount(_ text: Scalars, at start: Int) -> Amount? {
    // Letters that touch a number make it a code, unless they are a currency's: RM82.80.
    let before = currencyBefore(text, start)
    if text.isLetter(start - 1), before == nil { return nil }
    guard let number = NumberScanner.number(text, at: start) else { return nil }
    // So many digits without a sign between them are a code.
    if number.decimals == 0, number.decimal.utf8.count > mostDigits, number.range.count == number.decimal.utf8.count {
      return nil
    }
    var end = number.range.upperBound
    var negative = false
    // 102,- and 102.- are whole amounts.
    if let sign = text[end], sign == "," || sign == ".", let dash = text[end + 1], dashes.contains(dash) { end += 2 }
    let after = currencyAfter(text, end)
    if after == nil, text.isLetter(end) || text[end] == "%" { return nil }
    if let dash = text[end], dashes.contains(dash), !text.isWord(end + 1), end == number.range.upperBound {
      negative = true
      end += 1
    }
    var from = before?.start ?? start
    if let dash = text[from - 1], dashes.contains(dash), !text.isWord(from - 2) {
      negative = true
      from -= 1
    } else if before != nil, let dash = text[start - 1], dashes.contains(dash) {
      negative = true
    } else if text[from - 1] == "(", text[after?.end ?? end] == ")" {
      negative = true
    }
    let isZero = number.decimal.allSatisfy { $0 == "0" || $0 == "." }
    return Amount(
      range: from..<(after?.end ?? end), decimal: (negative && !isZero ? "-" : "") + number.decimal,
      decimals: number.decimals, currency: before?.code ?? after?.code)
  }

  /// All amounts of a text; a date's or a time's numbers are none, nor are percentages.
  static func amounts(in text: Scalars) -> [Amount] {
    let dates = DateScanner.dates(in: text).map(\.range)
    var found: [Amount] = []
    var at = 0
    var next = 0
    while at < text.count {
      while next < dates.count, dates[next].upperBound <= at { next += 1 }
      if next < dates.count, dates[next].contains(at) {
        at = dates[next].upperBound
        continue
      }
      guard text.isDigit(at) else {
        at += 1
        continue
      }
      if let amount = amount(text, at: at), !isTime(text, amount.range),
        text[text.skipSpace(amount.range.upperBound)] != "%"
      {
        found.append(amount)
        at = max(at + 1, amount.range.upperBound)
      } else {
        while text.isDigit(at) || (text[at].map { ".,:/".unicodeScalars.contains($0) } ?? false) { at += 1 }
      }
    }
    return found
  }

  private static func isTime(_ text: Scalars, _ range: Range<Int>) -> Bool {
    text[range.upperBound] == ":" && text.isDigit(range.upperBound + 1)
      || text[range.lowerBound - 1] == ":" && text.isDigit(range.lowerBound - 2)
  }

  private static func currencyBefore(_ text: Scalars, _ start: Int) -> (code: String, start: Int)? {
    var end = start
    if let dash = text[end - 1], dashes.contains(dash) { end -= 1 }
    while end > start - 3, text.isSpace(end - 1) { end -= 1 }
    if let sign = text[end - 1], let code = Currencies.sign(sign) {
      // US$, A$, HK$
      var from = end - 1
      while from > end - 4, text.isLetter(from - 1) { from -= 1 }
      let prefix = text.text(from..<end - 1)
      let named = prefix.isEmpty ? nil : Currencies.code(prefix + String(sign))
      return named.map { ($0, from) } ?? (code, end - 1)
    }
    if text[end - 1] == "." { end -= 1 }
    var from = end
    while from > end - 4, text.isLetter(from - 1) { from -= 1 }
    guard from < end, !text.isWord(from - 1), let code = Currencies.code(text.text(from..<end), isBehind: false) else {
      return nil
    }
    return (code, from)
  }

  private static func currencyAfter(_ text: Scalars, _ end: Int) -> (code: String, end: Int)? {
    let at = text.skipSpace(end)
    guard at - end <= 2 else { return nil }
    if let sign = text[at], let code = Currencies.sign(sign) {
      // "5 $10" are a count and an amount.
      return text.isDigit(at + 1) ? nil : (code, at + 1)
    }
    let close = text.letters(from: at, most: 6)
    guard close > at, !text.isWord(close), let code = Currencies.code(text.text(at..<close), isBehind: true) else {
      return nil
    }
    let next = text.skipSpace(close)
    return at > end && text.isDigit(next) && !text.isLetter(next) && next > close ? nil : (code, close)
  }

  private static let mostDigits = 9  // of an amount whose digits are not grouped
  private static let dashes: Set<Unicode.Scalar> = ["-", "–", "−", "—"]
}
