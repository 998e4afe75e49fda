/// What a worker keeps from one unit to the next: the newest value of each type.
final class Warmth {
  private var kept: [ObjectIdentifier: (key: String, value: AnyObject)] = [:]

  func value<Value: AnyObject>(_ key: String, make: () throws -> Value) throws -> Value {
    let type = ObjectIdentifier(Value.self)
    if let entry = kept[type], entry.key == key, let value = entry.value as? Value { return value }
    // The old one goes first, so that two open documents or engines never stand side by side.
    kept[type] = nil
    let value = try make()
    kept[type] = (key, value)
    return value
  }
}
