import DocumentModel

/// Tells headings by type, number, name and white space.
struct HeadingRule {
  let body: BodyFacts
  let isRecognized: Bool

  private static let longest = 240  // letters
  private static let mostWords = 32
  private static let mostRows = 4
  private static let mostDisplayRows = 8  // in display type: titles in a narrow column
  private static let larger = 1.12  // of the body size
  private static let largerRecognized = 1.3  // the same where sizes are estimates
  private static let apart = 1.4  // em between baselines: more than running text has
  private static let display = 1.5  // of the body size: titles are broken by sense, not by width
  private static let wrapped = 0.8  // of the widest row: a wrapped row is filled
  private static let leastSize = 0.9  // of the body size
  private static let otherFace = 1.04  // of the body size, in another typeface
  private static let styledSize = 0.85  // the same for named headings, and numbered ones in italics or capitals
  private static let smallCapitals = 0.75  // the same for numbered or named headings in small capitals
  private static let guessedSize = 0.75  // the same for scans, where "2.1" and the like begins the row
  private static let briefWords = 14  // a heading known by its number or its capitals alone is short

  private static let names: Set<String> = [
    "abstract", "introduction", "background", "related work", "methods", "materials and methods", "methodology",
    "results", "discussion", "results and discussion", "conclusion", "conclusions", "references", "bibliography",
    "acknowledgements", "acknowledgments", "acknowledgement", "acknowledgment", "appendix", "contents",
    "table of contents", "summary", "preface", "foreword", "glossary", "index", "notes", "literature",
    "zusammenfassung", "einleitung", "inhalt", "inhaltsverzeichnis", "literatur", "literaturverzeichnis", "danksagung",
    "anhang", "fazit", "résumé", "bibliographie", "remerciements", "annexe", "sommaire", "resumen", "introducción",
    "conclusiones", "referencias", "índice", "resumo", "introdução", "conclusão", "referências", "sommario",
    "introduzione", "bibliografia", "conclusioni", "statement of need", "data availability", "funding",
  ]

  /// - Parameter isUnderHeading: whether the group above is a heading, which may stand as close as lines do.
  func judge(_ group: TextGroup, isUnderHeading: Bool = false) -> Score? {
    let words = group.words
    let isDisplay = group.size >= Self.display * body.size
    guard group.rows.count <= (isDisplay ? Self.mostDisplayRows : Self.mostRows), group.letters <= Self.longest,
      words.count <= Self.mostWords,
      group.alphabetic >= 2, 2 * group.alphabetic >= group.letters, !group.isTurned, body.size > 0,
      group.rows.allSatisfy({ $0.lines.count == 1 || $0.size > 1.2 * body.size || Self.isNumberAndTitle($0) }),
      !isRagged(group), !isCut(group), !isLabelled(group)
    else { return nil }
    // A line of a paragraph in other type goes on with a small letter.
    if let letter = words.first?.unicodeScalars.first, letter.isSmall, let gap = group.gapAbove, gap < Self.apart {
      return nil
    }
    let ratio = group.size / body.size
    if Self.isByline(words), ratio < Self.display { return nil }
    if Self.isSpoken(words) { return nil }
    // An item of a list, whatever it says: "1 Introduction" on a slide.
    if group.rows[0].startsSmallNumber { return nil }
    let isNumbered = Self.isNumbered(words) && !group.rows[0].startsRaised
    let isNamed = Self.isNamed(words)
    if ratio >= (isRecognized ? Self.largerRecognized : Self.larger), !endsSentence(group) || group.extent <= 8,
      isNumbered || isNamed || !isLargerText(group)
    {
      return isNumbered || isNamed ? .headingWords : .largerType
    }
    // "IV. FLOATS: FIGURES, TABLES, ETC."
    let isAllCapitals = isNumbered && group.isCapitals
    guard !endsSentence(group) || isAllCapitals, group.rows.count <= 3 else { return nil }
    let above = isUnderHeading || group.gapAbove.map { $0 >= Self.apart } ?? true
    let below = group.gapBelow.map { $0 >= Self.apart } ?? true
    // Most letters of small capitals are a fifth smaller.
    let least = group.isCapitals ? Self.smallCapitals : Self.leastSize
    // That of an abstract is as small as the abstract.
    if isNamed, above, ratio > min(least, Self.styledSize) { return .headingWords }
    if group.isBold, !body.isBold, ratio > 0.85 {
      if isNumbered { return .headingWords }
      return group.extent <= 20 && (above || group.rows.count == 1) && group.gapBelow != nil ? .headingStyle : nil
    }
    let isStyled = group.isItalic || group.isCapitals || isOtherFace(group)
    // Headings of the deepest level are set a size smaller by some journals.
    // On scans sizes are guessed from which letters a line has.
    let isGuessed = isRecognized && isNumbered && words[0].dropLast().contains(".")
    let leastNumbered = isGuessed ? Self.guessedSize : isStyled && isNumbered ? min(least, Self.styledSize) : least
    guard group.extent <= Self.briefWords, ratio > (isNumbered ? leastNumbered : Self.leastSize) else { return nil }
    let countsItems = body.numbersAreStyled && !isStyled && !words[0].dropLast().contains(".")
    if isNumbered, words.count >= 2, above, below && !countsItems || isStyled { return .headingWords }
    // "3.2.1 leavefloats": what is told of is set as it is, but the number as the heading.
    if isNumbered, words.count >= 2, above, !body.isBold, group.rows.count == 1, group.rows[0].startsBold {
      return .headingWords
    }
    if group.isCapitals, group.letters >= 4, above, below || isOtherFace(group),
      group.gapAbove != nil || group.gapBelow != nil
    {
      return .headingStyle
    }
    return group.isItalic && above && below && group.extent <= 8 && group.gapBelow != nil && !isRelation(words)
      ? .headingStyle : nil
  }

