import DocumentModel

/// What a line of an address or letterhead is.
enum PartyLine {
  /// Whether a line may be the name of a person or company: letters, no label, no address.
  static func isName(_ text: String) -> Bool {
    let line = cleaned(text)
    let letters = line.unicodeScalars.count { $0.isLetter }
    let digits = line.unicodeScalars.count(where: Scalars.isDigit)
    guard letters >= 3, line.unicodeScalars.count <= longest, digits * 2 < letters, !isContact(line), !isPostal(line)
    else { return false }
    if line.contains(":") || line.contains("@")
      || line.hasSuffix(".") && !isCompany(line) && line.split(separator: " ").count > 4
    {
      return false
    }
    let words = TextToken.words(of: line)
    return !words.isEmpty && !line.hasPrefix("(") && !notNames.contains(words[0]) && !isStreet(line, words)
  }

  /// Whether the second line is part of the first one's name.
  static func goesOn(_ first: String, _ second: String) -> Bool {
    let words = TextToken.words(of: first)
    if words.count == 1, salutations.contains(words[0]) { return isName(second) }
    return !isCompany(first) && isCompany(second) && isName(second)
  }

  /// Whether a line is a form of address alone: Herrn, Mrs.
  static func isSalutation(_ text: String) -> Bool {
    let words = TextToken.words(of: text)
    return words.count == 1 && salutations.contains(words[0])
  }

  /// Without a bracketed number at the end and signs around.
  static func cleaned(_ text: String) -> String {
    var line = Substring(text)
    for prefix in ["ATTN:", "Attn:", "Attention:", "c/o "] where line.hasPrefix(prefix) {
      line = line.dropFirst(prefix.count)
    }
    if line.hasSuffix(")"), let open = line.lastIndex(of: "("), line[open...].contains(where: \.isNumber) {
      line = line[..<open]
    }
    while let last = line.last, last == " " || last == "," || last == ";" || last == "-" { line.removeLast() }
    while let first = line.first, first == " " || first == "," || first == "*" || first == "-" { line.removeFirst() }
    return String(line)
  }

  /// Lines as one text; a comma between two of them stays.
  static func joined(_ lines: [String]) -> String {
    var text = ""
    for (index, line) in lines.enumerated() {
      text += cleaned(line)
      guard index + 1 < lines.count else { break }
      text += line.hasSuffix(",") ? ", " : " "
    }
    return text
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

  /// A postal code with a town.
  static func isPostal(_ text: String) -> Bool {
    let tokens = TextToken.tokens(of: text)
    guard tokens.count >= 2, text.unicodeScalars.count <= longest else { return false }
    return tokens.enumerated().contains { index, token in
      (token.isNumber && (4...6).contains(token.folded.count) && index <= 6 && hasTown(tokens, index))
        || isDutchCode(tokens, index)
    }
  }

  private static func hasTown(_ tokens: [TextToken], _ index: Int) -> Bool {
    let after = tokens.dropFirst(index + 1).first.map { !$0.isNumber && $0.folded.count >= 2 } ?? false
    let before = index >= 2 && tokens[index - 1].folded.count == 2 && !tokens[index - 1].isNumber
    return after || before
  }

  private static func isDutchCode(_ tokens: [TextToken], _ index: Int) -> Bool {
    tokens[index].folded.count == 4 && tokens[index].isNumber && index + 2 < tokens.count
      && tokens[index + 1].folded.count == 2
  }

  /// Telephone, mail, web, bank: what a letterhead has and an address has not.
  static func isContact(_ text: String) -> Bool {
    if text.contains("@") || text.contains("://") { return true }
    let words = TextToken.words(of: text)
    return words.contains { contacts.contains($0) }
  }

  /// Parts with a street or postal code between separators.
  static func isSenderLine(_ text: String) -> Bool {
    guard text.utf8.count <= 160, let separator = separator(of: text) else { return false }
    let parts = text.components(parted: separator)
    return parts.count >= 3 && parts.dropFirst().contains { isPostal($0) } && !isPostal(parts[0])
  }

  static func beforeSeparator(_ text: String) -> String {
    separator(of: text).flatMap { text.components(parted: $0).first } ?? text
  }

  private static func separator(of text: String) -> String? {
    separators.first { text.components(parted: $0).count >= 3 }
  }

  private static func isStreet(_ line: String, _ words: [String]) -> Bool {
    guard let last = words.last else { return false }
    let numbered = last.first?.isNumber ?? false || words.first?.first?.isNumber ?? false
    return numbered
      && words.contains { word in streets.contains { word == $0 || ($0.count >= 3 && word.hasSuffix($0)) } }
  }

  private static let separators = [" - ", " – ", " ● ", " • ", " · ", " | ", " * ", "·", "•", "|"]
  private static let streets = [
    "strasse", "str", "weg", "platz", "allee", "gasse", "street", "road", "avenue", "rue", "straat", "laan", "via",
    "calle", "jalan", "chemin",
  ]
  private static let forms: Set<String> = [
    "gmbh", "ag", "kg", "ohg", "gbr", "ug", "ltd", "limited", "inc", "llc", "llp", "plc", "corp", "corporation", "sarl",
    "sas",
    "sasu", "eurl", "bv", "nv", "bvba", "srl", "spa", "sl", "bhd", "oy", "ab", "aps", "pty", "enterprise", "company",
    "ev", "eg", "se",
  ]
  private static let twoWordForms: Set<String> = [
    "bv", "nv", "sa", "spa", "srl", "sarl", "eg", "ev", "ag", "sdnbhd", "sb", "sl",
  ]
  private static let frenchForms: Set<String> = ["sarl", "sas", "sasu", "eurl"]
  private static let contacts: Set<String> = [
    "tel", "telefon", "phone", "fon", "fax", "www", "http", "https", "iban", "bic", "swift", "email", "mail", "siret",
    "hrb",
    "siren", "kvk", "btw", "ust", "vat", "tva", "gst", "steuernummer", "gln", "nummer", "number",
  ]
  private static let salutations: Set<String> = [
    "herrn", "herr", "frau", "mr", "mrs", "ms", "monsieur", "madame", "firma", "an",
  ]
  private static let notNames: Set<String> = [
    "delivery", "shipping", "billing", "invoice", "rechnung", "facture", "factuur", "factura", "fattura", "receipt",
    "quittung", "page", "seite", "date", "datum", "total",
    "tax", "description", "item", "qty", "amount", "address", "adresse", "anschrift", "ship", "bill", "account",
    "summary", "payment",
    "stylesheet", "gutschrift", "handelsrechnung", "sehr", "dear", "rechnungsdatum", "rechnungsnummer", "your", "ihre",
    "menge", "pos",
  ]
  private static let longest = 80  // scalars of a line of an address
}

extension String {
  /// The parts between a separator, without spaces around them.
  fileprivate func components(parted separator: String) -> [String] {
    let mark = Array(separator.unicodeScalars)
    let all = Array(unicodeScalars)
    var parts: [String] = []
    var from = 0
    var at = 0
    while at + mark.count <= all.count {
      if Array(all[at..<at + mark.count]) == mark {
        parts.append(String(String.UnicodeScalarView(all[from..<at])))
        (from, at) = (at + mark.count, at + mark.count)
      } else {
        at += 1
      }
    }
    parts.append(String(String.UnicodeScalarView(all[from...])))
    return parts.map { PartyLine.cleaned($0) }
  }
}
