import Contracts
import DocumentModel

/// Which columns of a table hold what of its line items: by their heads, and by what multiplies to what.
struct LineItemColumns {
  private(set) var description: Int?
  private(set) var quantity: Int?
  private(set) var unitPrice: Int?
  private(set) var amount: Int?

  /// Cells by row, then by column; heads of several rows count together.
  private let rows: [[Int: Scalars]]

  /// - Returns: nil where there are no descriptions with an amount or a price.
  init?(heads: [Int: LineItemNames.Column?], rows: [[Int: Scalars]], width: Int) {
    self.rows = rows
    let letters = (0..<width).map { column in Self.mean(rows.map { row in row[column].map(Self.letters) ?? 0 }) }
    take(heads, letters)
    let isProven = multiply(heads, width: width)
    // Where there is nothing to multiply by, the price is what a position costs.
    if amount == nil, quantity == nil { (amount, unitPrice) = (unitPrice, nil) }
    if description == nil, isProven || [quantity, unitPrice, amount].count(where: { $0 != nil }) >= 2 {
      // Nothing else of a position is as long as what it is about.
      description = (0..<width).filter { ![quantity, unitPrice, amount].contains($0) && heads[$0] == nil }
        .max { (letters[$0], -$0) < (letters[$1], -$1) }
    }
    guard let description, letters[description] >= Self.fewestLetters, amount ?? unitPrice != nil else { return nil }
  }

  /// The columns whose heads say what they hold, where they hold it.
  private mutating func take(_ heads: [Int: LineItemNames.Column?], _ letters: [Double]) {
    for (column, head) in heads.sorted(by: { $0.key < $1.key }) {
      switch head {
      // "Item 10 | Material KM-07741 | Description …": of several the one with most words.
      case .description where description.map({ letters[$0] < letters[column] }) ?? true:
        if letters[column] >= Self.fewestLetters { description = column }
      case .quantity where quantity == nil && holdsNumbers(column): quantity = column
      case .unitPrice where unitPrice == nil && holdsNumbers(column): unitPrice = column
      // Of several columns of amounts the last is the row's own.
      case .amount where holdsNumbers(column): amount = column
      default: break
      }
    }
  }

  /// Lets quantity × price = amount tell the columns that heads leave open; whether it did, or proved the heads right.
  private mutating func multiply(_ heads: [Int: LineItemNames.Column?], width: Int) -> Bool {
    let numeric = (0..<min(width, Self.mostColumns)).filter { column in
      (heads[column] ?? .description) != nil && holdsNumbers(column)
    }
    if let quantity, let unitPrice, let amount, proves(quantity, unitPrice, amount) { return true }
    var best: (agreeing: Int, columns: (Int, Int, Int))?
    for a in numeric.reversed() where a != description {
      for q in numeric where q != a && q != description {
        for p in numeric where p != a && p != q && p != description {
          func agrees(_ column: Int, _ wanted: LineItemNames.Column) -> Int? {
            guard let head = heads[column], let head else { return 0 }
            // "Bedrag | Totaal", "Enhedspris | Pris": of two columns called amounts one may be the price, and of two
            // called prices the amount.
            let isMoney = head == .amount && wanted == .unitPrice || head == .unitPrice && wanted == .amount
            return head == wanted ? 1 : isMoney ? 0 : nil
          }
          guard let x = agrees(q, .quantity), let y = agrees(p, .unitPrice), let z = agrees(a, .amount), q < p || x > 0
          else { continue }
          guard x + y + z > best?.agreeing ?? -1, proves(q, p, a) else { continue }
          best = (x + y + z, (q, p, a))
        }
      }
    }
    guard let best else { return false }
    (quantity, unitPrice, amount) = best.columns
    return true
  }

  /// Whether in most rows the first two multiply to the third, and not only as one times the same does.
  private func proves(_ quantity: Int, _ price: Int, _ amount: Int) -> Bool {
    var (right, wrong, telling) = (0, 0, 0)
    for row in rows {
      guard let q = row[quantity].flatMap(ItemNumber.counted), let p = row[price].flatMap(ItemNumber.priced),
        let a = row[amount].flatMap(ItemNumber.priced)
      else { continue }
      guard let (count, _) = ItemNumber.agreeing(q, p, a) else {
        wrong += 1
        continue
      }
      right += 1
      if abs(count - 1) > 0.001 { telling += 1 }
    }
    return right > wrong && telling > 0
  }

  private func holdsNumbers(_ column: Int) -> Bool {
    let cells = rows.compactMap { $0[column] }
    let numbers = cells.count { ItemNumber.counted($0) != nil || ItemNumber.priced($0) != nil }
    return numbers > 0 && numbers * 2 >= cells.count
  }

  private static func letters(_ text: Scalars) -> Double { Double(text.all.count { $0.isLetter }) }

  private static func mean(_ counts: [Double]) -> Double { counts.reduce(0, +) / Double(max(1, counts.count)) }

  private static let fewestLetters = 2.0  // on average: codes and numbers of positions have fewer
  private static let mostColumns = 16  // that are tried; more have no list of positions
}
