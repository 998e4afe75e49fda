import Contracts
import Foundation
import StageKit

/// Weighs what was found: each type's weights add up to its odds, and the odds to shares.
struct ClassScores {
  /// One type's sum, with what made it.
  struct Sum {
    let rules: ClassRules
    let weight: Double
    let evidence: [ClassificationOutput.Evidence]
    let subtype: String?
  }

  /// The best first; types that nothing speaks for are left out.
  let sums: [Sum]
  let shares: [Double]

  init(_ reading: DocumentReading, book: RuleBook) {
    var hits: [RuleBook.Owner: [Int]] = [:]
    for phrase in reading.found.keys.sorted() { hits[book.owners[phrase], default: []].append(phrase) }
    let sums = book.classes.indices.compactMap { Self.sum($0, reading, hits, book) }
    // The sort must not depend on the order of equals, so ties go by the order of the files.
    let ordered = sums.enumerated().sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
    self.sums = ordered.map(\.element)
    let odds = self.sums.map { exp(min($0.weight - Self.burden, Self.most)) }
    let all = 1 + odds.reduce(0, +)
    shares = odds.map { $0 / all }
  }

  private static func sum(
    _ number: Int, _ reading: DocumentReading, _ hits: [RuleBook.Owner: [Int]], _ book: RuleBook
  ) -> Sum? {
    let rules = book.classes[number]
    guard hits[.forbidden(number)] == nil, !isMistitled(number, reading, book) else { return nil }
    var weight = 0.0
    var evidence: [ClassificationOutput.Evidence] = []
    var matched: Set<String> = []
    for (index, rule) in rules.rules.enumerated() {
      let phrases = hits[.rule(number, index)] ?? []
      let times = min(rule.fact == nil ? phrases.count : (holds(rule, reading.facts) ? 1 : 0), rule.times ?? 1)
      guard times > 0 else { continue }
      matched.insert(rule.name)
      weight += rule.weight * Double(times)
      evidence.append(
        .init(
          rule: rule.name, weight: rule.weight * Double(times), provenance: phrases.first.flatMap { reading.found[$0] })
      )
    }
    guard weight > 0, rules.required?.contains(where: matched.contains) ?? true else { return nil }
    return Sum(rules: rules, weight: weight, evidence: evidence, subtype: subtype(number, hits, rules))
  }

  /// Whether the largest title that tells anything of the type says that it is another.
  private static func isMistitled(_ number: Int, _ reading: DocumentReading, _ book: RuleBook) -> Bool {
    for title in reading.titleLines {
      let owners = title.phrases.map { book.owners[$0] }
      if owners.contains(.titled(number)) { return false }
      if owners.contains(.mistitled(number)) { return true }
    }
    return false
  }

  private static func holds(_ rule: ClassRules.Rule, _ facts: DocumentFacts) -> Bool {
    guard let name = rule.fact else { return false }
    let value = facts[name]
    return value >= rule.least ?? -.infinity && value <= rule.most ?? .infinity
  }

  /// The subtype of which most phrases were found; the first in the file of equals.
  private static func subtype(_ number: Int, _ hits: [RuleBook.Owner: [Int]], _ rules: ClassRules) -> String? {
    var best: (name: String, count: Int)?
    for (index, subtype) in (rules.subtypes ?? []).enumerated() {
      let count = hits[.subtype(number, index)]?.count ?? 0
      if count > best?.count ?? 0 { best = (subtype.name, count) }
    }
    return best?.name
  }

  // What a type must outweigh to be likelier than none: one strong sign, or several weak ones.
  private static let burden = 3.0
  private static let most = 40.0  // e⁴⁰ is certainty, and far from overflow
}
