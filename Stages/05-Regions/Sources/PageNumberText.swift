import DocumentModel

/// A page number as printed: `12`, `- 12 -`, `xiv`, `Page 3 of 10`, `3/10`, `5-3`.
struct PageNumberText: Hashable, Sendable {
  let value: Int
  let isRoman: Bool
  /// Whether the text says nothing else.
  let isAlone: Bool
  /// Whether the word for page stands before it.
  let isNamed: Bool

  private static let names: Set<String> = [
    "page", "pag", "pág", "página", "pagina", "seite", "s", "p", "pg", "blatt", "sivu", "sida", "side", "strona",
    "стр", "страница", "of", "von", "de", "di", "sur", "av", "z", "из",
  ]
  static let years = 1_900...2_100  // beside other words: dates end with them
  private static let longest = 4  // digits: longer numbers count no pages

  /// Looks at both ends of a row of words.
  init?(words: [String]) {
    let bare = words.map(Self.bare).filter { !$0.isEmpty }
    guard let first = bare.first, let last = bare.last else { return nil }
    let named = bare.filter { !Self.names.contains($0) }
    if let numbers = Self.numbers(named), numbers.count <= 2, let number = numbers.first {
      // "Page 3 of 10": the second number is the count of pages.
      guard numbers.count == 1 || (bare.count > 2 || words.count == 1) && numbers[1].value >= number.value else {
        return nil
      }
      self.init(
        value: number.value, isRoman: number.isRoman, isAlone: true,
        isNamed: first.count > 1 && Self.names.contains(first))
    } else if bare.count == 1, let value = Self.pageOfChapter(first) {
      self.init(value: value, isRoman: false, isAlone: true, isNamed: false)
    } else if let number = Self.number(first) ?? Self.number(last), !number.isRoman || bare.count > 1,
      !Self.years.contains(number.value)
    {
      self.init(value: number.value, isRoman: number.isRoman, isAlone: false, isNamed: false)
    } else {
      return nil
    }
  }

  /// The page in `5-3` and `A-12`, which number the pages of each chapter.
  private static func pageOfChapter(_ word: String) -> Int? {
    let parts = word.split(whereSeparator: { $0 == "-" || $0 == "–" })
    guard parts.count == 2, let value = number(String(parts[1])), !value.isRoman else { return nil }
    let isChapter = parts[0].count == 1 || parts[0].utf8.count <= 2 && number(String(parts[0])) != nil
    return isChapter ? value.value : nil
  }

  private init(value: Int, isRoman: Bool, isAlone: Bool, isNamed: Bool) {
    self.value = value
    self.isRoman = isRoman
    self.isAlone = isAlone
    self.isNamed = isNamed
  }

  private static func bare(_ word: String) -> String {
    // Most words are letters at both ends.
    if let first = word.utf8.first, let last = word.utf8.last, isPlain(first), isPlain(last) {
      return word.lowercased()
    }
    var slice = Substring(word)
    while let mark = slice.first, marks.contains(mark) { slice = slice.dropFirst() }
    while let mark = slice.last, marks.contains(mark) { slice = slice.dropLast() }
    return slice.lowercased()
  }

  private static let marks: Set<Character> = [
    "-", "–", "—", "|", "·", "•", "[", "]", "(", ")", ".", ",", ":", "~", "*", "_",
  ]

  /// A letter or digit of ASCII, which no mark is made of.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }

  private static func numbers(_ words: [String]) -> [(value: Int, isRoman: Bool)]? {
    var numbers: [(value: Int, isRoman: Bool)] = []
    for word in words {
      for part in word.split(separator: "/") {
        guard let number = number(String(part)) else { return nil }
        numbers.append(number)
      }
    }
    return numbers.isEmpty ? nil : numbers
  }

  static func number(_ word: String) -> (value: Int, isRoman: Bool)? {
    if word.utf8.count <= longest, word.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = Int(word) {
      return (value, false)
    }
    return RomanNumeral.value(word).map { ($0, true) }
  }
}
