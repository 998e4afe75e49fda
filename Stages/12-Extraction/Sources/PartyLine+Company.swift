import DocumentModel

/// What a line says of a company: its legal form, and where in the line its name is.
extension PartyLine {
  /// Whether the first line is a logo's short form of the company below it.
  static func isShortOf(_ first: String, _ second: String) -> Bool {
    let short = squeezed(first)
    return short.count >= 4 && isCompany(second) && isName(second) && squeezed(second).hasPrefix(short)
  }

  /// Whether a person of two or three names stands above the company that is meant.
  static func isContactOf(_ first: String, _ second: String) -> Bool {
    guard !isCompany(first), isCompany(second), isName(second) else { return false }
    let company = TextToken.words(of: second)
    let words = first.split(separator: " ")
    return (2...4).contains(words.count) && company.count >= 2 && !forms.contains(company[0])
      && words.allSatisfy { word in
        word.first?.isUppercase ?? false && word.allSatisfy { $0.isLetter || $0 == "-" || $0 == "." || $0 == "'" }
      }
  }

  /// Letters and digits only, to compare names.
  static func squeezed(_ text: String) -> String { TextToken.words(of: text).joined() }

  /// Whether one of two names begins with the other.
  static func isSimilar(_ name: String, _ other: String?) -> Bool {
    guard let other, !other.isEmpty else { return false }
    let (a, b) = (squeezed(name), squeezed(other))
    return a == b || a.count >= 6 && b.hasPrefix(a) || b.count >= 6 && (a.hasPrefix(b) || a.hasSuffix(b))
  }

  /// "Mécanique du Rhône SA au capital de 240 000 €" without what the law adds.
  static func withoutLaw(_ name: String) -> String {
    let words = name.split(separator: " ")
    for place in words.indices.dropFirst() {
      let tail = TextToken.words(of: words[place...].prefix(3).joined(separator: " "))
      if tail.starts(with: ["au", "capital"]) || tail.starts(with: ["capital", "social"]) {
        var kept = words[..<place]
        if kept.count > 1, let last = kept.last, isCompany("X " + last) { kept = kept.dropLast() }
        return cleaned(kept.joined(separator: " "))
      }
    }
    return name
  }

  /// "Nordlys Media AS, Karl Johans gate 16, 0154 Oslo" without the address.
  static func beforeAddress(_ text: String) -> String {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count >= 2, parts.dropFirst().contains(where: { $0.contains(where: \.isNumber) }) else { return text }
    var name = String(parts[0])
    // "Deploylane, Inc." is one name.
    if let next = parts.dropFirst().first, TextToken.words(of: String(next)).count <= 2, isCompany("X " + next) {
      name += "," + next
    }
    return name
  }

  /// The companies' names in a line that may hold more: "Widget GmbH · Fabrikweg 3 · 10115 Berlin".
  static func companies(in text: String) -> [String] {
    guard isCompany(text) else { return [] }
    let whole = withoutLaw(cleaned(text))
    if isName(text), separators.allSatisfy({ !text.contains($0) }), capitalised(whole) == whole {
      return isCompanyForm(whole) ? [] : [whole]
    }
    var parts = [text]
    for separator in separators { parts = parts.flatMap { $0.components(parted: separator) } }
    return parts.map { capitalised(withoutLaw(beforeAddress($0))) }.filter {
      isCompany($0) && isName($0) && !isCompanyForm($0)
    }
  }

  /// "Greetings from Cirrus Web Services SARL" from where the name begins.
  private static func capitalised(_ text: String) -> String {
    let words = text.split(separator: " ")
    let begin = words.lastIndex { word in
      guard let first = word.first(where: \.isLetter), first.isLowercase else { return false }
      return !joints.contains(String(word).lowercased()) && !isCompany("X " + word)
        && !word.dropFirst().contains(where: \.isUppercase)
    }
    guard let begin, begin + 1 < words.count else { return text }
    return words[(begin + 1)...].joined(separator: " ")
  }

  private static let joints: Set<String> = [
    "und", "and", "et", "y", "e", "en", "i", "och", "og", "of", "de", "du", "des", "la", "le", "les", "für", "der",
    "die", "van", "von", "the", "di", "da", "do", "dos", "del", "z", "o.o.", "o.", "c.", "u.", "zu", "im", "am", "in",
  ]

