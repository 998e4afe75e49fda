import DocumentModel

/// A number in a cell of a line item; `1,000` may be a thousand or one.
struct ItemNumber {
  let decimal: String
  /// What it is with its sign parting decimals, or with the digits behind a space, where that may be.
  let other: String?

  /// A quantity: the first number of the cell, with its sign; no percentage.
  static func counted(_ text: Scalars) -> ItemNumber? {
    guard let at = (0..<text.count).first(where: { text.isDigit($0) }),
      let number = NumberScanner.number(text, at: at), !text.isLetter(at - 1),
      text[text.skipSpace(number.range.upperBound)] != "%", DateScanner.date(text, at: at) == nil
    else { return nil }
    let dash = text[at - 1] == " " ? text[at - 2] : text[at - 1]
    let isNegative = dash.map(dashes.contains) ?? false || text[at - 1] == "(" && text[number.range.upperBound] == ")"
    return ItemNumber(number, in: text, isNegative: isNegative)
  }

  /// A price or an amount: the last of the cell.
  static func priced(_ text: Scalars) -> ItemNumber? {
    if let grouped = grouped(text) { return grouped }
    guard let amount = AmountScanner.amounts(in: text).last else { return tagged(text) }
    let start = amount.range.first { text.isDigit($0) } ?? amount.range.lowerBound
    guard let number = NumberScanner.number(text, at: start) else { return nil }
    return ItemNumber(number, in: text, isNegative: amount.decimal.hasPrefix("-"))
  }

  /// "95 000" is all that a cell has: one number.
  private static func grouped(_ text: Scalars) -> ItemNumber? {
    guard text.count > text.digits(from: 0), text.all.allSatisfy({ Scalars.isDigit($0) || $0.isSpace }),
      let whole = spaced(text, 0..<text.digits(from: 0)), whole.utf8.count == text.all.count(where: Scalars.isDigit)
    else { return nil }
    return ItemNumber(decimal: whole, other: nil)
  }

  /// The two amounts of a cell that holds two.
  static func pair(_ text: Scalars) -> (ItemNumber, ItemNumber)? {
    let amounts = AmountScanner.amounts(in: text).filter { $0.decimals >= 2 }
    guard amounts.count == 2, let first = priced(Scalars(text.text(0..<amounts[0].range.upperBound))),
      let second = priced(Scalars(text.text(amounts[1].range.lowerBound..<text.count)))
    else { return nil }
    return (first, second)
  }

  /// "77.88T": a letter tells the tax.
  private static func tagged(_ text: Scalars) -> ItemNumber? {
    guard let at = (0..<text.count).first(where: { text.isDigit($0) }),
      let number = NumberScanner.number(text, at: at), number.decimals == 2,
      text.letters(from: number.range.upperBound) == text.count, text.count - number.range.upperBound <= 1
    else { return nil }
    return ItemNumber(number, in: text, isNegative: false)
  }

  private init(decimal: String, other: String?) { (self.decimal, self.other) = (decimal, other) }

  private init(_ number: NumberScanner.Number, in text: Scalars, isNegative: Bool) {
    let sign = isNegative && number.decimal.contains { ("1"..."9").contains($0) } ? "-" : ""
    decimal = sign + number.decimal
    let printed = text.text(number.range)
    other =
      number.open
      ? sign + printed.replacing(",", with: ".").replacing("'", with: ".")
      : number.decimals == 0 ? Self.spaced(text, number.range).map { sign + $0 } : nil
  }

  /// "4 310": groups of three digits behind a number of at most three may be of it.
  private static func spaced(_ text: Scalars, _ range: Range<Int>) -> String? {
    var digits = text.text(range)
    guard digits.utf8.count <= 3, digits.allSatisfy(\.isNumber) else { return nil }
    var end = range.upperBound
    while text.isSpace(end), text.digits(from: end + 1) == end + 4, digits.utf8.count < mostDigits {
      digits += text.text(end + 1..<end + 4)
      end += 4
    }
    return end > range.upperBound ? digits : nil
  }

  /// The quantity and the price, read so that they multiply to the amount; nil where no reading does.
  static func agreeing(_ quantity: ItemNumber, _ price: ItemNumber, _ amount: ItemNumber) -> (Double, Double)? {
    for q in quantity.values {
      for p in price.values {
        for a in amount.values where abs(q * p - a) <= max(rounding, abs(a) * share) { return (q, p) }
      }
    }
    return nil
  }

  /// Its readings, the likelier first.
  var values: [Double] { [decimal, other].compactMap { $0.flatMap(Double.init) } }

  /// The reading that a value stands for.
  func reading(_ value: Double) -> String { other.flatMap(Double.init) == value ? other ?? decimal : decimal }

  private static let dashes: Set<Unicode.Scalar> = ["-", "–", "−", "—"]
  private static let mostDigits = 9  // of a quantity
  private static let rounding = 0.021  // of an amount
  private static let share = 0.0005  // of an amount: prices are rounded before they are multiplied
}
