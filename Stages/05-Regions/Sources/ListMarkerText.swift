import DocumentModel

/// The marker that a list item begins with.
enum ListMarkerText: Hashable, Sendable {
  case bullet(Character)
  /// `3.`, `(3)`, `[3]`, `3)`, and `3` in a disc.
  case number(Int, Style)
  /// `b)`, `(b)`, `B.`; the value counts from 1.
  case letter(Int, Style)
  case roman(Int, Style)
  /// `4.2`, `4.2.1.`: contracts and standards number their paragraphs so, and others their headings.
  case clause([Int])

  enum Style: Hashable, Sendable { case bare, dot, parenthesis, parentheses, brackets, degree }

  /// Signs and letters that are bullets in company; the last ones are what fonts of signs without a Unicode map give.
  private static let dashes: Set<Character> = ["-", "–", "—", "*", "+", "o", "¢", "e", "»", "¨", "§", "Ø", "ü"]

  /// Whether the sign means something of its own before a number: `§ 5`, `Ø 12 mm`.
  var countsSomething: Bool { self == .bullet("§") || self == .bullet("Ø") }

  /// Whether siblings or hanging lines must bear the marker out: a dash or a number also begins sentences.
  var needsCompany: Bool {
    if case .bullet(let mark) = self { Self.dashes.contains(mark) } else { true }
  }

  /// What a letter with a full stop counts; `i.` may be one of them.
  var letterValue: Int? {
    switch self {
    case .letter(let value, .dot): value
    case .roman(1, .dot): 9
    default: nil
    }
  }

  /// Whether a list that counts begins with it.
  var isFirst: Bool {
    switch self {
    case .bullet: false
    case .clause(let path): path.last == 1
    case .number(let value, _), .letter(let value, _), .roman(let value, _): value == 1
    }
  }

  init?(first word: String, isOnlyWord: Bool) {
    guard let start = word.first, !isOnlyWord || word.count > 1 else { return nil }
    if Self.isBullet(start), word.count == 1 || word.count <= 40 && start != "·" {
      self = .bullet(start)
    } else if word.count == 1, Self.dashes.contains(start) {
      self = .bullet(start)
    } else if start == "—" || start == "–", word.count > 1, word.dropFirst().first?.isLetter == true {
      self = .bullet(start)  // set without a space
    } else if let path = Self.path(word) {
      self = .clause(path)
    } else if let (body, style) = Self.peeled(word) {
      if let value = Int(body), body.count <= 3, body.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
        self = .number(value, style)
      } else if let value = RomanNumeral.value(body), body.count > 1 || body.lowercased() == "i" {
        self = .roman(value, style)
      } else if body.utf8.count == 1, let letter = body.lowercased().utf8.first, (0x61...0x7A).contains(letter) {
        self = .letter(Int(letter) - 0x60, style)
      } else {
        return nil
      }
    } else {
      return nil
    }
  }

  /// A number without a sign, which its type alone tells from text: slides set the numbers of items in discs.
  init?(bare word: String) {
    guard word.utf8.count <= 2, word.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = Int(word) else {
      return nil
    }
    self = .number(value, .bare)
  }

  private static func isBullet(_ sign: Character) -> Bool {
    sign.unicodeScalars.first.map(BulletSign.isBullet) ?? false
  }

  private static let deepest = 5  // numbers of a clause
  private static let mostDigits = 3  // of one of them: more are quantities, as are noughts before them

  /// The numbers of `4.2.1.`; nil for a single one, and for `1.05`.
  private static func path(_ word: String) -> [Int]? {
    guard word.utf8.first.map({ (0x31...0x39).contains($0) }) == true, word.utf8.count <= 24 else { return nil }
    var parts = word.split(separator: ".", omittingEmptySubsequences: false)
    if parts.last?.isEmpty == true { parts.removeLast() }
    guard parts.count >= 2, parts.count <= deepest,
      parts.allSatisfy({ part in
        part.utf8.count <= mostDigits && part.utf8.first != 0x30 && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
      })
    else { return nil }
    let path = parts.compactMap { Int($0) }
    return path.count == parts.count ? path : nil
  }

  private static func peeled(_ word: String) -> (String, Style)? {
    guard word.utf8.count <= 8, let last = word.last else { return nil }
    let body = word.dropLast()
    switch (word.first, last) {
    case ("(", ")"): return (String(body.dropFirst()), .parentheses)
    case ("[", "]"): return (String(body.dropFirst()), .brackets)
    case (_, ")"): return (String(body), .parenthesis)
    case (_, "."): return (String(body), .dot)
    // "1° une pièce d'identité"
    case (_, "°"), (_, "º"): return body.allSatisfy(\.isNumber) ? (String(body), .degree) : nil
    default: return nil
    }
  }

  var isClause: Bool { if case .clause = self { true } else { false } }

  /// Whether the other marker can stand next to this one in a list.
  func isSibling(of other: ListMarkerText) -> Bool {
    switch (self, other) {
    case (.bullet(let a), .bullet(let b)): a == b
    case (.clause(let a), .clause(let b)):
      a.count == b.count && a.dropLast() == b.dropLast() && a.last.map { abs($0 - b[b.count - 1]) } == 1
    case (.number(let a, let s), .number(let b, let t)), (.letter(let a, let s), .letter(let b, let t)),
      (.roman(let a, let s), .roman(let b, let t)):
      s == t && abs(a - b) == 1
    // "h. i. j." and "(h) (i) (j)": the i is read as a numeral.
    case (.letter(let a, let s), .roman(1, let t)), (.roman(1, let s), .letter(let a, let t)):
      s == t && (a == 8 || a == 10)
    default: false
    }
  }
}
