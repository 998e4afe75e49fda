import DocumentModel

/// How the words of a page are set, against what is usual on that page.
struct WordStyles {
  private let words: [Word]
  private let fonts: [Font]
  private let size: PageSize
  /// Styles so common on the page that they distinguish nothing.
  private let usual: TextStyle

  init(_ page: PageMaterial) {
    words = page.words
    fonts = page.fonts
    size = page.size
    var letters = 0
    var bold = 0
    var italic = 0
    var code = 0
    for word in page.words {
      guard let font = word.font else { continue }
      let count = word.text.utf8.count
      letters += count
      if page.fonts[font].bold { bold += count }
      if page.fonts[font].italic { italic += count }
      if page.fonts[font].monospaced { code += count }
    }
    var usual: TextStyle = []
    let limit = Self.usualShare * Double(letters)
    if letters > 0, Double(bold) > limit { usual.insert(.bold) }
    if letters > 0, Double(italic) > limit { usual.insert(.italic) }
    if letters > 0, Double(code) > limit { usual.insert(.code) }
    self.usual = usual
  }

  /// The share of a page's letters from which a style is the page's own and no emphasis: a typewritten letter, an
  /// all-bold poster.
  private static let usualShare = 0.75

  /// The style of a word on its line.
  func style(of index: Int, on line: TextLine) -> TextStyle {
    let word = words[index]
    var style: TextStyle = []
    if let font = word.font {
      if fonts[font].bold { style.insert(.bold) }
      if fonts[font].italic { style.insert(.italic) }
      if fonts[font].monospaced { style.insert(.code) }
    }
    return style.subtracting(usual).union(shift(of: index, on: line))
  }

  func isBold(_ index: Int) -> Bool { words[index].font.map { fonts[$0].bold } ?? false }
  func isItalic(_ index: Int) -> Bool { words[index].font.map { fonts[$0].italic } ?? false }
  func fontName(_ index: Int) -> String? { words[index].font.map { fonts[$0].name } }

  /// Superscript or subscript: smaller than the line's letters and off its baseline.
  private func shift(of index: Int, on line: TextLine) -> TextStyle {
    let word = words[index]
    // On a line of several sizes a mark is held against the word that it stands at.
    let joined = index > 0 && words[index - 1].joinsNext ? words[index - 1].size : 0
    let around = max(line.size, joined)
    guard line.size > 0, word.size > 0, word.size <= Self.smallest * around else { return [] }
    // A recogniser's sizes are estimates: only what looks like a mark is believed to be one.
    if word.source == .recognition, word.text.unicodeScalars.count > 3 { return [] }
    guard word.text.unicodeScalars.contains(where: { Self.canShift($0) }) else { return [] }
    let box = UprightFrame(page: size, turn: line.turn).upright(word.box)
    let given = line.turn == .none ? word.baseline : nil
    let stands = given ?? Word.standing(in: box, size: word.size)
    let rise = (line.baseline - stands) / around
    if rise > Self.raised { return isWithin(index, on: line) ? [] : .superscript }
    if rise < -Self.lowered { return .subscript }
    return []
  }

  /// Whether a raised word stands over the letters beside it, as the small capital of "LaTeX" does: marks stand clear.
  private func isWithin(_ index: Int, on line: TextLine) -> Bool {
    guard let place = line.words.firstIndex(of: index) else { return false }
    let box = words[index].box
    let beside = [place - 1, place + 1].filter(line.words.indices.contains).map { words[line.words[$0]] }
    return beside.contains { other in
      word(other, isLargerThan: index) && (other.box.intersection(box)?.area ?? 0) > Self.covered * box.area
    }
  }

  private func word(_ other: Word, isLargerThan index: Int) -> Bool { words[index].size <= Self.smallest * other.size }

  private static func canShift(_ scalar: Unicode.Scalar) -> Bool {
    // Han and kana have no scripts, but many sizes and heights of box.
    (scalar.isLetter || scalar.isNumeral) && !UnspacedScript.contains(scalar)
      || "*†‡§¶+−-∗".unicodeScalars.contains(scalar)
  }

  static let smallest = 0.85  // of the line's size: TeX sets scripts at 0.7, office programs at 0.58–0.66
  private static let covered = 0.25  // of the box of a raised word that lies on its neighbour's
  private static let raised = 0.12  // of the line's size: half of TeX's smallest rise
  private static let lowered = 0.06  // of the line's size: subscripts sink less than superscripts rise
}
