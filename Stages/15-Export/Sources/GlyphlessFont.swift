/// A TrueType font whose every glyph is empty and half an em wide: text that can be found and copied, never seen.
///
/// Source: the OpenType specification; the tables are those that ISO 32000-1, 9.9, wants of an embedded font.
enum GlyphlessFont {
  static let unitsPerEm = 1000
  static let ascent = 800
  static let descent = 200
  static let advance = 500
  /// Number 0 stands for "missing", 1 for every character.
  private static let glyphs = 2

  static let bytes: [UInt8] = {
    let tables: [(tag: String, data: [UInt8])] = [
      ("glyf", [0, 0, 0, 0]), ("head", head), ("hhea", hhea),
      ("hmtx", words((0..<glyphs).flatMap { _ in [advance, 0] })),
      ("loca", words([Int](repeating: 0, count: glyphs + 1)) + [0, 0]), ("maxp", maxp),
    ]
    var directory = long(0x0001_0000) + words([tables.count, 64, 2, tables.count * 16 - 64])
    var body: [UInt8] = []
    let start = 12 + 16 * tables.count
    for table in tables {
      directory +=
        Array(table.tag.utf8) + long(checksum(table.data)) + long(UInt32(start + body.count))
        + long(UInt32(table.data.count))
      body += table.data + [UInt8](repeating: 0, count: (4 - table.data.count % 4) % 4)
    }
    return directory + body
  }()

  private static let head: [UInt8] =
    long(0x0001_0000) + long(0x0001_0000) + long(0) + long(0x5F0F_3CF5) + words([0, unitsPerEm])
    + [UInt8](repeating: 0, count: 16)  // no dates
    + words([0, -descent, advance, ascent, 0, 3, 2, 0, 0])

  private static let hhea: [UInt8] =
    long(0x0001_0000) + words([ascent, -descent, 0, advance, 0, 0, advance, 1, 0, 0, 0, 0, 0, 0, 0, glyphs])

  private static let maxp: [UInt8] = long(0x0001_0000) + words([glyphs, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])

  private static func long(_ value: UInt32) -> [UInt8] {
    [UInt8(value >> 24), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
  }

  private static func words(_ values: [Int]) -> [UInt8] {
    values.flatMap { value -> [UInt8] in
      let word = UInt16(truncatingIfNeeded: value)
      return [UInt8(word >> 8), UInt8(word & 255)]
    }
  }

  private static func checksum(_ data: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0
    for (index, byte) in data.enumerated() { sum &+= UInt32(byte) << UInt32(8 * (3 - index % 4)) }
    return sum
  }
}