  /// Whether it is set as much of the document's text is, though small print makes up more of it.
  private func isLargerText(_ group: TextGroup) -> Bool {
    !isRecognized && !group.isBold && !group.isItalic && !group.isCapitals && !isOtherFace(group)
      && group.size <= body.largestText + Self.sizeStep
  }

  private static let sizeStep = 0.25  // points: sizes are counted in halves

  /// Whether all is set in another typeface than the text, and somewhat larger, as journals set headings in sans serif.
  private func isOtherFace(_ group: TextGroup) -> Bool {
    guard !isRecognized, !body.family.isEmpty, let face = group.face, face != body.family else { return false }
    return group.size >= Self.otherFace * body.size && !group.rows.contains { $0.isMonospaced || $0.mathShare > 0 }
  }

  /// "a → b": a rule of a grammar, set in italics as its symbols are.
  private func isRelation(_ words: [String]) -> Bool {
    words.contains { word in
      let scalars = word.unicodeScalars
      return scalars.count <= 3 && scalars.allSatisfy { Self.relations.contains($0.value) }
    }
  }

  private static let relations = Set<UInt32>([0x3A, 0x3C, 0x3D, 0x3E]).union(0x2190...0x21FF).union(0x2200...0x22FF)

  /// "3.5    A new section": the number stands apart.
  private static func isNumberAndTitle(_ row: TextRow) -> Bool {
    row.lines.count == 2 && row.lines[0].words.count == 1 && isNumbered(row.words)
  }

  /// A heading ends with its last word.
  private func isCut(_ group: TextGroup) -> Bool {
    guard let last = group.words.last, last.count > 1 else { return false }
    return last.last == "-" && last.dropLast().last?.isLetter == true
  }

  /// Three short rows of different lengths are an address, not a heading that was wrapped.
  private func isRagged(_ group: TextGroup) -> Bool {
    guard group.rows.count >= 3, group.size < Self.display * body.size,
      let widest = group.rows.map(\.box.width).max(), !isCentredCapitals(group)
    else { return false }
    return group.rows.dropLast().contains { $0.box.width < Self.wrapped * widest }
  }

  /// "ANNEX B:" over its title: broken by sense, and no address, which has numbers.
  private func isCentredCapitals(_ group: TextGroup) -> Bool {
    group.isBold && Capitals.areMost(group.words) && !group.words.contains { $0.contains(where: \.isNumber) }
      && group.rows.allSatisfy { abs($0.box.midX - group.box.midX) <= group.size / 2 }
  }

  /// "Keywords: lines, circles": a label in bold and what it names, on one row.
  private func isLabelled(_ group: TextGroup) -> Bool {
    guard group.size < Self.display * body.size, let row = group.rows.first, row.startsBold, !row.endsBold,
      !Self.isNumbered(row.words)
    else { return false }
    return row.words.dropLast(2).prefix(Self.mostLabel).contains { $0.last == ":" }
  }

  private static let mostLabel = 3  // words

  /// A stop that ends sentences; a colon ends labels.
  private func endsSentence(_ group: TextGroup) -> Bool {
    guard let last = group.lastCharacter else { return false }
    return ".,;:。，；：、".contains(last)
  }

  private static let makers: Set<String> = ["by", "von", "par", "por", "door", "av", "af"]
  private static let mostByline = 8  // words: two names and what joins them

  /// "By Ada Marlow", as it stands in bold type between a headline and its text.
  private static func isByline(_ words: [String]) -> Bool {
    guard words.count >= 3, words.count <= mostByline, makers.contains(words[0].lowercased()),
      words[0].first?.isUppercase == true
    else { return false }
    let names = words.dropFirst().filter { !["and", "und", "et", "y", "e", "en", "og", "och", "&"].contains($0) }
    return names.count >= 2 && names.allSatisfy { $0.first?.isUppercase == true && !$0.contains(where: \.isNumber) }
      && words.joined().contains(where: \.isLowercase)
  }

  private static let openers: Set<Character> = ["“", "„", "«", "»", "\"", "‟"]
  private static let closers: Set<Character> = ["”", "“", "»", "«", "\""]

