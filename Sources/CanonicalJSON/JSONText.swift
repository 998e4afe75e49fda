/// Whole JSON texts in other clothes, for checkpoints that people read and edit.
package enum JSONText {
  /// The same JSON with two blanks per level, one member per line and the keys in the same order; no final newline.
  ///
  /// Numbers and strings stay as they are written.
  /// - Throws: `CanonicalJSONError` where the bytes are not JSON.
  package static func prettyPrinted(_ bytes: some Collection<UInt8>) throws -> [UInt8] {
    try CanonicalReader.read(bytes) { reader in
      var output: [UInt8] = []
      output.reserveCapacity(bytes.count * 2)
      try appendPretty(&reader, level: 0, to: &output)
      return output
    }
  }

  /// Canonical JSON of the same content, without a final newline.
  ///
  /// Whole numbers of up to 64 bits stay exact; all others keep four decimals at most.
  /// - Throws: `CanonicalJSONError` where the bytes are not JSON, or a key stands twice in one object.
  package static func canonicalized(_ bytes: some Collection<UInt8>) throws -> [UInt8] {
    try CanonicalReader.read(bytes) { reader in
      let start = reader
      try reader.skipValue()
      var writer = CanonicalWriter(capacity: bytes.count)
      var checked = start
      try appendCanonical(&checked, to: &writer)
      return writer.bytes
    }
  }

  private static func appendPretty(_ reader: inout CanonicalReader, level: Int, to output: inout [UInt8]) throws {
    func breakLine(_ level: Int) {
      output.append(.newline)
      output.append(contentsOf: repeatElement(.space, count: 2 * level))
    }
    var isEmpty = true
    func beginMember() {
      if !isEmpty { output.append(.comma) }
      isEmpty = false
      breakLine(level + 1)
    }
    switch reader.nextKind() {
    case .object:
      try reader.beginObject()
      output.append(.leftBrace)
      while let key = try reader.nextKey() {
        beginMember()
        output.append(.quote)
        output.append(contentsOf: key.bytes)
        output.append(contentsOf: [.quote, .colon, .space])
        try appendPretty(&reader, level: level + 1, to: &output)
      }
      if !isEmpty { breakLine(level) }
      output.append(.rightBrace)
    case .array:
      try reader.beginArray()
      output.append(.leftBracket)
      while try reader.nextElement() {
        beginMember()
        try appendPretty(&reader, level: level + 1, to: &output)
      }
      if !isEmpty { breakLine(level) }
      output.append(.rightBracket)
    default:
      output.append(contentsOf: reader.slice(try reader.rangeOfValue()))
    }
  }

  /// Writes the next value of a text whose grammar has been checked.
  private static func appendCanonical(_ reader: inout CanonicalReader, to writer: inout CanonicalWriter) throws {
    switch reader.nextKind() {
    case .object:
      try appendCanonicalObject(&reader, to: &writer)
    case .array:
      try reader.beginArray()
      writer.beginArray()
      while try reader.nextElement() { try appendCanonical(&reader, to: &writer) }
      writer.endArray()
    case .string: writer.string(try reader.readString())
    case .number:
      let number = try reader.scanNumber()
      if let whole = reader.integer(of: number, as: Int64.self) {
        writer.integer(whole)
      } else if let whole = reader.integer(of: number, as: UInt64.self) {
        writer.integer(whole)
      } else {
        try writer.number(try reader.value(of: number))
      }
    default: writer.raw(reader.slice(try reader.rangeOfValue()))
    }
  }

  private static func appendCanonicalObject(
    _ reader: inout CanonicalReader, to writer: inout CanonicalWriter
  ) throws {
    var members: [(key: [UInt8], offset: Int, value: CanonicalReader)] = []
    try reader.beginObject()
    while let key = try reader.nextKey() {
      members.append((key.utf8, key.offset, reader))
      reader.passCheckedValue()
    }
    members.sort { $0.key.lexicographicallyPrecedes($1.key) }
    for (a, b) in zip(members, members.dropFirst()) where a.key == b.key {
      throw CanonicalJSONError(.duplicateKey(String(decoding: b.key, as: UTF8.self)), at: b.offset)
    }
    writer.beginObject()
    for var member in members {
      writer.key(dynamic: String(decoding: member.key, as: UTF8.self))
      try appendCanonical(&member.value, to: &writer)
    }
    writer.endObject()
  }
}
