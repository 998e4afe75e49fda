/// A confidence or share between 0 and 1, to four decimals; a bare number in JSON.
package struct Score: Codable, Sendable, Hashable, Comparable {
  package let value: Double

  package init(_ value: Double) { self.value = Quantity.score(value) }

  package init(from decoder: any Decoder) throws { self.init(try decoder.singleValueContainer().decode(Double.self)) }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }

  package static func < (a: Score, b: Score) -> Bool { a.value < b.value }

  package static let certain = Score(1)
  package static let none = Score(0)
}
