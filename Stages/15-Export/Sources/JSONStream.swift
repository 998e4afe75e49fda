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

  /// A member that is too large to be held.
  mutating func member(_ name: String, _ body: (Value) throws -> Void) throws {
    try key(name)
    try body(Value(file))
  }

  /// A list whose items come one at a time.
  mutating func list(_ name: String, _ body: (List) throws -> Void) throws {
    try key(name)
    try file.write("[")
    let list = List(file)
    try body(list)
    try file.write(list.isEmpty ? "]" : "\n]")
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

extension JSONStream {
  /// A list that is being written, an item a line.
  final class List {
    private let file: TextFile
    private(set) var isEmpty = true

    fileprivate init(_ file: TextFile) { self.file = file }

    func put(_ item: JSONValue) throws {
      try next()
      try file.put(tagged: try item.canonicalBytes)
    }

    /// An object of which one member is too large to be held.
    func put(_ members: [String: JSONValue?], with name: String, _ body: (Value) throws -> Void) throws {
      try next()
      try Value(file).put(members, with: name, body)
    }

    private func next() throws {
      try file.write(isEmpty ? "\n" : ",\n")
      isEmpty = false
    }
  }

  /// A value to be written as canonical JSON, piece by piece.
  struct Value {
    private let file: TextFile

    fileprivate init(_ file: TextFile) { self.file = file }

    /// An object of which one member is too large to be held.
    func put(_ members: [String: JSONValue?], with name: String, _ body: (Value) throws -> Void) throws {
      let others = members.compactMapValues(\.self)
      let names = (others.keys + [name]).sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
      for (index, member) in names.enumerated() {
        try file.write(index == 0 ? "{" : ",")
        try file.put(tagged: try JSONValue.string(member).canonicalBytes)
        try file.write(":")
        if member != name, let value = others[member] {
          try file.put(tagged: try value.canonicalBytes)
        } else {
          try body(self)
        }
      }
      try file.write("}")
    }

    func list(_ body: ((JSONValue) throws -> Void) throws -> Void) throws {
      var isFirst = true
      try file.write("[")
      try body { item in
        if !isFirst { try file.write(",") }
        isFirst = false
        try file.put(tagged: try item.canonicalBytes)
      }
      try file.write("]")
    }
  }
}