  static func isBank(_ name: String) -> Bool {
    TextToken.words(of: name).contains { word in
      banks.contains(word) || word.hasSuffix("bank") || word.hasSuffix("sparkasse")
    }
  }

  private static let banks: Set<String> = [
    "banque", "banco", "banca", "caja", "kasse", "bancaire", "bankhaus", "banka",
  ]

  /// Whether a line is a legal form and nothing else.
  static func isFormAlone(_ text: String) -> Bool { isCompanyForm(text) && isCompany("X " + text) }

  /// A legal form alone is no name.
  private static func isCompanyForm(_ text: String) -> Bool {
    TextToken.words(of: text).allSatisfy { forms.contains($0) || $0.count <= 2 }
  }

  /// Whether it begins what the law wants told of a company: where its office is, in which register it stands.
  static func isRegistration(_ text: String) -> Bool {
    let words = TextToken.words(of: text).prefix(2).joined(separator: " ")
    return registrations.contains(words)
  }

  private static let registrations: Set<String> = [
    "siege social", "registered office", "sitz der", "firmensitz amtsgericht", "sede legale", "domicilio social",
    "maatschappelijke zetel", "statutaire zetel", "company registration", "registered in",
    "handelsregister amtsgericht",
  ]

  /// Whether it bears the name of a legal form: GmbH, Ltd, SARL …
  static func isCompany(_ text: String) -> Bool {
    let words = TextToken.words(of: text)
    if words.contains(where: forms.contains) { return true }
    // "AS" and "SA" are forms, "as" is a word.
    if text.split(whereSeparator: { $0 == " " || $0 == "," }).dropFirst().contains(where: { capitalForms.contains($0) })
    {
      return true
    }
    if zip(zip(words, words.dropFirst()), zip(words.dropFirst(2), words.dropFirst(3))).contains(where: {
      $0.0 + $0.1 + $1.0 + $1.1 == "spzoo"
    }) {
      return true
    }
    return zip(words, words.dropFirst()).contains { twoWordForms.contains($0 + $1) }
      || zip(zip(words, words.dropFirst()), words.dropFirst(2)).contains { twoWordForms.contains($0.0 + $0.1 + $1) }
  }

  /// "Au bon moulin SARL" as "Au bon moulin": in lines of senders the form is often an addition.
  static func withoutForm(_ name: String) -> String {
    let words = name.split(separator: " ")
    guard words.count > 2, let last = words.last, frenchForms.contains(String(last).lowercased()) else {
      return cleaned(name)
    }
    return cleaned(words.dropLast().joined(separator: " "))
  }

  static let forms: Set<String> = [
    "gmbh", "ag", "kg", "ohg", "gbr", "ug", "ltd", "limited", "inc", "llc", "llp", "plc", "corp", "corporation", "sarl",
    "sas", "sasu", "eurl", "bv", "nv", "bvba", "srl", "spa", "sl", "bhd", "oy", "ab", "aps", "pty", "enterprise",
    "company", "ev", "eg", "se", "mbh", "kgaa", "aktiengesellschaft", "gesmbh", "ek", "partg", "partgmbb", "aor",
    "stiftung", "sprl", "scop", "eirl", "snc", "slu", "sau", "lda", "unipessoal", "sro", "spol", "kft", "zrt", "doo",
    "oyj", "asa", "ivs", "vof", "cvba", "pte", "pllc", "pvt", "incorporated", "sca", "scs", "ohg", "ltda", "eood",
  ]
  private static let capitalForms: Set<Substring> = [
    "SA", "S.A.", "AS", "A/S", "SAS", "NV", "BV", "HB", "KB", "KS", "CV", "SE", "SC", "SS", "PC", "P.C.", "AB", "Oy",
    "ASBL", "NV/SA", "SA/NV", "Sàrl", "Cie", "a.s.", "s.r.o.", "e.U.", "e.K.", "K/S", "I/S",
  ]
  private static let twoWordForms: Set<String> = [
    "ek", "eu", "sas", "snc", "lda", "sro", "gmbh", "bv", "nv", "sa", "spa", "srl", "sarl", "eg", "ev", "ag", "sdnbhd",
    "sb", "sl",
  ]
  private static let frenchForms: Set<String> = ["sarl", "sas", "sasu", "eurl"]
}
