/// Text as a terminal lays it out: how many columns it takes, and cut to fit.
enum TerminalText {
  /// The columns that the text takes.
  static func width(_ text: some StringProtocol) -> Int { text.reduce(0) { $0 + width($1) } }

  /// Without control characters, which a file's name may hold and a terminal would obey.
  static func plain(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? "\u{FFFD}" : $0 }))
  }

  /// Of several lines, each without control characters.
  static func lines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { plain(String($0)) }.joined(separator: "\n")
  }

  /// Cut in the middle to at most so many columns, since both ends of a file's name tell files apart.
  ///
  /// - Parameter mark: stands for what was left out.
  static func truncatedInMiddle(_ text: String, to limit: Int, mark: String) -> String {
    guard width(text) > limit else { return text }
    let room = limit - width(mark)
    // In so little room a mark would be all there is.
    guard room > 1 else { return prefix(text, columns: limit) }
    let head = prefix(text, columns: room - room / 2)
    let tail = String(prefix(String(text.reversed()), columns: room - width(head)).reversed())
    return head + mark + tail
  }

  /// The longest beginning that takes at most so many columns.
  static func prefix(_ text: some StringProtocol, columns: Int) -> String {
    var rest = columns
    return String(
      text.prefix { character in
        rest -= width(character)
        return rest >= 0
      })
  }

  /// Filled up with blanks to so many columns; longer text stays as it is.
  static func padded(_ text: String, to columns: Int, right: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, columns - width(text)))
    return right ? blanks + text : text + blanks
  }

  /// A cluster is as wide as its widest scalar; a sign that asks for emoji (U+FE0F) makes it wide.
  private static func width(_ character: Character) -> Int {
    var widest = 0
    for scalar in character.unicodeScalars {
      if scalar == "\u{FE0F}", widest == 1 { return 2 }
      widest = max(widest, width(scalar))
    }
    return widest
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    if (0x20...0x7E).contains(scalar.value) { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
    default: break
    }
    return scalar.properties.isEmojiPresentation || wide.contains { $0.contains(scalar.value) } ? 2 : 1
  }

  /// The blocks whose East Asian Width is wide or full (Unicode Standard Annex 11), emoji apart.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
    0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
    0x17000...0x18D08, 0x1B000...0x1B2FB, 0x20000...0x3FFFD,
  ]

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    // Marks that turn the direction of writing can make one name look like another.
    default: (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }
  }
}
