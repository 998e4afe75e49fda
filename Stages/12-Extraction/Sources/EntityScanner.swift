import Contracts
import DocumentModel

/// Finds values in a text in one pass from left to right; no two overlap.
struct EntityScanner {
  /// How the document writes dates.
  let dates: DateOrder

  func findings(in text: Scalars) -> [Finding] {
    var found: [Finding] = []
    var at = 0
    var word = 0..<0
    /// Up to which place a word like "Tel." announces a telephone number.
    var announced = -1
    while at < text.count {
      if text.isSpace(at) {
        at += 1
        continue
      }
      if at >= word.upperBound || !word.contains(at) {
        word = at..<end(of: text, from: at)
        if let address = ContactScanner.address(text, word: word) {
          found.append(address)
          at = word.upperBound
          continue
        }
      }
      if text.isLetter(at), !text.isWord(at - 1) {
        let letters = TextToken.words(of: text.text(at..<text.letters(from: at))).first ?? ""
        if ContactScanner.announcing.contains(letters) { announced = at + letters.utf8.count + Self.reach }
        if Self.taxWords.contains(letters) { announced = -1 }
      }
      if let finding = finding(text, at, phone: at <= announced) {
        found.append(finding)
        at = max(at + 1, finding.range.upperBound)
      } else if text.isDigit(at) {
        // The rest of a number that is nothing by itself is nothing either.
        while text.isWord(at) || (text[at].map { ".,/:-".unicodeScalars.contains($0) } ?? false && text.isDigit(at + 1))
        { at += 1 }
      } else {
        at += 1
      }
    }
    return found
  }

  private func finding(_ text: Scalars, _ at: Int, phone: Bool) -> Finding? {
    if let account = IBAN.iban(text, at: at) { return account }
    if let date = DateScanner.date(text, at: at), let finding = dates.finding(date) { return finding }
    if let number = ContactScanner.phone(text, at: at, announced: phone) { return number }
    if let tax = TaxNumber.number(text, at: at), tax.confidence > 0.9 { return tax }
    guard text.isDigit(at) else { return nil }
    if let percentage = Self.percentage(text, at) { return percentage }
    if let amount = AmountScanner.amount(text, at: at), amount.currency != nil {
      return Finding(
        kind: .amount, range: amount.range, value: amount.decimal, currency: amount.currency,
        confidence: amount.decimals == 2 ? 0.95 : 0.85)
    }
    return nil
  }

  static func percentage(_ text: Scalars, _ at: Int) -> Finding? {
    guard !text.isLetter(at - 1), let number = NumberScanner.number(text, at: at) else { return nil }
    let sign = text.skipSpace(number.range.upperBound)
    guard text[sign] == "%", sign - number.range.upperBound <= 1 else { return nil }
    let negative = (text[at - 1] == "-" || text[at - 1] == "−") && !text.isWord(at - 2)
    return Finding(
      kind: .percentage, range: (negative ? at - 1 : at)..<sign + 1, value: (negative ? "-" : "") + number.decimal,
      confidence: 0.95)
  }

  private func end(of text: Scalars, from start: Int) -> Int {
    var end = start
    while end < text.count, !text.isSpace(end) { end += 1 }
    return end
  }

  private static let reach = 12  // letters between "Tel." and its number
  private static let taxWords: Set<String> = ["iban", "bic", "ust", "vat", "tva", "btw"]
}
