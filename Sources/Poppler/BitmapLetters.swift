import DocumentModel

/// What TeX's bitmap fonts do not tell: Poppler knows their letters by number, and calls the fonts "Default".
///
/// Programs that have TeX's fonts as bitmaps only write Type 3 fonts whose letters bear their code as name ("a28").
/// Poppler takes the code for the letter: right for ASCII, and wrong for ligatures, quotation marks and dashes, which TeX
/// keeps at codes that Unicode has for controls. (Three ligatures of the old encoding are white space to it, and
/// lost, but where a Unicode map gives them as dingbats.)
/// What it gives as the size of such a font is guessed from the width of the font's first letter.
enum BitmapLetters {
  /// The characters with TeX's codes read: in the encoding that the page's own ligatures show.
  static func decoded(_ characters: [TextLayerCharacter], runs: [TextLayerRun], fonts: [Font]) -> [TextLayerCharacter] {
    guard let unnamed = fonts.firstIndex(where: { $0.name == UnnamedFonts.name }) else { return characters }
    func isUnnamed(_ character: TextLayerCharacter) -> Bool { character.run.map { runs[$0].font == unnamed } ?? false }
    func mapped(_ letter: (Unicode.Scalar) -> Unicode.Scalar?, _ characters: [TextLayerCharacter])
      -> [TextLayerCharacter]
    {
      characters.map { character in
        guard isUnnamed(character), let meant = letter(character.scalar) else { return character }
        return character.with(meant)
      }
    }
    let areDingbats = DingbatCodes.are(characters.lazy.filter(isUnnamed).map(\.scalar))
    let coded = areDingbats ? mapped(DingbatCodes.letter, characters) : bulleted(characters, isUnnamed)
    return encoding(of: coded, isUnnamed).map { mapped($0.letter, coded) } ?? coded
  }

  /// The sign that TeX's font of symbols ("TS1") has where "T1" has a letter that is no word by itself: the items of most
  /// lists begin with it.
  private static func bulleted(
    _ characters: [TextLayerCharacter], _ isUnnamed: (TextLayerCharacter) -> Bool
  ) -> [TextLayerCharacter] {
    characters.enumerated().map { index, character in
      guard character.scalar.value == symbolBullet, isUnnamed(character),
        [index - 1, index + 1].allSatisfy({ !characters.indices.contains($0) || characters[$0].scalar.isSpace })
      else { return character }
      return character.with("•")
    }
  }

  private static let symbolBullet: UInt32 = 0x88

  private enum Encoding {
    /// "OT1", the encoding of Computer Modern, and "T1" or "Cork".
    case old, cork

    func letter(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
      guard scalar.value < 256 else { return nil }
      switch self {
      case .old: return BitmapLetters.old[scalar.value]
      case .cork: return BitmapLetters.cork[scalar.value]
      }
    }
  }

  /// Ligatures stand within words, beside small letters; so does the last code of "T1", which is "ß" there.
  private static func encoding(
    of characters: [TextLayerCharacter], _ isUnnamed: (TextLayerCharacter) -> Bool
  ) -> Encoding? {
    var (old, cork) = (0, 0)
    for (index, character) in characters.enumerated() where isUnnamed(character) {
      guard character.scalar.value < 0x20 || character.scalar.value == 0xFF else { continue }
      let isInWord = [index - 1, index + 1].contains { beside in
        characters.indices.contains(beside) && ("a"..."z").contains(characters[beside].scalar)
      }
      guard isInWord else { continue }
      switch character.scalar.value {
      case 11...15: old += 1
      case 27...31, 0xFF: cork += 1
      default: break
      }
    }
    return old == 0 && cork == 0 ? nil : old > cork ? .old : .cork
  }

  private static let old: [UInt32: Unicode.Scalar] = [
    11: "\u{FB00}", 12: "\u{FB01}", 13: "\u{FB02}", 14: "\u{FB03}", 15: "\u{FB04}", 16: "ı", 25: "ß", 26: "æ",
    27: "œ", 28: "ø", 29: "Æ", 30: "Œ", 31: "Ø", 0x22: "”", 0x3C: "¡", 0x3E: "¿", 0x5C: "“", 0x7B: "–", 0x7C: "—",
  ]
  private static let cork: [UInt32: Unicode.Scalar] = {
    var letters: [UInt32: Unicode.Scalar] = [
      13: "‚", 14: "‹", 15: "›", 16: "“", 17: "”", 18: "„", 19: "«", 20: "»", 21: "–", 22: "—", 25: "ı",
      27: "\u{FB00}", 28: "\u{FB01}", 29: "\u{FB02}", 30: "\u{FB03}", 31: "\u{FB04}", 0xD7: "Œ", 0xF7: "œ", 0xFF: "ß",
    ]
    let upper = "ĂĄĆČĎĚĘĞĹĽŁŃŇŊŐŔŘŚŠŞŤŢŰŮŸŹŽŻĲİđ§ăąćčďěęğĺľłńňŋőŕřśšşťţűůÿźžżĳ¡¿£"
    for (offset, letter) in upper.unicodeScalars.enumerated() { letters[0x80 + UInt32(offset)] = letter }
    return letters
  }()