  /// A whole sentence between marks of speech: what magazines set over the columns in display type.
  private static func isSpoken(_ words: [String]) -> Bool {
    guard words.count > 2, let first = words.first?.first, openers.contains(first), let last = words.last,
      let mark = last.last, closers.contains(mark), let stop = last.dropLast().last
    else { return false }
    return ".!?…".contains(stop)
  }

  /// "Abstract" or "5 References".
  static func isNamed(_ words: [String]) -> Bool {
    words.count <= mostNameWords && names.contains(words.filter { !isNumber($0) }.joined(separator: " ").lowercased())
  }

  private static let mostNameWords = 5

  private static let parts: Set<String> = [
    "chapter", "section", "part", "appendix", "kapitel", "teil", "anhang", "chapitre", "partie", "annexe", "capítulo",
    "capitolo", "parte", "appendice", "apêndice", "hoofdstuk", "bijlage", "article", "abschnitt", "artikel", "titre",
    "titolo", "título", "artículo", "articolo", "sección", "sezione", "subchapter", "schedule", "annex",
    "act", "scene", "akt", "aufzug", "szene", "auftritt", "acte", "scène", "acto", "escena", "atto", "scena",
  ]

  /// "Chapter 5", "CHAPTER FIVE" or "Appendix A" and nothing else: the title stands on the next row.
  static func isPartAlone(_ words: [String]) -> Bool {
    guard words.count == 2, parts.contains(words[0].lowercased()) else { return false }
    let letters = words[1].filter { $0 != "." && $0 != ":" }
    return isNumber(words[1]) || letters.count == 1 && letters.allSatisfy(\.isUppercase)
      || RomanNumeral.value(letters) != nil && letters.allSatisfy(\.isUppercase) || isOrdinal(words[1])
  }

  /// "CHAPTER" and nothing else above "ONE" or "1" and nothing else.
  static func isPartName(_ words: [String], before next: [String]) -> Bool {
    isPartName(words) && next.count == 1 && isPartAlone(words + next)
  }

  static func isPartName(_ words: [String]) -> Bool { words.count == 1 && parts.contains(words[0].lowercased()) }

  /// "2", "2.1", "IV.", "A.3" or "Chapter 5" before words that begin with a capital.
  static func isNumbered(_ words: [String]) -> Bool {
    guard let first = words.first else { return false }
    if isGlued(first) { return true }
    guard words.count >= 2 else { return false }
    // "§ 3 Scope", "§3 Scope"
    if first.first == "§" { return isNumber(first == "§" ? words[1] : String(first.dropFirst())) }
    let isChapter = parts.contains(first.lowercased())
    if isChapter {
      return isNumber(words[1]) || isNumberBeforeSign(words[1]) || isOrdinal(words[1])
    }
    if isDate(words) { return false }
    // "A. N. Author": initials are no numbers.
    if first.first?.isLetter == true, words[1].count == 2, words[1].last == "." { return false }
    guard isNumber(first), let letter = words[1].unicodeScalars.first else { return false }
    return letter.isCapital || !letter.properties.isCased && letter.isLetter
  }

  private static let ordinals: Set<String> = ["first", "second", "third"]

  /// "Chapter Three", "Part the First" without its article.
  private static func isOrdinal(_ word: String) -> Bool {
    NumberWord.value(word) != nil || ordinals.contains(word.lowercased())
  }

  /// "12 February 2024", as letters are dated: a day counts no sections.
  private static func isDate(_ words: [String]) -> Bool {
    words.count >= 2 && words.count <= 3 && words[0].first?.isNumber == true
      && MonthNames.isWhole(words[1])
  }

  /// The numeral or letter in "SUBCHAPTER I—GENERAL PROVISIONS" and "Part B: Tests".
  private static func isNumberBeforeSign(_ word: String) -> Bool {
    guard let end = word.firstIndex(where: { ":—–".contains($0) }) else { return false }
    let number = String(word[..<end])
    return isNumber(number) || number.count == 1 && number.allSatisfy(\.isUppercase)
      || RomanNumeral.value(number) != nil && number.allSatisfy(\.isUppercase)
  }

  /// "2.1Results": a text layer without the white space that was set.
  private static func isGlued(_ word: String) -> Bool {
    let number = word.prefix { $0.isNumber || $0 == "." }
    guard number.contains("."), number.first?.isNumber == true, number.count < word.count else { return false }
    return word[number.endIndex...].first?.isUppercase == true && isNumber(String(number))
  }

  private static func isNumber(_ word: String) -> Bool {
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    let core = parts.last?.isEmpty == true ? parts.dropLast() : parts[...]
    guard !core.isEmpty, core.count <= 6 else { return false }
    for (position, part) in core.enumerated() {
      let isDigits = !part.isEmpty && part.count <= 3 && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
      let isLetter = part.count == 1 && part.first?.isUppercase == true
      let isRoman = position == 0 && RomanNumeral.value(String(part)) != nil && part.first?.isUppercase == true
      guard isDigits || position == 0 && (isLetter || isRoman) else { return false }
    }
    // A lone capital is a word ("A new method") unless a point follows it.
    return core.count > 1 || parts.count > 1 || core.first?.first?.isNumber == true
  }
}
