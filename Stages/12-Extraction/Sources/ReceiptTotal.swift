import Contracts

/// Chooses a receipt's total: labels, how often it is printed, and what was given and returned.
enum ReceiptTotal {
  static func settle(_ found: inout [String: Candidate], _ material: FieldMaterial) {
    func all(_ name: String) -> [Candidate] {
      material.template.fields.firstIndex { $0.name == name }.map { material.candidates($0) } ?? []
    }
    let totals = FieldChoice.ranked(all("total"), .largest).prefix(most)
    guard !totals.isEmpty else { return }
    let paid = all("cash").compactMap { $0.cents.map(abs) }
    let change = all("change").compactMap { $0.cents.map(abs) } + [0]
    let differences = Set(paid.flatMap { given in change.map { given - $0 } })
    let taxes = Set(all("total_tax").compactMap(\.cents))
    let printed = all("total").map(\.value)
    let largest = max(1, totals.compactMap(\.cents).max() ?? 1)
    var best: (score: Double, candidate: Candidate)?
    for candidate in totals {
      guard let cents = candidate.cents else { continue }
      var score = candidate.score + 0.05 * Double(min(3, printed.count { $0 == candidate.value }))
      if cents == 0 { score -= 0.5 }
      if cents != largest, taxes.contains(cents) { score -= 0.3 }
      // Sums of taxes and of parts bear the same labels and are smaller.
      score += 0.1 * Double(max(0, cents)) / Double(largest)
      let settled = cents > 0 && differences.contains(cents)
      if settled { score += 0.2 }
      let belief = settled ? (candidate.score + 1) / 2 : candidate.score
      if score > best?.score ?? -1 { best = (score, candidate.scored(belief)) }
    }
    found["total"] = best?.candidate
  }

  private static let most = 8  // different totals that are weighed
}
