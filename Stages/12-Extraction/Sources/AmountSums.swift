import Contracts
import DocumentModel

/// Adds up taxes that are told rate by rate, where their sum is what parts net from gross.
enum AmountSums {
  /// - Returns: the sum of some taxes as one, or nil where none comes out right.
  static func tax(of taxes: [Candidate], net nets: [Candidate], gross totals: [Candidate], slack: Set<Int>)
    -> Candidate?
  {
    var rows: [Candidate] = []
    // A tax is printed once more below another head: in each row the best counts.
    for candidate in taxes.sorted(by: { $0.score > $1.score })
    where candidate.cents ?? 0 != 0 && !rows.contains(where: { $0.place == candidate.place }) {
      rows.append(candidate)
    }
    let parts = rows.prefix(most).sorted { $0.place < $1.place }
    guard parts.count >= 2 else { return nil }
    let wanted = Set(
      nets.compactMap(\.cents).flatMap { net in
        totals.compactMap(\.cents).filter { ($0 > 0) == (net > 0) }.flatMap { total in
          slack.map { total - net - $0 }
        }
      })
    // The more rows, the better: first all of them.
    for chosen in (1..<1 << parts.count).sorted(by: { ($1.nonzeroBitCount, $0) < ($0.nonzeroBitCount, $1) })
    where chosen.nonzeroBitCount >= 2 {
      let some = parts.enumerated().filter { chosen >> $0.offset & 1 == 1 }.map(\.element)
      let cents = some.compactMap(\.cents).reduce(0, +)
      guard wanted.contains(cents) else { continue }
      return sum(some, cents)
    }
    return nil
  }

  private static func sum(_ parts: [Candidate], _ cents: Int) -> Candidate {
    let digits = String(repeating: "0", count: max(0, 3 - String(abs(cents)).count)) + String(abs(cents))
    let value = (cents < 0 ? "-" : "") + digits.dropLast(2) + "." + digits.suffix(2)
    let here = parts.map(\.provenance).filter { $0.page == parts[0].provenance.page }
    let provenance = Provenance(
      page: parts[0].provenance.page, box: here.map(\.box).union() ?? parts[0].provenance.box,
      words: here.flatMap(\.words))
    return Candidate(
      text: parts.map(\.text).joined(separator: " + "), value: value, kind: .amount, currency: parts[0].currency,
      score: parts.map(\.score).min() ?? 0, provenance: provenance, place: parts[0].place)
  }

  private static let most = 8  // rows of taxes: each rate, and some sums of them
}
