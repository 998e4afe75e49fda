import DocumentModel

/// Tells which unnamed fonts are monospaced by the letters seen of them.
///
/// Type 3 fonts have no PostScript name that could tell; Poppler calls them all "Default". Those of one size on a page
/// are taken for one font.
enum UnnamedFonts {
  /// What Poppler calls a font without a name.
  static let name = "Default"
  private static let leastGlyphs = 8  // different ones: fewer are alike by chance
  private static let alike = 0.02  // of the width: what rounding makes of equal advances

  /// How wide some letters are.
  private struct Widths {
    private var least = Double.infinity
    private var most = 0.0
    private var glyphs: Set<Unicode.Scalar> = []

    mutating func count(_ character: TextLayerCharacter) {
      let width = character.right - character.left
      (least, most) = (min(least, width), max(most, width))
      // Enough is enough: the set stays small on any page.
      if glyphs.count < leastGlyphs { glyphs.insert(character.scalar) }
    }

    var areEqual: Bool { glyphs.count >= leastGlyphs && most > 0 && most - least <= alike * most }
  }

  /// Han, kana and Hangul fill a square each in any font.
  static func fillsSquare(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x11FF, 0x2E80...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7FF, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFFEF, 0x20000...0x3FFFF:
      true
    default: false
    }
  }

  /// Gives the runs of monospaced unnamed fonts a font of their own, appended to the list.
  static func tellMonospaced(
    _ characters: [TextLayerCharacter], runs: [TextLayerRun], fonts: [Font]
  ) -> (runs: [TextLayerRun], fonts: [Font]) {
    guard let unnamed = fonts.firstIndex(where: { $0.name == name }) else { return (runs, fonts) }
    var widths: [Double: (all: Widths, last: Widths)] = [:]
    for (index, character) in characters.enumerated()
    where !character.scalar.isSpace && !fillsSquare(character.scalar) {
      guard let run = character.run, runs[run].font == unnamed else { continue }
      let isLast = index + 1 == characters.count || characters[index + 1].scalar.isSpace
      var seen = widths[runs[run].size] ?? (Widths(), Widths())
      seen.all.count(character)
      // Poppler's boxes reach to the next letter: in letter-spaced words only the last one is as wide as its glyph.
      if isLast { seen.last.count(character) }
      widths[runs[run].size] = seen
    }
    let sizes = widths.filter { $0.value.all.areEqual || $0.value.last.areEqual }
    guard !sizes.isEmpty else { return (runs, fonts) }
    let told = runs.map { run in
      run.font == unnamed && sizes[run.size] != nil
        ? TextLayerRun(font: fonts.count, size: run.size, color: run.color, underlined: run.underlined) : run
    }
    return (told, fonts + [Font(name: name, monospaced: true)])
  }
}
