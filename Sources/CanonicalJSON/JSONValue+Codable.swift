extension JSONValue: Codable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
      return
    }
    // Each attempt asks only "is it this kind?"; the last one tells why none fits.
    if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int64.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }
}

extension JSONValue: CanonicalDecodable {
  package init(from reader: inout CanonicalReader) throws {
    switch reader.nextKind() {
    case .null:
      try reader.readNull()
      self = .null
    case .bool: self = .bool(try reader.readBool())
    case .number:
      let number = try reader.scanNumber()
      if let whole = reader.integer(of: number, as: Int64.self) {
        self = .integer(whole)
      } else {
        self = .number(try reader.value(of: number))
      }
    case .string: self = .string(try reader.readString())
    case .array: self = .array(try [JSONValue](from: &reader))
    case .object: self = .object(try [String: JSONValue](from: &reader))
    case nil: throw reader.failure(expecting: "a value")
    }
  }
}

extension JSONValue: CanonicalEncodable {
  package func encode(into writer: inout CanonicalWriter) throws {
    // The guard bounds the recursion below.
    guard writer.depth <= NestingLimit.standard else {
      throw CanonicalJSONError(.nestedTooDeep(limit: NestingLimit.standard), at: writer.count)
    }
    switch self {
    case .null: writer.null()
    case .bool(let value): writer.bool(value)
    case .integer(let value): writer.integer(value)
    case .number(let value): try writer.number(value)
    case .string(let value): writer.string(value)
    case .array(let value): try value.encode(into: &writer)
    case .object(let value): try value.encode(into: &writer)
    }
  }

  /// This value as canonical JSON, without a final newline.
  ///
  /// - Throws: `CanonicalJSONError` for NaN, infinities and too deep nesting.
  package var canonicalBytes: [UInt8] {
    get throws { try CanonicalEncoder().encode(self) }
  }
}
