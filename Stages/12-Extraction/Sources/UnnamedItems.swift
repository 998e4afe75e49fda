import Contracts
import DocumentModel

/// Positions that stand below no names of columns: rows of words that end in amounts one below the other, told only
/// where they add up to the document's own sum.
struct UnnamedItems {
  private let sums: ItemSums

  init(_ sums: ItemSums) { self.sums = sums }

  /// A row of words with an amount at its end.
  private struct Row {
    let words: [PageText.PlacedWord]
    let cents: Int
    let amount: ItemNumber
    let provenance: Provenance
    let right: Double
  }

  /// - Parameter totals: the document's net and gross, in hundredths.
  func items(_ page: PageText, totals: [Int]) -> [ItemReading] {
    var run: [Row] = []
    var gap = 0
    for range in page.rows {
      guard let row = row(page, range) else {
        // A position's text may go on in lines without an amount.
        gap += 1
        if gap > Self.mostBetween { run = [] }
        continue
      }
      let text = PageText.joined(row.words)
      let isSum = sums.isName(text) || text.hasSuffix(":")
      if isSum || run.last.map({ abs($0.right - row.right) > Self.slack * (row.words.first?.box.height ?? 0) }) ?? false
      {
        if let found = proven(run, totals, page.number) { return found }
        run = []
      }
      gap = 0
      if !isSum, run.count < Self.most { run.append(row) }
    }
    return proven(run, totals, page.number) ?? []
  }

  /// The longest end of a run that adds up to a sum; nil where none does.
  private func proven(_ run: [Row], _ totals: [Int], _ page: Int) -> [ItemReading]? {
    for start in run.indices {
      let rows = run[start...]
      // Wraps in a hostile list, whose sum is none then.
      let sum = rows.reduce(0) { $0 &+ $1.cents }
      guard sum != 0, totals.contains(sum) else { continue }
      let readings = rows.map { reading($0, page) }
      // One row alone may as well be a sum of another name.
      return readings.count >= Self.fewest || readings.allSatisfy(\.isProven) ? readings : nil
    }
    return nil
  }

  private func row(_ page: PageText, _ range: Range<Int>) -> Row? {
    var words = page.words(in: range)
    guard words.count >= 2, words.count <= Self.mostWords else { return nil }
    // "812,00 €", "€ 812,00", "EUR 1.404,00 A".
    while let last = words.last, Self.isCurrency(last.text) { words.removeLast() }
    guard let last = words.popLast() else { return nil }
    var text = last.text
    while let before = words.last, let first = text.first(where: { $0 != "-" }), first.isNumber,
      Self.isGroup(before.text), text.prefix(3).allSatisfy(\.isNumber),
      last.box.left - before.box.right < Self.narrow * last.box.height
    {
      text = before.text + " " + text
      words.removeLast()
    }
    while let before = words.last, Self.isCurrency(before.text) { words.removeLast() }
    let printed = AmountScanner.amounts(in: Scalars(text))
    guard printed.count == 1, printed[0].decimals == 2, let cents = AmountScanner.Amount.cents(printed[0].decimal),
      let amount = ItemNumber.priced(Scalars(text)),
      words.reduce(0, { $0 + $1.text.count(where: \.isLetter) }) >= Self.fewestLetters,
      words.last.map({ last.box.left - $0.box.right > Self.white * last.box.height }) ?? false
    else { return nil }
    return Row(
      words: words, cents: cents, amount: amount, provenance: page.provenance(of: Array(range)),
      right: last.box.right)
  }

