import Contracts

/// Chooses among the values found for a field.
enum FieldChoice {
  /// The best value: several places that agree count for it, a rival nearly as good against it.
  static func best(_ candidates: [Candidate], _ choice: Template.Choice?) -> Candidate? {
    let ranked = ranked(candidates, choice)
    guard let best = ranked.first else { return nil }
    let agreeing = candidates.count { $0.value == best.value }
    var score = best.score + (1 - best.score) * agreement * Double(min(agreeing - 1, 2))
    if let rival = ranked.first(where: { $0.value != best.value }), rival.score > best.score * near { score *= doubt }
    return best.scored(score)
  }

  /// One candidate for each value, the best first.
  static func ranked(_ candidates: [Candidate], _ choice: Template.Choice?) -> [Candidate] {
    var byValue: [String: Candidate] = [:]
    for candidate in candidates {
      if let other = byValue[candidate.value], !precedes(candidate, other, choice) { continue }
      byValue[candidate.value] = candidate
    }
    return byValue.keys.sorted().compactMap { byValue[$0] }.sorted { precedes($0, $1, choice) }
  }

  private static func precedes(_ a: Candidate, _ b: Candidate, _ choice: Template.Choice?) -> Bool {
    // Steps rather than differences, so that the order is one.
    let (x, y) = (Int(a.score / equal), Int(b.score / equal))
    if x != y { return x > y }
    switch choice {
    case .largest where a.cents != b.cents: return (a.cents ?? 0) > (b.cents ?? 0)
    case .last: return (b.place, a.value) < (a.place, b.value)
    default: return (a.place, a.value) < (b.place, b.value)
    }
  }

  private static let agreement = 0.2  // of the remaining doubt, for each further place that says the same
  private static let near = 0.9
  private static let doubt = 0.9
  private static let equal = 0.02  // scores that close say nothing
}
