import Contracts

/// Weighs the candidates for net, tax and gross together: where two add up to the third, all three are believed.
struct AmountBalance {
  private(set) var net: Candidate?
  private(set) var tax: Candidate?
  private(set) var gross: Candidate?
  /// What may be missing of the sum, in hundredths: roundings that are printed.
  private let slack: Set<Int>

  /// - Parameters:
  ///   - others: all amounts of the pages: one of them may be what is missing.
  ///   - roundings: amounts in hundredths by which the total was rounded.
  init(
    net nets: [Candidate], tax taxes: [Candidate], gross totals: [Candidate], others: [Candidate],
    roundings: [Int] = []
  ) {
    slack = Set(roundings + (-Self.tolerance...Self.tolerance))
    let sum = AmountSums.tax(of: taxes, net: nets, gross: totals, slack: slack)
    let nets: [Candidate?] = FieldChoice.ranked(nets, .last).prefix(Self.most).map { $0 } + [nil]
    let taxes: [Candidate?] =
      FieldChoice.ranked(taxes + [sum].compactMap { $0 }, .last).prefix(Self.most).map { $0 } + [nil]
    let totals: [Candidate?] = FieldChoice.ranked(totals, .last).prefix(Self.most).map { $0 } + [nil]
    var best = -1.0
    for total in totals {
      for net in nets {
        for tax in taxes {
          let score = score(net, tax, total)
          if score > best { (best, self.net, self.tax, gross) = (score, net, tax, total) }
        }
      }
    }
    complete(others)
    believe()
  }

  private func score(_ net: Candidate?, _ tax: Candidate?, _ gross: Candidate?) -> Double {
    var sum = (net?.score ?? 0) + (tax?.score ?? 0) * 0.8 + (gross?.score ?? 0) * 1.1
    if let net = net?.cents, let tax = tax?.cents, let gross = gross?.cents {
      // Of sums that come out right, one with a tax in it says more than one of zeros.
      sum += slack.contains(gross - net - tax) ? (tax != 0 ? Self.reward : Self.reward / 2) : -Self.penalty
    } else if let net = net?.cents, let gross = gross?.cents, net > gross, gross >= 0 {
      sum -= Self.penalty
    } else if let tax = tax?.cents, let gross = gross?.cents, abs(tax) * 2 > abs(gross), gross != 0 {
      sum -= Self.penalty
    }
    return sum
  }

  /// What is missing of three is looked for among all amounts.
  private mutating func complete(_ others: [Candidate]) {
    func find(_ cents: Int) -> Candidate? { others.last { $0.cents == cents }.map { $0.scored($0.score * 0.75) } }
    if tax == nil, let net = net?.cents, let gross = gross?.cents, gross > net { tax = find(gross - net) }
    // Without any tax the net amount is the gross one, if it is printed once more.
    if net == nil, let tax = tax?.cents, let gross = gross?.cents,
      tax != 0 || others.count(where: { $0.cents == gross }) > 1
    {
      net = find(gross - tax)
    }
    if gross == nil, let net = net?.cents, let tax = tax?.cents { gross = find(net + tax) }
  }

  private mutating func believe() {
    guard let n = net?.cents, let t = tax?.cents, let g = gross?.cents, slack.contains(g - n - t) else {
      // A net or tax that proves nothing must at least stand beside a good label.
      if let score = net?.score, score < Self.alone { net = nil }
      if let score = tax?.score, score < Self.alone { tax = nil }
      // A total that net and tax contradict may be what is left of it after a payment.
      if net != nil, tax != nil, let score = gross?.score, score < Self.alone { gross = nil }
      return
    }
    for path in [\AmountBalance.net, \.tax, \.gross] {
      if let candidate = self[keyPath: path] {
        self[keyPath: path] = candidate.scored(max(candidate.score, (candidate.score + 1) / 2))
      }
    }
  }

  private static let tolerance = 2  // hundredths: taxes rounded line by line
  private static let reward = 1.5
  private static let penalty = 0.6
  private static let alone = 0.7
  private static let most = 6  // candidates of each that are tried
}
