/// Says what is wrong with a value by a JSON Schema (2020-12), as far as the schemas of checkpoints use it.
///
/// Known are `type`, `enum`, `const`, `minimum`, `maximum`, `required`, `properties`, `additionalProperties`, `items`
/// and `$ref` to `#/$defs/…`; any other keyword is refused, for what is not checked must not pass for valid.
package struct JSONSchema: Sendable {
  private let root: JSONValue
  private let definitions: [String: JSONValue]
  /// Decimals that a number may have which is not bounded by 1.
  private let decimals: Int

  /// - Parameters:
  ///   - root: the schema itself.
  ///   - definitions: what `#/$defs` holds.
  ///   - decimals: how many a number may have, such as a coordinate; those that are at most 1, such as a score, may have
  ///     as many as canonical JSON keeps, four.
  /// - Throws: `JSONFault` with the place in the schema, for a keyword that is not known.
  package init(_ root: JSONValue, definitions: [String: JSONValue], decimals: Int = 4) throws(JSONFault) {
    self.root = root
    self.decimals = decimals
    self.definitions = definitions
    var met: Set<String> = []
    try check(root, JSONPointer(), &met)
  }

  /// All that is wrong, in the order of the value's keys; at most `limit`.
  package func faults(of value: JSONValue, limit: Int = 100) -> [JSONFault] {
    var faults: [JSONFault] = []
    validate(value, root, JSONPointer(), &faults, limit)
    return Array(faults.prefix(limit))
  }

  // MARK: The schema itself

  private func check(_ schema: JSONValue, _ place: JSONPointer, _ met: inout Set<String>) throws(JSONFault) {
    guard let members = schema.object else {
      guard schema.bool != nil else { throw JSONFault(place, "is no schema") }
      return
    }
    for (keyword, value) in members.sorted(by: { $0.key < $1.key }) {
      let place = place.appending(keyword)
      switch keyword {
      case "$ref": try checkReference(value, place, &met)
      case "properties":
        for (name, property) in (value.object ?? [:]).sorted(by: { $0.key < $1.key }) {
          try check(property, place.appending(name), &met)
        }
      case "items", "additionalProperties": try check(value, place, &met)
      case "type":
        guard value.string.flatMap(JSONKind.init) != nil else { throw JSONFault(place, "is no type") }
      case "enum", "required":
        guard value.array != nil else { throw JSONFault(place, "is no array") }
      case "minimum", "maximum":
        guard value.double != nil else { throw JSONFault(place, "is no number") }
      case "const", "description", "title": break
      default: throw JSONFault(place, "this keyword is not known here")
      }
    }
  }

  private func checkReference(_ value: JSONValue, _ place: JSONPointer, _ met: inout Set<String>) throws(JSONFault) {
    guard let name = Self.definition(value), let target = definitions[name] else {
      throw JSONFault(place, "leads nowhere")
    }
    // A type may contain itself: each is checked once.
    if met.insert(name).inserted { try check(target, JSONPointer(["$defs", name]), &met) }
  }

  private static func definition(_ reference: JSONValue?) -> String? {
    guard let text = reference?.string, let pointer = text.first == "#" ? JSONPointer(String(text.dropFirst())) : nil,
      pointer.tokens.count == 2, pointer.tokens[0] == "$defs"
    else { return nil }
    return pointer.tokens[1]
  }

  // MARK: A value

  private func validate(
    _ value: JSONValue, _ schema: JSONValue, _ place: JSONPointer, _ faults: inout [JSONFault], _ limit: Int
  ) {
    guard faults.count < limit, let rules = schema.object else {
      if schema.bool == false { faults.append(JSONFault(place, "must not be here")) }
      return
    }
    if let name = Self.definition(rules["$ref"]), let target = definitions[name] {
      validate(value, target, place, &faults, limit)
    }
    if let kind = rules["type"]?.string.flatMap(JSONKind.init), !kind.includes(value) {
      faults.append(JSONFault(place, "is \(JSONKind(of: value).words), not \(kind.words)"))
      return
    }
    if let choices = rules["enum"]?.array, !choices.contains(value) {
      faults.append(
        JSONFault(place, "\(Self.text(value)) is none of \(choices.map(Self.text).joined(separator: ", "))"))
    }
    if let constant = rules["const"], constant != value {
      faults.append(JSONFault(place, "must be \(Self.text(constant))"))
    }
    switch value {
    case .integer, .number: validate(number: value, rules, place, &faults)
    case .array(let elements):
      guard let items = rules["items"] else { break }
      for (index, element) in elements.enumerated() where faults.count < limit {
        validate(element, items, place.appending(index), &faults, limit)
      }
    case .object(let members): validate(members, rules, place, &faults, limit)
    case .null, .bool, .string: break
    }
  }

  private func validate(
    number value: JSONValue, _ rules: [String: JSONValue], _ place: JSONPointer, _ faults: inout [JSONFault]
  ) {
    guard let number = value.double else { return }
    if let least = rules["minimum"]?.double, number < least {
      faults.append(JSONFault(place, "\(Self.text(value)) is less than \(Self.text(rules["minimum"] ?? .null))"))
    }
    if let most = rules["maximum"]?.double, number > most {
      faults.append(JSONFault(place, "\(Self.text(value)) is more than \(Self.text(rules["maximum"] ?? .null))"))
    }
    let isShare = (rules["maximum"]?.double).map { $0 <= 1 } ?? false
    let decimals = isShare ? 4 : decimals
    if !Self.isRounded(number, to: decimals) {
      faults.append(JSONFault(place, "\(number) has more than \(decimals) decimals"))
    }
  }

  private func validate(
    _ members: [String: JSONValue], _ rules: [String: JSONValue], _ place: JSONPointer, _ faults: inout [JSONFault],
    _ limit: Int
  ) {
    let properties = rules["properties"]?.object ?? [:]
    for name in rules["required"]?.array?.compactMap(\.string) ?? [] where members[name] == nil {
      faults.append(JSONFault(place, "lacks \"\(name)\""))
    }
    for (name, member) in members.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      guard faults.count < limit else { return }
      let place = place.appending(name)
      if let property = properties[name] {
        validate(member, property, place, &faults, limit)
      } else if let others = rules["additionalProperties"] {
        if others.bool == false {
          faults.append(JSONFault(place, "has no place here" + Self.hint(properties)))
        } else {
          validate(member, others, place, &faults, limit)
        }
      }
    }
  }

  private static func hint(_ properties: [String: JSONValue]) -> String {
    properties.isEmpty ? "" : "; known are \(properties.keys.sorted().joined(separator: ", "))"
  }

  private static func isRounded(_ number: Double, to decimals: Int) -> Bool {
    let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
    let scaled = number * scale
    return scaled.magnitude >= 0x1p52 || scaled.rounded() / scale == number
  }

  /// A value in a message, cut short.
  private static func text(_ value: JSONValue) -> String {
    // As it was written: canonical JSON would round it.
    if case .number(let number) = value { return "\(number)" }
    // What cannot be written (NaN, too deep) has a name all the same.
    let bytes = (try? value.canonicalBytes) ?? Array("the value".utf8)
    let text = String(decoding: bytes, as: UTF8.self)
    return text.count > 60 ? "\(text.prefix(57))..." : text
  }
}
