import DocumentModel

/// What a row shows by itself, before its neighbours are asked; rows of different kinds are never one region.
enum RowKind: Sendable, Hashable {
  case text, formula, code, keyValue

  private static let mathShare = 0.3  // of the letters in mathematical type: display formulas have more
  private static let signShare = 0.15  // of the letters: operators and Greek, where fonts do not tell
  private static let longWord = 4  // letters: formulas hold few words so long ("where", "otherwise")
  private static let indent = 1.2  // em: a display formula does not begin at the margin
  private static let labelWords = 4
  private static let labelLetters = 30
  private static let pairWords = 14  // words of a label with its value: longer is a sentence with a colon

  init(_ row: TextRow, column: BoundingBox?, body: BodyFacts) {
    if row.isMonospaced, !body.isMonospaced, !Self.isItem(row.words), !Self.isDashedItem(row) {
      self = .code
    } else if Self.isFormula(row, column) {
      self = .formula
    } else if Self.isPair(row) {
      self = .keyValue
    } else {
      self = .text
    }
  }

  private static func isFormula(_ row: TextRow, _ column: BoundingBox?) -> Bool {
    let words = row.words
    let long = words.count { $0.unicodeScalars.count { $0.isLetter } >= longWord }
    guard long <= 2, row.letters >= 2, !row.lines[0].isTurned, !isItem(words) else { return false }
    var signs = 0
    var hasOperator = false
    for scalar in words.joined().unicodeScalars where isMathSign(scalar) {
      signs += 1
      hasOperator = hasOperator || scalar == "=" || (0x2200...0x22FF).contains(scalar.value)
    }
    let isMath =
      row.mathShare >= mathShare
      || hasOperator && Double(signs) >= signShare * Double(row.letters) && long <= 1
    guard isMath else { return false }
    guard let column else { return true }
    return row.box.left > column.left + indent * row.size
  }

  /// A list's sign and what it stands before: the sign's font may be one of mathematical type and the item one letter,
  /// or the name of a file in the type of code.
  private static func isItem(_ words: [String]) -> Bool {
    guard words.count > 1, words[0].unicodeScalars.count == 1, let sign = words[0].unicodeScalars.first else {
      return false
    }
    return BulletSign.isBullet(sign) && !isMathSign(sign) && sign != "·" && sign != "∙"
  }

  private static let dashes: Set<String> = ["–", "—", "-"]

  /// A dash or the number of an item in the text's type before names in the type of code: in a listing it would be in
  /// that type too.
  private static func isDashedItem(_ row: TextRow) -> Bool {
    row.startsPlain && row.lines[0].words.count > 1
      && (dashes.contains(row.lines[0].words[0]) || row.startsSmallNumber)
  }

  /// Whether a row is more likely a piece of a formula than of a table: signs or mathematical type, hardly a word.
  static func isMathematical(_ row: TextRow) -> Bool {
    let long = row.words.count { $0.unicodeScalars.count { $0.isLetter } >= longWord }
    guard long <= 1 else { return false }
    return row.mathShare >= 0.15 || row.words.joined().unicodeScalars.contains { $0 != "+" && isMathSign($0) }
  }

  private static func isMathSign(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2B, 0x3C...0x3E, 0xB1, 0xD7, 0xF7, 0x0391...0x03C9, 0x2190...0x21FF, 0x2200...0x22FF, 0x27C0...0x27EF,
      0x2980...0x2AFF, 0x1D400...0x1D7FF, 0x2211:
      true
    default: false
    }
  }

  /// "Label: value" on one row.
  private static func isPair(_ row: TextRow) -> Bool {
    let words = row.words
    // "Table 1: Calls by quay" beside "Table 2: Calls by month"
    guard words.count >= 2, words.count <= pairWords, CaptionText(words)?.isMarked != true,
      let colon = words.prefix(labelWords).firstIndex(where: { $0.last == ":" || $0.last == "：" }),
      colon + 1 < words.count
    else { return false }
    let label = words[...colon].joined(separator: " ")
    return label.count <= labelLetters && label.unicodeScalars.first.map { $0.isLetter } == true
      && label.unicodeScalars.count { $0.isLetter } >= 2
  }
}
