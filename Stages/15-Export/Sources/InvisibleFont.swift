/// The codes of the invisible text, and the font objects that say what they mean.
///
/// Codes are given in the order of appearance, so the same text has the same bytes.
struct InvisibleFont {
  private var codes: [Unicode.Scalar: Int] = [:]
  private var scalars: [Unicode.Scalar] = []
  private static let mostCodes = 65_534  // two bytes, 0 left out
  /// Characters that one `beginbfchar` block may hold. Source: Adobe Technical Note 5411.
  private static let blockSize = 100

  /// A text as a hexadecimal string of the font's codes.
  mutating func hex(_ text: some Sequence<Unicode.Scalar>) -> String {
    var hex = "<"
    for scalar in text { hex += Self.four(code(scalar)) }
    return hex + ">"
  }

  private mutating func code(_ scalar: Unicode.Scalar) -> Int {
    if let code = codes[scalar] { return code }
    // More different characters than codes: the rest share the last one.
    guard scalars.count < Self.mostCodes else { return scalars.count }
    scalars.append(scalar)
    codes[scalar] = scalars.count
    return scalars.count
  }

  /// Writes the font under a number that pages refer to.
  func write(to file: PDFFile, as number: Int) throws {
    let program = try file.add(stream: GlyphlessFont.bytes, "/Length1 \(GlyphlessFont.bytes.count)")
    let descriptor = try file.add(
      "<< /Type /FontDescriptor /FontName /Glyphless /Flags 5 "
        + "/FontBBox [0 -\(GlyphlessFont.descent) \(GlyphlessFont.advance) \(GlyphlessFont.ascent)] /ItalicAngle 0 "
        + "/Ascent \(GlyphlessFont.ascent) /Descent -\(GlyphlessFont.descent) /CapHeight \(GlyphlessFont.ascent) "
        + "/StemV 80 /FontFile2 \(program) 0 R >>")
    let glyphs = try file.add(stream: [0, 0] + [[UInt8]](repeating: [0, 1], count: scalars.count).joined())
    let descendant = try file.add(
      "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Glyphless "
        + "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        + "/FontDescriptor \(descriptor) 0 R /DW \(GlyphlessFont.advance) /CIDToGIDMap \(glyphs) 0 R >>")
    let unicode = try file.add(stream: Array(toUnicode.utf8))
    try file.add(
      "<< /Type /Font /Subtype /Type0 /BaseFont /Glyphless /Encoding /Identity-H "
        + "/DescendantFonts [\(descendant) 0 R] /ToUnicode \(unicode) 0 R >>", as: number)
  }

  private var toUnicode: String {
    var text = """
      /CIDInit /ProcSet findresource begin
      12 dict begin
      begincmap
      /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
      /CMapName /Adobe-Identity-UCS def
      /CMapType 2 def
      1 begincodespacerange
      <0000> <FFFF>
      endcodespacerange

      """
    for start in stride(from: 0, to: scalars.count, by: Self.blockSize) {
      let block = start..<min(start + Self.blockSize, scalars.count)
      text += "\(block.count) beginbfchar\n"
      for index in block {
        let units = String(scalars[index]).utf16.map { Self.four(Int($0)) }.joined()
        text += "<\(Self.four(index + 1))> <\(units)>\n"
      }
      text += "endbfchar\n"
    }
    return text + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
  }

  private static func four(_ number: Int) -> String {
    let digits = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}
