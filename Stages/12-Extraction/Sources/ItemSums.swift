import Contracts
import DocumentModel

/// Tells the sums below positions from the positions.
struct ItemSums {
  private let index: PhraseIndex
  /// Of phrases, how many from the first name taxes.
  private let taxes: Int

  /// - Parameter template: whose labels of sums count.
  init(_ template: Template) {
    let fields = template.fields.filter { Self.fields.contains($0.name) }
    let names = { (field: Template.Field) in (field.labels ?? []) + (field.weak ?? []) }
    let tax = fields.filter { $0.name == "total_tax" }.flatMap(names)
    taxes = tax.count
    index = PhraseIndex(tax + fields.filter { $0.name != "total_tax" }.flatMap(names) + Self.carried)
  }

  /// What a text names.
  private enum Kind { case tax, sum }

  /// Whether a text is the name of a sum: it begins with one, and the rest is numbers, signs and currencies, or there is
  /// more of the name than of the rest.
  func isName(_ text: String) -> Bool { kind(text) != nil }

  private func kind(_ text: String) -> Kind? {
    let tokens = TextToken.tokens(of: text)
    let words = tokens.filter { token in
      token.folded.contains(where: \.isLetter) && Currencies.code(token.folded.uppercased()) == nil
    }
    guard let first = tokens.first(where: { $0.folded.contains(where: \.isLetter) }), !words.isEmpty else {
      return nil
    }
    let matches = index.matches(in: tokens)
    // "Output CGST 9 %": a tax with its share may begin with another word.
    let begins = text.contains("%") ? tokens.prefix { $0 != first }.count + 1 : tokens.prefix { $0 != first }.count
    guard let name = matches.first(where: { $0.tokens.lowerBound <= begins }) else { return nil }
    let kind: Kind = name.phrase < taxes ? .tax : .sum
    if text.contains("%"), matches.contains(where: { $0.tokens.lowerBound == begins }), words.count <= Self.mostWords {
      return kind
    }
    let named = words.count { word in matches.contains { tokens[$0.tokens].contains(word) } }
    return named * 2 > words.count ? kind : nil
  }

  /// Rows without those that name sums: no quantity times a price stands there, and the only words are the name. Taxes
  /// that are charged position by position, as in hotels, are positions.
  func positions(_ rows: [[ItemGrid.Cell]]) -> [[ItemGrid.Cell]] {
    let kinds = rows.map(kind)
    let last =
      rows.indices.last { row in
        kinds[row] == nil
          && rows[row].contains { AmountScanner.amounts(in: Scalars($0.text)).contains { $0.decimals == 2 } }
      } ?? 0
    return zip(rows, kinds.enumerated()).filter { $1.element == nil || $1.element == .tax && $1.offset < last }.map(\.0)
  }

  func isSum(_ row: [ItemGrid.Cell]) -> Bool { kind(row) != nil }

  private func kind(_ row: [ItemGrid.Cell]) -> Kind? {
    let worded = row.filter { cell in
      let text = Scalars(cell.text)
      return text.all.contains { $0.isLetter } && AmountScanner.amounts(in: text).isEmpty
        || cell.text.count(where: \.isLetter) > Self.currency
    }
    let amounts = row.count { !AmountScanner.amounts(in: Scalars($0.text)).isEmpty && !isName($0.text) }
    guard worded.count == 1, amounts <= Self.mostAmounts else { return nil }
    return kind(worded[0].text)
  }

  /// Positions without those that are no more than the sum of the ones before them, and have no quantity or price of
  /// their own.
  func withoutTotals(_ readings: [ItemReading]) -> [ItemReading] {
    var kept: [ItemReading] = []
    var since = (sum: 0, count: 0)
    for (place, reading) in readings.enumerated() {
      let item = reading.item
      guard let cents = item.amount.flatMap(AmountScanner.Amount.cents) else {
        kept.append(reading)
        continue
      }
      if Self.isAmountOnly(item), since.count >= 2, since.sum == cents, cents != 0 {
        // What follows the sum of all and has no quantity either is tax and total.
        let rest = readings[(place + 1)...]
        let isEnd = rest.allSatisfy { Self.isAmountOnly($0.item) }
        if isEnd, !rest.isEmpty || since.count >= Self.telling || isName(item.description) { return kept }
        if !isEnd || isName(item.description) {
          since = (0, 0)
          continue
        }
      }
      // Wraps in a hostile list, whose sum is none then.
      since = (since.sum &+ cents, since.count + 1)
      kept.append(reading)
    }
    return kept
  }

  private static func isAmountOnly(_ item: LineItem) -> Bool { item.quantity == nil && item.unitPrice == nil }

  private static let fields: Set<String> = ["total_net", "total_tax", "total_gross", "amount_due", "total"]
  private static let carried = [
    "Übertrag", "carried forward", "brought forward", "à reporter", "report", "a riportare", "riporto", "suma y sigue",
    "suma anterior", "transport", "overdracht", "do przeniesienia", "z przeniesienia",
  ]
  private static let mostWords = 4  // of a tax's name
  private static let currency = 3  // letters: "EUR" beside an amount is no name
  private static let telling = 3  // positions: of two the third may be the sum by chance
  private static let mostAmounts = 3  // net, tax and gross in one row
}