  /// A position of a row, with quantity and price where two of its numbers multiply to the amount.
  private func reading(_ row: Row, _ page: Int) -> ItemReading {
    var words = row.words
    let numbers = words.indices.compactMap { place in
      Self.number(words[place].text).map { (place: place, number: $0) }
    }
    var told: (quantity: String, price: String)?
    search: for first in numbers.indices {
      for second in numbers.indices.dropFirst(first + 1) {
        guard let (q, p) = ItemNumber.agreeing(numbers[first].number, numbers[second].number, row.amount) else {
          continue
        }
        told = (numbers[first].number.reading(q), numbers[second].number.reading(p))
        words = Self.without(numbers[first].place, numbers[second].place, of: words)
        break search
      }
    }
    var name = words.map(\.text).filter { !Self.isCurrency($0) }
    // The number of the position.
    if name.count > 1, name[0].hasSuffix("."), name[0].dropLast().allSatisfy(\.isNumber) { name.removeFirst() }
    let item = LineItem(
      description: name.joined(separator: " "), quantity: told?.quantity, unitPrice: told?.price,
      amount: row.amount.decimal, provenance: row.provenance)
    return ItemReading(item: item, isBare: false, isProven: told != nil)
  }

  /// Words without a quantity with its unit, and without a price with what joins it: "14 Std. Beratung à 58,00".
  private static func without(_ quantity: Int, _ price: Int, of words: [PageText.PlacedWord]) -> [PageText.PlacedWord] {
    func folded(_ place: Int) -> String { TextToken.words(of: words[place].text).joined() }
    var dropped: Set<Int> = [quantity, price]
    for joined in [quantity - 1, quantity + 1, price - 1, price + 1]
    where words.indices.contains(joined) && joins.contains(words[joined].text.lowercased()) {
      dropped.insert(joined)
    }
    if words.indices.contains(quantity + 1), units.contains(folded(quantity + 1)) {
      dropped.insert(quantity + 1)
      if words.indices.contains(quantity + 2), joins.contains(words[quantity + 2].text.lowercased()) {
        dropped.insert(quantity + 2)
      }
    }
    return words.indices.filter { !dropped.contains($0) }.map { words[$0] }
  }

  private static func number(_ text: String) -> ItemNumber? {
    let scalars = Scalars(text)
    guard let first = scalars.all.first, Scalars.isDigit(first) || Currencies.sign(first) != nil,
      !text.hasSuffix(".") || text.contains(",")
    else { return nil }
    return ItemNumber.counted(scalars) ?? ItemNumber.priced(scalars)
  }

  private static func isCurrency(_ text: String) -> Bool {
    text.unicodeScalars.count <= 4 && !text.contains(where: \.isNumber)
      && (Currencies.code(text) != nil || text.unicodeScalars.first.map { Currencies.sign($0) != nil } ?? false)
  }

  private static func isGroup(_ text: String) -> Bool {
    text.utf8.count <= 4 && text.drop { $0 == "-" }.allSatisfy(\.isNumber) && text.contains(where: \.isNumber)
  }

  private static let joins: Set<String> = [
    "x", "×", "a", "à", "@", "*", "je", "zu", "at", "de", "por", "per", "á", "st", "po",
  ]
  private static let units: Set<String> = [
    "std", "stunden", "h", "hrs", "hours", "stuck", "stk", "st", "tage", "pcs", "pc", "ks", "szt", "uur", "stuks", "db",
    "kpl", "uds", "ud", "un", "pz", "pce", "heures", "ore", "horas", "timmar", "tim", "timer", "hod", "godz", "seiten",
    "m", "m2", "m²", "km", "kg", "l", "psch",
  ]
  private static let fewest = 2  // positions that no multiplication proves
  private static let fewestLetters = 3
  private static let most = 200  // positions of a run
  private static let mostWords = 40
  private static let mostBetween = 3  // lines between two positions
  private static let slack = 0.8  // heights of a word by which the right edges of amounts may differ
  private static let narrow = 0.5  // heights of a word: a space between groups of digits
  private static let white = 0.6  // heights of a word between a text and its amount
}

extension PageText {
  static func joined(_ words: [PlacedWord]) -> String { words.map(\.text).joined(separator: " ") }
}
