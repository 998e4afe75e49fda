/// Header fields in their order: one block of bytes and the places in it, so that a request's head costs two
/// allocations however many fields it has, and text is made only of what is asked for.
package struct HeaderFields: Sendable {
  private struct Place {
    let start: UInt32
    let nameLength: UInt32
    let valueStart: UInt32
    let valueLength: UInt32
  }

  private var bytes: [UInt8]
  private var places: [Place] = []

  package init() {
    bytes = []
  }

  /// Fields whose names and values lie in `head`; they are added with `add(name:value:)`.
  init(over head: [UInt8]) {
    bytes = head
    places.reserveCapacity(12)
  }

  /// Adds a field whose name and value already are among the bytes.
  mutating func add(name: Range<Int>, value: Range<Int>) {
    places.append(
      Place(
        start: UInt32(name.lowerBound), nameLength: UInt32(name.count), valueStart: UInt32(value.lowerBound),
        valueLength: UInt32(value.count)))
  }

  package var count: Int { places.count }

  /// Adds a field after those that are there, whatever their names.
  ///
  /// What a value may not hold (control characters) becomes a blank: text from outside never breaks a head in two.
  package mutating func add(_ name: String, _ value: String) {
    let start = bytes.count
    bytes.append(contentsOf: name.utf8.lazy.map { ByteClass.isToken($0) ? $0 : UInt8(ascii: "-") })
    let valueStart = bytes.count
    bytes.append(contentsOf: value.utf8.lazy.map { ByteClass.isFieldContent($0) ? $0 : UInt8(ascii: " ") })
    add(name: start..<valueStart, value: valueStart..<bytes.count)
  }

  package mutating func removeAll(_ name: String) {
    places = places.filter { !isNamed($0, name) }
  }

  /// The first value of a name, whatever its case. Setting replaces all of that name; nil removes them.
  package subscript(_ name: String) -> String? {
    get { places.first { isNamed($0, name) }.map { text($0) } }
    set {
      removeAll(name)
      if let newValue { add(name, newValue) }
    }
  }

  /// Every value of a name, in order.
  package func values(_ name: String) -> [String] {
    places.lazy.filter { isNamed($0, name) }.map { text($0) }
  }

  package func contains(_ name: String) -> Bool {
    places.contains { isNamed($0, name) }
  }

  /// The members of comma-separated lists of a name, without blanks around them; empty ones are left out.
  package func list(_ name: String) -> [String] {
    values(name).flatMap { value in
      value.split(separator: ",").map { String($0.trimmingBlanks) }.filter { !$0.isEmpty }
    }
  }

  /// Whether a comma-separated list of a name has this member, whatever its case.
  func hasMember(_ name: String, _ member: String) -> Bool {
    guard contains(name) else { return false }
    return list(name).contains { $0.utf8.equalsIgnoringCase(member.utf8) }
  }

  private func isNamed(_ place: Place, _ name: String) -> Bool {
    guard Int(place.nameLength) == name.utf8.count else { return false }
    let start = Int(place.start)
    return bytes[start..<start + Int(place.nameLength)].equalsIgnoringCase(name.utf8)
  }

  private func text(_ place: Place) -> String {
    let start = Int(place.valueStart)
    return String(decoding: bytes[start..<start + Int(place.valueLength)], as: UTF8.self)
  }

  /// Appends the fields as they go over the wire, each with its line end.
  func write(to output: inout [UInt8]) {
    for place in places {
      let start = Int(place.start)
      output.append(contentsOf: bytes[start..<start + Int(place.nameLength)])
      output.append(UInt8(ascii: ":"))
      output.append(UInt8(ascii: " "))
      let value = Int(place.valueStart)
      output.append(contentsOf: bytes[value..<value + Int(place.valueLength)])
      output.append(13)
      output.append(10)
    }
  }
}

extension HeaderFields: Sequence {
  package func makeIterator() -> AnyIterator<(name: String, value: String)> {
    var index = 0
    return AnyIterator {
      guard index < places.count else { return nil }
      defer { index += 1 }
      let place = places[index]
      let start = Int(place.start)
      return (
        String(decoding: bytes[start..<start + Int(place.nameLength)], as: UTF8.self), text(place)
      )
    }
  }
}

extension HeaderFields: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, String)...) {
    self.init()
    for (name, value) in elements { add(name, value) }
  }
}
