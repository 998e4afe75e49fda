/// How a run of text is set.
package struct TextStyle: OptionSet, Codable, Sendable, Hashable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  package static let bold = TextStyle(rawValue: 1)
  package static let italic = TextStyle(rawValue: 2)
  package static let superscript = TextStyle(rawValue: 4)
  package static let `subscript` = TextStyle(rawValue: 8)
  package static let code = TextStyle(rawValue: 16)

  /// The names used in JSON, in the order of their bits.
  package static let names: [(style: TextStyle, name: String)] = [
    (.bold, "bold"), (.italic, "italic"), (.superscript, "superscript"), (.subscript, "subscript"), (.code, "code"),
  ]

  package init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    var style: TextStyle = []
    while !container.isAtEnd {
      let name = try container.decode(String.self)
      guard let known = Self.names.first(where: { $0.name == name }) else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "\"\(name)\" is no text style")
      }
      style.insert(known.style)
    }
    self = style
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    for (style, name) in Self.names where contains(style) { try container.encode(name) }
  }
}
