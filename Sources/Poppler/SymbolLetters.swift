import DocumentModel

/// What TeX's fonts of symbols do not tell: letters whose names nobody but TeX knows, which Poppler takes for their code.
///
/// Without a Unicode map the letters of a Type 1 font are told by name. Of Computer Modern's fonts of symbols, and of those
/// made after them, some names are in no list ("angbracketleft", "prime", "negationslash"), so that ⟨x⟩ is read as "hxi",
/// f′ as "f0" and a ≠ b as "a 6= b". Only what such a font cannot mean by itself is read anew: it has capitals and
/// braces, and no small letters or digits.
///
/// Source: Knuth, *Computer Modern Typefaces*, appendix; the tables of the American Mathematical Society's fonts.
enum SymbolLetters {
  /// Four ways in which codes stand for symbols.
  private enum Encoding {
    /// Of "cmsy", "cmmi", "cmex", "msam", "msbm" and LaTeX's "lasy".
    case symbols, italics, extensions, relations, negations, latex

    /// By the font's name, its sizes and weights aside.
    init?(fontName: String) {
      let name = fontName.lowercased().prefix { $0.isLetter }
      switch name {
      case "cmsy", "cmbsy", "lmmathsymbols", "txsy", "txsys", "txbsy", "txbsys", "pxsy", "pxsys", "pxbsy", "pxbsys":
        self = .symbols
      case "cmmi", "cmmib", "lmmathitalic", "rtxmi", "rntxmi", "txmi", "pxmi", "rpxmi": self = .italics
      case "cmex", "lmmathextension", "txex", "txexs", "txbexs", "pxex", "pxexs", "pxbexs": self = .extensions
      case "msam", "txsya", "txbsya", "pxsya", "pxbsya": self = .relations
      case "msbm", "txsyb", "txbsyb", "pxsyb", "pxbsyb": self = .negations
      case "lasy", "lasyb": self = .latex
      default: return nil
      }
    }

    func letter(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
      switch self {
      case .symbols: SymbolLetters.symbols[scalar]
      case .italics: SymbolLetters.italics[scalar]
      case .extensions: SymbolLetters.extensions[scalar]
      case .relations: SymbolLetters.relations[scalar]
      case .negations: SymbolLetters.negations[scalar]
      case .latex: SymbolLetters.latex[scalar]
      }
    }
  }

  /// The characters with codes read as the symbols that they stand for; a stroke through a sign, and the foot of an
  /// arrow, are one with it.
  static func decoded(
    _ characters: [TextLayerCharacter], runs: [TextLayerRun], fonts: [Font]
  ) -> [TextLayerCharacter] {
    let encodings = fonts.map { Encoding(fontName: $0.name) }
    guard encodings.contains(where: { $0 != nil }) else { return characters }
    let read = characters.enumerated().map { index, character in
      guard let font = character.run.flatMap({ runs[$0].font }), let letter = encodings[font]?.letter(character.scalar),
        !isMapped(at: index, in: characters)
      else { return character }
      return character.with(letter)
    }
    return joined(read)
  }

  /// TeX's own Unicode map tells the sizes of brackets by selectors of variants: what stands before one is what it says.
  private static func isMapped(at index: Int, in characters: [TextLayerCharacter]) -> Bool {
    characters.indices.contains(index + 1) && (0xFE00...0xFE0F).contains(characters[index + 1].scalar.value)
  }

  // MARK: Pieces

  private static let (stroke, foot): (Unicode.Scalar, Unicode.Scalar) = ("\u{338}", "\u{21A6}")

  /// TeX sets ≠ as a stroke without width over an equals sign, and ↦ as a foot before an arrow.
  private static func joined(_ characters: [TextLayerCharacter]) -> [TextLayerCharacter] {
    guard characters.contains(where: { $0.scalar == stroke || $0.scalar == foot }) else { return characters }
    var joined: [TextLayerCharacter] = []
    joined.reserveCapacity(characters.count)
    for character in characters {
      if let last = joined.last, abs(last.left - character.left) < near * (character.bottom - character.top),
        let whole = whole(last.scalar, character.scalar)
      {
        joined[joined.count - 1] = character.with(whole)
        continue
      }
      joined.append(character)
    }
    return joined
  }

  /// The letter that a piece and the sign at its place are, where Unicode has one.
  private static func whole(_ piece: Unicode.Scalar, _ sign: Unicode.Scalar) -> Unicode.Scalar? {
    if piece == foot { return sign == "→" ? foot : nil }
    guard piece == stroke, let at = plain.firstIndex(of: sign) else { return nil }
    return struck[at]
  }

