import DocumentModel

/// Corrects fonts that are monospaced by their names only: American Typewriter has an i as narrow as any.
enum FontPitch {
  private static let narrow = Set("ijl.,;:'|!".unicodeScalars)
  private static let wide = Set("mwMW@".unicodeScalars)
  private static let least = 3  // letters of each kind: fewer may be ligatures or damage
  private static let most = 32  // letters of each kind, which bounds what is kept of any page
  private static let clearlyNarrower = 0.7  // of a wide letter's width; in proportional type it is about a third

  private struct Widths {
    var narrow: [Double] = []
    var wide: [Double] = []

    var isProportional: Bool {
      guard narrow.count >= FontPitch.least, wide.count >= FontPitch.least else { return false }
      return narrow.sorted()[narrow.count / 2] < FontPitch.clearlyNarrower * wide.sorted()[wide.count / 2]
    }
  }

  /// The fonts, of which those whose narrow letters are clearly narrower than their wide ones are not monospaced.
  static func corrected(_ fonts: [Font], _ characters: [TextLayerCharacter], runs: [TextLayerRun]) -> [Font] {
    guard fonts.contains(where: \.monospaced) else { return fonts }
    var seen: [Int: Widths] = [:]
    for character in characters {
      let isNarrow = narrow.contains(character.scalar)
      guard isNarrow || wide.contains(character.scalar), let run = character.run, let font = runs[run].font,
        fonts[font].monospaced, runs[run].size > 0
      else { continue }
      let width = (character.right - character.left) / runs[run].size
      if isNarrow, seen[font, default: Widths()].narrow.count < most {
        seen[font, default: Widths()].narrow.append(width)
      }
      if !isNarrow, seen[font, default: Widths()].wide.count < most { seen[font, default: Widths()].wide.append(width) }
    }
    return fonts.enumerated().map { index, font in
      guard seen[index]?.isProportional ?? false else { return font }
      return Font(name: font.name, bold: font.bold, italic: font.italic)
    }
  }
}
