import DocumentModel

/// The number in front of a heading.
struct HeadingNumber: Hashable {
  /// How it counts: what lies deeper in one document lies deeper everywhere in it.
  enum Series: Hashable {
    case part, chapter, article, appendix, paragraph
    /// `1`, `1.1`, `1.1.1` by how many parts they have.
    case decimal(depth: Int)
    /// `A.1`, `A.1.2`: by how many parts follow the letter.
    case letteredDecimal(depth: Int)
    case roman(upper: Bool, bracketed: Bool)
    case letter(upper: Bool, bracketed: Bool)
    case bracketedDecimal
  }

  /// As printed: `2.3`, `IV.`, `(a)`, `Chapter 3`.
  let printed: String
  /// What it can be, the likeliest first: `C.` is a letter or a hundred.
  let readings: [(series: Series, ordinal: Int)]
  /// The heading without it.
  let rest: String

  static func == (a: HeadingNumber, b: HeadingNumber) -> Bool { a.printed == b.printed && a.rest == b.rest }
  func hash(into hasher: inout Hasher) { hasher.combine(printed) }

  /// - Returns: nil where the text begins with no number.
  init?(_ text: String) {
    let words = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true).map(String.init)
    guard let first = words.first else { return nil }
    if let series = Self.named[first.lowercased().filter(\.isLetter)], words.count > 1,
      let ordinal = Self.ordinal(Self.trimmed(words[1]))
    {
      printed = first + " " + Self.withoutColon(words[1])
      readings = [(series, ordinal)]
      rest = words.count > 2 ? words[2] : ""
      return
    }
    let afterFirst = words.dropFirst().joined(separator: " ")
    if first.hasPrefix("§") {
      let own = first.dropFirst()
      let token = own.isEmpty ? words.dropFirst().first ?? "" : String(own)
      guard let parts = Self.decimal(token) else { return nil }
      printed = own.isEmpty ? first + " " + token : first
      readings = [(parts.count == 1 ? .paragraph : .decimal(depth: parts.count), parts[parts.count - 1])]
      rest = own.isEmpty ? words.dropFirst(2).joined(separator: " ") : afterFirst
      return
    }
    guard let found = Self.token(first) else { return nil }
    // A number without any mark needs a title behind it that looks like one: "2 Methods", not "2 of the".
    if found.bare, !Self.opensTitle(afterFirst) { return nil }
    printed = first
    readings = found.readings
    rest = afterFirst
  }

  /// The numbers of `2.1.3`, of the `2` of "Chapter 2", and of `A.3`, whose letter counts from 1; nil of all else.
  var path: [Int]? {
    switch readings.first?.series {
    case .chapter: return readings.first.map { [$0.ordinal] }
    case .decimal: return Self.decimal(printed)
    case .letteredDecimal:
      let parts = printed.split(separator: ".")
      guard let letter = parts.first, let value = Self.letterValue(letter, upper: true) else { return nil }
      return Self.decimal(parts.dropFirst().joined(separator: ".")).map { [value] + $0 }
    default: return nil
    }
  }

  private static func token(_ word: String) -> (readings: [(series: Series, ordinal: Int)], bare: Bool)? {
    let bracketed = word.hasSuffix(")")
    var body = Substring(word)
    if bracketed {
      body = body.dropLast()
      if body.hasPrefix("(") { body = body.dropFirst() }
    }
    let dotted = body.hasSuffix(".")
    if dotted { body = body.dropLast() }
    guard !body.isEmpty, body.utf8.count <= 12 else { return nil }
    if let parts = decimal(String(body)) {
      // Years and quantities are no numbers of headings.
      guard parts.allSatisfy({ $0 < 200 }), let last = parts.last else { return nil }
      let series: Series = bracketed && parts.count == 1 ? .bracketedDecimal : .decimal(depth: parts.count)
      return ([(series, last)], !dotted && !bracketed && parts.count == 1)
    }
    let pieces = body.split(separator: ".", omittingEmptySubsequences: false)
    if pieces.count > 1, let letter = letterValue(pieces[0], upper: true),
      let tail = decimal(pieces.dropFirst().joined(separator: ".")), let last = tail.last, letter > 0
    {
      return ([(.letteredDecimal(depth: tail.count), last)], false)
    }
    guard pieces.count == 1 else { return nil }
    let upper = body == body.uppercased()
    var readings: [(series: Series, ordinal: Int)] = []
    if let value = roman(body) { readings.append((.roman(upper: upper, bracketed: bracketed), value)) }
    if let value = letterValue(body, upper: upper) {
      let letter = (Series.letter(upper: upper, bracketed: bracketed), value)
      if "ivx".contains(body.lowercased()) { readings.append(letter) } else { readings.insert(letter, at: 0) }
    }
    // "A Study", "I am": a letter needs its dot or bracket; a numeral of several letters in capitals does not.
    guard !readings.isEmpty, dotted || bracketed || (upper && body.utf8.count > 1) else { return nil }
    return (readings, !dotted && !bracketed)
  }

  private static func decimal(_ text: String) -> [Int]? {
    let body = text.hasSuffix(".") ? text.dropLast() : Substring(text)
    let parts = body.split(separator: ".", omittingEmptySubsequences: false)
    guard !parts.isEmpty, parts.count <= 8 else { return nil }
    var numbers: [Int] = []
    for part in parts {
      guard !part.isEmpty, part.utf8.count <= 4, part.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
        let value = Int(part)
      else { return nil }
      numbers.append(value)
    }
    return numbers
  }

  private static func ordinal(_ text: String) -> Int? {
    if let parts = decimal(text) { return parts.last }
    if let value = roman(Substring(text)) { return value }
    if let value = letterValue(Substring(text), upper: true) { return value }
    return NumberWord.value(text) ?? ordinals[text.lowercased()]
  }

  private static func letterValue(_ text: Substring, upper: Bool) -> Int? {
    guard text.utf8.count == 1, let code = text.utf8.first else { return nil }
    let base: UInt8 = upper ? 0x41 : 0x61
    return code >= base && code < base + 26 ? Int(code - base) + 1 : nil
  }

  /// Numerals up to 89, well formed as far as headings go.
  private static func roman(_ text: Substring) -> Int? {
    let lower = text.lowercased()
    guard !lower.isEmpty, lower.utf8.count <= 8, lower.allSatisfy({ "ivxlc".contains($0) }) else { return nil }
    var rest = Substring(lower)
    var total = 0
    for (worth, letters) in [
      (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ] {
      var times = 0
      while rest.hasPrefix(letters), times < (letters.count == 1 && letters != "v" && letters != "l" ? 3 : 1) {
        rest = rest.dropFirst(letters.count)
        total += worth
        times += 1
      }
    }
    return rest.isEmpty ? total : nil
  }

  private static func opensTitle(_ rest: String) -> Bool {
    guard let first = rest.unicodeScalars.first else { return false }
    return !first.isSmall && (first.isLetter || "\"“«'‘".unicodeScalars.contains(first))
  }

  private static func trimmed(_ word: String) -> String {
    String(word.prefix(while: { $0 != ":" && $0 != "." && $0 != "—" && $0 != "–" && $0 != ")" }))
  }

  private static func withoutColon(_ word: String) -> String { word.hasSuffix(":") ? String(word.dropLast()) : word }

  private static let named: [String: Series] = [
    "part": .part, "teil": .part, "partie": .part, "parte": .part, "book": .part, "volume": .part, "title": .part,
    "chapter": .chapter, "kapitel": .chapter, "chapitre": .chapter, "capítulo": .chapter, "capitolo": .chapter,
    "hoofdstuk": .chapter, "article": .article, "artikel": .article, "artículo": .article, "art": .article,
    "section": .article, "abschnitt": .article, "sección": .article, "clause": .article, "item": .article,
    "appendix": .appendix, "annex": .appendix, "anhang": .appendix, "annexe": .appendix, "anexo": .appendix,
    "schedule": .appendix, "exhibit": .appendix,
  ]

  private static let ordinals = ["first": 1, "second": 2, "third": 3]
}
