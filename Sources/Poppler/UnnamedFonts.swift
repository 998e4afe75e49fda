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

  /// Gives the runs of monospaced unnamed fonts a font of their own, appended to the list.
  static func tellMonospaced(
    _ characters: [TextLayerCharacter], runs: [TextLayerRun], fonts: [Font]
  ) -> (runs: [TextLayerRun], fonts: [Font]) {
    guard let unnamed = fonts.firstIndex(where: { $0.name == name }) else { return (runs, fonts) }
    var widths: [Double: (least: Double, most: Double, glyphs: Set<Unicode.Scalar>)] = [:]
    for character in characters where !character.scalar.properties.isWhitespace {
      guard let run = character.run, runs[run].font == unnamed else { continue }
      let width = character.right - character.left
      var seen = widths[runs[run].size] ?? (width, width, [])
      seen = (min(seen.least, width), max(seen.most, width), seen.glyphs)
      // Enough is enough: the set stays small on any page.
      if seen.glyphs.count < leastGlyphs { seen.glyphs.insert(character.scalar) }
      widths[runs[run].size] = seen
    }
    let sizes = widths.filter { entry in
      let seen = entry.value
      return seen.glyphs.count >= leastGlyphs && seen.most > 0 && seen.most - seen.least <= alike * seen.most
    }
    guard !sizes.isEmpty else { return (runs, fonts) }
    let told = runs.map { run in
      run.font == unnamed && sizes[run.size] != nil
        ? TextLayerRun(font: fonts.count, size: run.size, color: run.color, underlined: run.underlined) : run
    }
    return (told, fonts + [Font(name: name, monospaced: true)])
  }
}
