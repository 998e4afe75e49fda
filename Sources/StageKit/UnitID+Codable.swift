extension UnitID: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let unit = UnitID(name) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\"\(name)\" names no unit")
    }
    self = unit
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
