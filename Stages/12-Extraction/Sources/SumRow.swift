import Contracts

/// Net, tax and gross that stand in one row, as below columns of all three: "Razem 2 690,00 565,78 3 255,78".
struct SumRow {
  let net: Candidate
  let tax: Candidate
  let gross: Candidate

  /// - Parameters:
  ///   - printed: all amounts of the pages, in reading order.
  ///   - named: what is named as total or as due: only a row whose gross is, elsewhere, sums up more than a position or
  ///     one of several rates.
  static func rows(_ printed: [Candidate], named: [Candidate]) -> [SumRow] {
    let places = Dictionary(grouping: named.prefix(most)) { $0.cents ?? 0 }.mapValues { $0.map(\.place) }
    var found: [SumRow] = []
    var start = 0
    while start < printed.count, found.count < most {
      var end = start + 1
      while end < printed.count, printed[end].place == printed[start].place { end += 1 }
      let row = printed[start..<end].suffix(3).map { $0 }
      if row.count == 3, let net = row[0].cents, let tax = row[1].cents, let gross = row[2].cents, tax > 0, net > tax,
        net + tax == gross, places[gross]?.contains(where: { $0 != row[2].place }) ?? false
      {
        found.append(
          SumRow(net: row[0].scored(score), tax: row[1].scored(score), gross: row[2].scored(score)))
      }
      start = end
    }
    return found
  }

  private static let score = 0.95  // the row adds up, and its total is named elsewhere
  private static let most = 100  // of both
}
