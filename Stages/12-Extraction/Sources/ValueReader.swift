import Contracts
import DocumentModel

/// Reads a value of a wanted kind out of a stretch of a line.
struct ValueReader {
  let dates: DateOrder

  /// - Parameters:
  ///   - range: where to look in the text.
  ///   - whole: whether the value must be what the stretch begins with, as below a label.
  func value(_ kind: ValueKind, in text: Scalars, _ range: Range<Int>, whole: Bool) -> Finding? {
    let from = Self.skipSigns(text, range)
    guard from < range.upperBound else { return nil }
    let stretch = Scalars(text.text(from..<range.upperBound))
    guard let finding = read(kind, stretch) else { return nil }
    if whole, finding.range.lowerBound > 2 { return nil }
    if finding.range.lowerBound > Self.farthest { return nil }
    return Finding(
      kind: finding.kind, range: finding.range.lowerBound + from..<finding.range.upperBound + from,
      value: finding.value,
      currency: finding.currency, confidence: finding.confidence)
  }

  private func read(_ kind: ValueKind, _ text: Scalars) -> Finding? {
    switch kind {
    case .date: return DateScanner.dates(in: text).lazy.compactMap { dates.finding($0) }.first
    case .amount:
      let amounts = Self.withoutBases(AmountScanner.amounts(in: text), in: text)
      // "5  11.60": a count, then the amount; decimals or a currency tell them apart.
      let chosen =
        amounts.last { $0.decimals == 2 } ?? amounts.last { $0.currency != nil } ?? amounts.last { $0.decimals > 0 }
      return (chosen ?? amounts.last).map {
        Finding(
          kind: .amount, range: $0.range, value: $0.decimal, currency: $0.currency,
          confidence: $0.decimals == 2 ? 0.97 : $0.currency != nil ? 0.9 : 0.6)
      }
    case .number, .percentage:
      for at in 0..<text.count where text.isDigit(at) {
        if kind == .percentage, let percentage = EntityScanner.percentage(text, at) { return percentage }
        if kind == .number, let number = NumberScanner.number(text, at: at) {
          return Finding(kind: .number, range: number.range, value: number.decimal, confidence: 0.9)
        }
      }
      return nil
    case .identifier: return identifier(text)
    case .iban: return (0..<text.count).lazy.compactMap { IBAN.iban(text, at: $0) }.first
    case .email, .phone, .url:
      return EntityScanner(dates: dates).findings(in: text).first { $0.kind == kind }
        ?? (kind == .phone
          ? (0..<text.count).lazy.compactMap { ContactScanner.phone(text, at: $0, announced: true) }.first : nil)
    case .currency:
      let words = TextToken.tokens(of: text.text(0..<text.count))
      return words.lazy.compactMap { word in
        Currencies.code(word.folded).map { Finding(kind: .currency, range: word.range, value: $0, confidence: 0.95) }
      }.first
    case .text:
      let trimmed = Self.trimmed(text)
      return trimmed.contains(where: { text.isWord($0) })
        ? Finding(kind: .text, range: trimmed, value: text.text(trimmed), confidence: 0.9) : nil
    }
  }

  /// "VAT 21 % on 2,912.00": what the tax is of is not the tax.
  private static func withoutBases(_ amounts: [AmountScanner.Amount], in text: Scalars) -> [AmountScanner.Amount] {
    guard !amounts.isEmpty else { return amounts }
    let tokens = TextToken.tokens(of: text.text(0..<text.count))
    let isOfRate = text.all.contains("%")
    return amounts.filter { amount in
      let before = tokens.last { $0.range.upperBound <= amount.range.lowerBound && Currencies.code($0.folded) == nil }
      guard let before, bases.contains(before.folded) else { return true }
      return !isOfRate && before != tokens.first
    }
  }

  private static let bases: Set<String> = [
    "on", "of", "auf", "aus", "von", "sur", "de", "op", "over", "van", "su", "di", "sobre", "z", "od", "ze", "pa", "af",
    "av", "base", "basis", "netto", "net", "imponibile", "ht",
  ]

  /// The first word that holds a digit and is neither a date nor an amount with a currency.
  private func identifier(_ text: Scalars) -> Finding? {
    let dates = DateScanner.dates(in: text).map(\.range)
    if let spaced = SpacedCode.code(text), !dates.contains(where: { $0.overlaps(spaced) }) {
      return Finding(kind: .identifier, range: spaced, value: text.text(spaced), confidence: 0.95)
    }
    var at = 0
    var words = 0
    while at < text.count, words < Self.wordsLookedAt {
      let start = text.skipSpace(at)
      var end = start
      while end < text.count, !text.isSpace(end) { end += 1 }
      if end == start { break }
      var word = start..<end
      while word.count > 0, !text.isWord(word.lowerBound) { word = word.lowerBound + 1..<word.upperBound }
      while word.count > 0, !text.isWord(word.upperBound - 1) { word = word.lowerBound..<word.upperBound - 1 }
      if word.contains(where: { text.isDigit($0) }), word.count <= Self.longestIdentifier,
        !dates.contains(where: { $0.overlaps(word) })
      {
        return Finding(
          kind: .identifier, range: word, value: text.text(word), confidence: word.count >= 4 ? 0.95 : 0.8)
      }
      words += 1
      at = end
    }
    return nil
  }

  /// Behind a label: colons, dots, hyphens, and what stands in brackets after it.
  static func skipSigns(_ text: Scalars, _ range: Range<Int>) -> Int {
    var at = range.lowerBound
    if let open = text[text.skipSpace(at)], open == "(", text.skipSpace(at) < range.upperBound {
      var close = at
      while close < range.upperBound, text[close] != ")" { close += 1 }
      let inside = Scalars(text.text(min(text.skipSpace(at) + 1, close)..<close))
      // "(RM)", "(incl. VAT)", "(0 %)": part of the label unless an amount stands in it.
      if close < range.upperBound, AmountScanner.amounts(in: inside).allSatisfy({ $0.decimals == 0 }) { at = close + 1 }
    }
    while at < range.upperBound, !text.isWord(at), text[at] != "(", text[at] != "+",
      text[at].map({ Currencies.sign($0) == nil }) ?? false,
      !(text[at] == "-" && text.isDigit(at + 1))
    {
      at += 1
    }
    return at
  }

  static func trimmed(_ text: Scalars) -> Range<Int> {
    var range = 0..<text.count
    while range.count > 0, let sign = text[range.lowerBound],
      sign == ":" || text.isSpace(range.lowerBound) || sign == "-"
    {
      range = range.lowerBound + 1..<range.upperBound
    }
    while range.count > 0, text.isSpace(range.upperBound - 1) || text[range.upperBound - 1] == "," {
      range = range.lowerBound..<range.upperBound - 1
    }
    return range
  }

  private static let farthest = 40  // scalars between a label and its value in the same line
  private static let wordsLookedAt = 3  // words between a label and a number
  private static let longestIdentifier = 40
}
