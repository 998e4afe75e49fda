import CanonicalJSON

/// A JSON object written member by member, long lists item by item and one item a line.
struct JSONStream {
  private let file: TextFile
  private var isFirst = true

  init(_ file: TextFile) throws {
    self.file = file
    try file.write("{\n")
  }

  mutating func member(_ name: String, _ value: JSONValue?) throws {
    guard let value else { return }
    try key(name)
    try file.put(tagged: try value.canonicalBytes)
  }

  /// A list whose items come one at a time.
  mutating func list(_ name: String, _ body: ((JSONValue) throws -> Void) throws -> Void) throws {
    try key(name)
    try file.write("[")
    var isFirstItem = true
    let file = file
    try body { item in
      try file.write(isFirstItem ? "\n" : ",\n")
      isFirstItem = false
      try file.put(tagged: try item.canonicalBytes)
    }
    try file.write(isFirstItem ? "]" : "\n]")
  }

  func end() throws {
    try file.write("\n}\n")
    try file.finish()
  }

  private mutating func key(_ name: String) throws {
    if !isFirst { try file.write(",\n") }
    isFirst = false
    try file.put(tagged: try JSONValue.string(name).canonicalBytes)
    try file.write(":")
  }
}
