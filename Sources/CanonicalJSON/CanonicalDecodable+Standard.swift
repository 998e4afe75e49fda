// As for writing, every type that a Codable container takes by name is here.

extension String: CanonicalDecodable {
  package init(from reader: inout CanonicalReader) throws { self = try reader.readString() }
}

extension Bool: CanonicalDecodable {
  package init(from reader: inout CanonicalReader) throws { self = try reader.readBool() }
}

extension Double: CanonicalDecodable {
  package init(from reader: inout CanonicalReader) throws { self = try reader.readNumber() }
}

extension Int: CanonicalDecodable {
  package init(from reader: inout CanonicalReader) throws { self = try reader.readInteger(as: Int.self) }
}

extension Int64: CanonicalDecodable {
  package init(from reader: inout CanonicalReader) throws { self = try reader.readInteger() }
}

extension Int8: CanonicalDecodable {
  package init(from reader: inout CanonicalReader) throws { self = try reader.readInteger(as: Int8.self) }
}

extension Int16: CanonicalDecodable {
  package init(from reader: inout CanonicalReader) throws { self = try reader.readInteger(as: Int16.self) }
}

extension Int32: CanonicalDecodable {
  package init(from reader: inout CanonicalReader) throws { self = try reader.readInteger(as: Int32.self) }
}

extension UInt: CanonicalDecodable {
  package init(from reader: inout CanonicalReader) throws { self = try reader.readInteger(as: UInt.self) }
}

extension UInt8: CanonicalDecodable {
  package init(from reader: inout CanonicalReader) throws { self = try reader.readInteger(as: UInt8.self) }
}

extension UInt16: CanonicalDecodable {
  package init(from reader: inout CanonicalReader) throws { self = try reader.readInteger(as: UInt16.self) }
}

extension UInt32: CanonicalDecodable {
  package init(from reader: inout CanonicalReader) throws { self = try reader.readInteger(as: UInt32.self) }
}

extension UInt64: CanonicalDecodable {
  package init(from reader: inout CanonicalReader) throws { self = try reader.readInteger(as: UInt64.self) }
}

extension Float: CanonicalDecodable {
  package init(from reader: inout CanonicalReader) throws {
    reader.skipBlanks()
    let start = reader.offset
    self = Float(try reader.readNumber())
    guard isFinite else { throw CanonicalJSONError(.numberOutOfRange("Float"), at: start) }
  }
}

extension Optional: CanonicalDecodable where Wrapped: CanonicalDecodable {
  package init(from reader: inout CanonicalReader) throws {
    self = reader.readNullIfPresent() ? nil : try Wrapped(from: &reader)
  }
}

extension Array: CanonicalDecodable where Element: CanonicalDecodable {
  package init(from reader: inout CanonicalReader) throws {
    self = []
    try reader.beginArray()
    while try reader.nextElement() { append(try Element(from: &reader)) }
  }
}

extension Dictionary: CanonicalDecodable where Key == String, Value: CanonicalDecodable {
  package init(from reader: inout CanonicalReader) throws {
    self = [:]
    try reader.beginObject()
    while let key = try reader.nextKey() {
      let name = key.string
      let value = try Value(from: &reader)
      guard updateValue(value, forKey: name) == nil else {
        throw CanonicalJSONError(.duplicateKey(name), at: key.offset)
      }
    }
  }
}
