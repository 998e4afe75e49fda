/// What came from upstream where a gap is allowed.
package enum Arrival<Value> {
  case value(Value)
  case gap(GapCode)

  package var value: Value? {
    if case .value(let value) = self { value } else { nil }
  }
}

extension Arrival: Sendable where Value: Sendable {}
