import CanonicalJSON

/// A value by its `Codable` conformance, the fast path of its type kept out of the way.
struct Unhurried<Value: Codable & Hashable>: Codable, Hashable {
  var value: Value

  init(_ value: Value) { self.value = value }

  init(from decoder: any Decoder) throws { value = try Value(from: decoder) }

  func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}

/// Fills its containers in an order that no synthesized conformance would.
struct Interleaved: Encodable {
  func encode(to encoder: any Encoder) throws {
    var root = encoder.container(keyedBy: JSONKey.self)
    _ = root.nestedUnkeyedContainer(forKey: .init(stringValue: "z"))
    _ = root.superEncoder(forKey: .init(stringValue: "empty"))
    let parent = root.superEncoder()
    var a = root.nestedContainer(keyedBy: JSONKey.self, forKey: .init(stringValue: "a"))
    try root.encode(0, forKey: .init(stringValue: "b"))
    var y = a.nestedUnkeyedContainer(forKey: .init(stringValue: "y"))
    try y.encode(2)
    var deep = y.nestedContainer(keyedBy: JSONKey.self)
    try a.encode(1, forKey: .init(stringValue: "x"))
    try y.encode(3)
    _ = y.nestedUnkeyedContainer()
    try deep.encode(true, forKey: .init(stringValue: "deep"))
    var single = parent.singleValueContainer()
    try single.encode("s")
  }
}

class Base: Codable {
  var base = 1

  init() {}
}

final class Derived: Base {
  var derived = 2

  override init() { super.init() }

  private enum Keys: CodingKey { case derived }

  required init(from decoder: any Decoder) throws {
    derived = try decoder.container(keyedBy: Keys.self).decode(Int.self, forKey: .derived)
    try super.init(from: decoder)
  }

  override func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(derived, forKey: .derived)
    try super.encode(to: encoder)
  }
}
