import Contracts
import DocumentModel

/// A position with what speaks for it.
struct ItemReading {
  let item: LineItem
  /// Neither quantity nor price, in a list that has them: a charge, or a sum that no one named.
  let isBare: Bool
  /// Whether quantity and price multiply to the amount.
  let isProven: Bool
}

/// Chooses between the positions that tables tell and those that lines tell.
enum ItemChoice {
  /// - Parameter totals: the document's net and gross, in hundredths.
  static func best(tables: [ItemReading], lines: [ItemReading], totals: [Int]) -> [LineItem] {
    let mixed = mix(tables, lines)
    let candidates = [tables, lines, mixed].flatMap { [$0.filter { !$0.isBare }, $0] }
    // What adds up to the document's own sums is believed first.
    let best = candidates.first { adds($0, to: totals) } ?? mixed.filter { !$0.isBare }
    return best.map(\.item)
  }

  /// Of every page what proves more of itself; of equals what the tables tell.
  private static func mix(_ tables: [ItemReading], _ lines: [ItemReading]) -> [ItemReading] {
    let byTable = Dictionary(grouping: tables, by: \.item.provenance.page)
    let byLine = Dictionary(grouping: lines, by: \.item.provenance.page)
    return Set(byTable.keys).union(byLine.keys).sorted().flatMap { page in
      let (table, line) = (byTable[page] ?? [], byLine[page] ?? [])
      return line.count(where: \.isProven) > table.count(where: \.isProven) ? line : table
    }
  }

  private static func adds(_ readings: [ItemReading], to totals: [Int]) -> Bool {
    let cents = readings.compactMap { $0.item.amount.flatMap(AmountScanner.Amount.cents) }
    guard !cents.isEmpty, cents.count == readings.count else { return false }
    // A hostile list may sum up to more than there are numbers: then nothing is equal to it.
    var sum = 0
    for cents in cents {
      let (next, overflow) = sum.addingReportingOverflow(cents)
      guard !overflow else { return false }
      sum = next
    }
    return totals.contains { ($0 &- sum).magnitude <= rounding }
  }

  private static let rounding = 2  // hundredths
}