  // MARK: Size

  /// The characters and runs with sizes by the widths of the letters, and boxes that fit them.
  ///
  /// Fonts of one guessed size are taken for one font. Bold letters are wider, and so come out some tenth larger.
  static func sized(
    _ characters: [TextLayerCharacter], runs: [TextLayerRun], fonts: [Font]
  ) -> (characters: [TextLayerCharacter], runs: [TextLayerRun]) {
    let unnamed = Set(fonts.indices.filter { fonts[$0].name == UnnamedFonts.name })
    guard !unnamed.isEmpty else { return (characters, runs) }
    var measures: [Key: Measure] = [:]
    for (index, character) in characters.enumerated() {
      guard let run = character.run, let font = runs[run].font, unnamed.contains(font) else { continue }
      let next = index + 1 < characters.count ? characters[index + 1] : nil
      measures[Key(font: font, size: runs[run].size), default: Measure()].count(
        character, next: next, monospaced: fonts[font].monospaced)
    }
    let sizes = measures.compactMapValues(\.size)
    guard !sizes.isEmpty else { return (characters, runs) }
    let told = runs.map { run in
      guard let font = run.font, let size = sizes[Key(font: font, size: run.size)] else { return run }
      return TextLayerRun(font: font, size: size, color: run.color, underlined: run.underlined)
    }
    let placed = characters.map { character in
      guard let run = character.run, told[run].size != runs[run].size else { return character }
      return fitted(character, from: runs[run].size, to: told[run].size)
    }
    return (placed, told)
  }

  private struct Key: Hashable {
    let font: Int
    let size: Double
  }

  /// How wide letters are, against those of Computer Modern; Han, kana and Hangul against their square.
  private struct Measure {
    private var joined = (width: 0.0, expected: 0.0)
    private var lone = (width: 0.0, expected: 0.0)

    mutating func count(_ character: TextLayerCharacter, next: TextLayerCharacter?, monospaced: Bool) {
      let isSquare = UnnamedFonts.fillsSquare(character.scalar)
      guard let expected = isSquare ? 1 : monospaced ? fixedWidth : widths[character.scalar] else { return }
      let width = character.right - character.left
      guard width > 0, width < 2 * (character.bottom - character.top) else { return }
      lone = (lone.width + width, lone.expected + expected)
      // The box of a letter ends where the next one begins, if the line is level.
      guard let next, next.run == character.run, !next.scalar.isSpace, abs(next.left - character.right) < touching,
        abs(next.bottom - character.bottom) < touching
      else { return }
      joined = (joined.width + width, joined.expected + expected)
    }

    /// Points, to the half: pages of one document hold other letters.
    var size: Double? {
      let (width, expected) = joined.expected > 0 ? joined : lone
      guard expected > 0 else { return nil }
      let size = (2 * width / expected).rounded() / 2
      return plausible.contains(size) ? size : nil
    }
  }

  private static let touching = 0.5  // points
  private static let plausible = 3.0...150.0  // points
  private static let fixedWidth = 0.525  // em: Computer Modern Typewriter
  // Poppler's box of a letter whose font tells neither.
  private static let (guessedAscent, guessedDescent) = (0.95, 0.35)
  private static let guessSlack = 0.02
  private static let (ascent, descent) = (0.75, 0.2)  // em: those of most fonts

  /// Advances of Computer Modern Roman in ems.
  private static let widths: [Unicode.Scalar: Double] = {
    var widths: [Unicode.Scalar: Double] = [:]
    let given: [(Double, String)] = [
      (0.278, "il"), (0.306, "fj"), (0.361, "I"), (0.389, "t"), (0.392, "r"), (0.394, "s"), (0.444, "cez"),
      (0.5, "ago0123456789"), (0.514, "J"), (0.528, "kqvxy"), (0.556, "bdhnpuS"), (0.611, "Z"), (0.625, "L"),
      (0.653, "F"), (0.681, "EP"), (0.708, "B"), (0.722, "wCT"), (0.736, "R"), (0.75, "AHNUVXY"), (0.764, "D"),
      (0.778, "KOQ"), (0.785, "G"), (0.833, "m"), (0.917, "M"), (1.028, "W"),
    ]
    for (width, letters) in given { for letter in letters.unicodeScalars { widths[letter] = width } }
    return widths
  }()

  /// The letter in a box of its size on the same line, where its box is the one that Poppler makes up.
  private static func fitted(_ character: TextLayerCharacter, from old: Double, to new: Double) -> TextLayerCharacter {
    let height = character.bottom - character.top
    guard abs(height - (guessedAscent + guessedDescent) * old) <= guessSlack * old + 0.05 else { return character }
    let baseline = character.bottom - guessedDescent * old
    var fitted = character
    (fitted.top, fitted.bottom) = (baseline - ascent * new, baseline + descent * new)
    return fitted
  }
}