  private static let near = 0.3  // of the height: two pieces of one letter begin at one place
  private static let plain = Array("=∈∋∼≃≈≡<>≤≥≺≻⊂⊃⊆⊇→←⇒⇐⇔↔∃∣∥⊢≍".unicodeScalars)
  private static let struck = Array("≠∉∌≁≄≉≢≮≯≰≱⊀⊁⊄⊅⊈⊉↛↚⇏⇍⇎↮∄∤∦⊬≭".unicodeScalars)

  // MARK: Copyright

  /// The characters with © for the letter c that TeX sets into a circle: it stands a little above the line, and alone.
  ///
  /// The circle itself is a letter that Poppler does not tell.
  static func withCopyright(_ characters: [TextLayerCharacter], runs: [TextLayerRun]) -> [TextLayerCharacter] {
    characters.enumerated().map { index, character in
      guard character.scalar == "c", let run = character.run, isAlone(at: index, in: characters),
        let next = characters[(index + 1)...].first(where: { !$0.scalar.isSpace }), let following = next.run
      else { return character }
      let em = runs[run].size
      // Boxes of two fonts stand at two heights on one line.
      guard em > 0, runs[following].font == runs[run].font, runs[following].size == em,
        raise.contains((next.bottom - character.bottom) / em),
        room.contains((next.left - character.right) / em)
      else { return character }
      return character.with("©")
    }
  }

  private static func isAlone(at index: Int, in characters: [TextLayerCharacter]) -> Bool {
    [index - 1, index + 1].allSatisfy { !characters.indices.contains($0) || characters[$0].scalar.isSpace }
  }

  private static let raise = 0.015...0.1  // em: 0.07 of a small letter's height
  private static let room = 0.45...1.5  // em: the circle's rim and a space, before the next word

  // MARK: Tables

  /// The codes from `first` on; a dot stands where what comes is read as it is.
  private static func table(_ parts: (first: UInt32, letters: String)...) -> [Unicode.Scalar: Unicode.Scalar] {
    var table: [Unicode.Scalar: Unicode.Scalar] = [:]
    for part in parts {
      for (offset, letter) in part.letters.unicodeScalars.enumerated() where letter != "." {
        table[Unicode.Scalar(UInt8(part.first + UInt32(offset)))] = letter
      }
    }
    return table
  }

  private static let symbols = table(
    (0x01, "·×∗÷⋄±∓⊕"), (0x0E, "◦•≍≡⊆⊇≤≥⪯⪰∼≈⊂⊃≪≫≺≻"), (0x30, "′∞∈∋△▽\u{338}\u{21A6}∀∃"), (0x3E, "⊤"),
    (0x60, "⊢⊣⌊⌋⌈⌉"), (0x68, "⟨⟩"), (0x6B, "‖↕⇕"), (0x6F, "≀√∐∇∫⊔⊓⊑⊒§†‡"))
  private static let italics = table((0x28, "↼↽⇀⇁"), (0x3F, "⋆"), (0x5B, "♭♮♯⌣⌢ℓ"), (0x7D, "℘"))
  private static let extensions = table(
    (0x01, ")[]⌊⌋⌈⌉{"), (0x0E, "/\\()()[]⌊⌋⌈⌉{}"), (0x21, ")[]⌊⌋⌈⌉"), (0x2A, "⟨⟩/"),
    (0x2F, "\\⎛⎞⎡⎤⎣⎦⎢⎥⎧⎫⎩⎭⎨⎬⎪⏐⎝⎠⎜⎟⟨⟩⊔⊔∮∮⊙⊙⊕⊕⊗⊗∑∏∫⋃⋂⊎⋀⋁∑∏∫"),
    (0x5C, "⋂"), (0x5E, "⋀⋁∐∐"), (0x68, "[]⌊⌋⌈⌉"), (0x70, "√√√√"), (0x77, "‖↑↓"))
  private static let relations = table(
    (0x21, "↭↫↬≗≿≳⪆⊸∴∵≑≜≾≲⪅⪕⪖⋞⋟≼≦⩽≶‵.≓≒≽≧⩾≷⊏⊐⊳⊲⊵⊴★≬▼▶◀..△▲▽≖⋚⋛⪋⪌¥⇛⇚✓⊻⊼⩞∠∡∢∝⌣⌢⋐⋑⋓⋒⋏⋎⋋⋌⫅⫆≏≎⋘⋙⌜⌝®Ⓢ⋔∔∽⋍⌞⌟✠∁⊺⊚⊛"))
  private static let negations = table(
    (0x28, "⊊⊋⊈⊉∦∤∤∦⊬⊮⊭⊯⋭⋬⋪⋫↚↛⇍⇏⇎↮⋇∅∄"), (0x66, "℧ð≂ℶℷℸ⋖⋗⋉⋊∣∥∖∼≈≊⪸⪷↶↷ϝϰ𝕜ℏℏ"))
  private static let latex = table((0x30, "℧⋈□◇"), (0x3B, "⇝⊏⊐"))
}
