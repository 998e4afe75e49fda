extension UnitSubject: Codable {
  private enum CodingKeys: String, CodingKey { case document, page, format }

  /// Reads `{"document":true}`, `{"page":7}` or `{"format":"md"}`.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let page = try container.decodeIfPresent(Int.self, forKey: .page) {
      self = .page(page)
    } else if let format = try container.decodeIfPresent(String.self, forKey: .format) {
      self = .format(format)
    } else if try container.decodeIfPresent(Bool.self, forKey: .document) == true {
      self = .document
    } else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "a unit names its document, its page or its format"))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .document: try container.encode(true, forKey: .document)
    case .page(let number): try container.encode(number, forKey: .page)
    case .format(let name): try container.encode(name, forKey: .format)
    }
  }
}
