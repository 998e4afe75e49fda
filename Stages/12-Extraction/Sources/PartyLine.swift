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
    return !words.isEmpty && !line.hasPrefix("(") && !words.allSatisfy(forms.contains) && !isCareOf(words)
      && !notNames.contains(words[0])
      && !isStreet(line, words)
  }

  private static func isCareOf(_ words: [String]) -> Bool {
    careOf.contains { words.starts(with: $0) } || attentions.contains(words[0])
  }

  /// c/o, z. Hd., t.a.v., p.a., à l'att.
  private static let careOf = [
    ["c", "o"], ["z", "hd"], ["t", "a", "v"], ["p", "a"], ["a", "l", "att"], ["a", "l", "attention"],
  ]

  /// Whether the second line is part of the first one's name.
  static func goesOn(_ first: String, _ second: String) -> Bool {
    let words = TextToken.words(of: first)
    if words.count == 1, salutations.contains(words[0]) { return isName(second) }
    // "Raffles Quay Services Pte." | "Ltd."
    if !words.isEmpty, isFormAlone(second) { return true }
    return !isCompany(first) && isCompany(second) && isName(second)
  }

  /// Whether an address may begin so: with a name, or with a form of address.
  static func mayBegin(_ text: String) -> Bool { isName(text) || isSalutation(text) || isForm(text) }

  /// Whether a line says how a letter goes and not to whom: Firma, An die, Familie, Einschreiben.
  static func isForm(_ text: String) -> Bool {
    let words = TextToken.words(of: text)
    return !words.isEmpty && words.count <= 3 && words.allSatisfy { postForms.contains($0) || countries.contains($0) }
  }

  /// Whether a line names a person or department within the party.
  static func isForAttention(_ text: String) -> Bool {
    let words = TextToken.words(of: text)
    guard let first = words.first else { return false }
    return isSalutation(text) || words.allSatisfy(postForms.contains) || attentions.contains(first)
      || words.starts(with: ["z", "hd"])
      || words.starts(with: ["zu", "handen"]) || words.starts(with: ["c", "o"]) || words.starts(with: ["t", "a", "v"])
      || words.starts(with: ["spett", "le"])
  }

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
    "die",
    "van", "von", "the", "di", "da", "do", "dos", "del", "z", "o.o.", "o.", "c.", "u.", "zu", "im", "am", "in",
  ]

  static func isBank(_ name: String) -> Bool {
    TextToken.words(of: name).contains { word in
      banks.contains(word) || word.hasSuffix("bank") || word.hasSuffix("sparkasse")
    }
  }

  private static let banks: Set<String> = [
    "banque", "banco", "banca", "caja", "kasse", "bancaire", "bankhaus", "banka",
  ]

  /// Neither an amount nor a date, nor longer than lines of addresses are.
  static func mayBeAddress(_ text: String) -> Bool {
    let scalars = Scalars(text)
    return scalars.count <= longestAddress && DateScanner.dates(in: scalars).isEmpty
      && !AmountScanner.amounts(in: scalars).contains { $0.decimals == 2 || $0.currency != nil }
  }

  private static let longestAddress = 60  // scalars

  /// Whether a line is a legal form and nothing else.
  static func isFormAlone(_ text: String) -> Bool { isCompanyForm(text) && isCompany("X " + text) }

  /// A legal form alone is no name.
  private static func isCompanyForm(_ text: String) -> Bool {
    TextToken.words(of: text).allSatisfy { forms.contains($0) || $0.count <= 2 }
  }

  /// Whether a line is a form of address alone: Herrn, Mrs.
  static func isSalutation(_ text: String) -> Bool {
    let words = TextToken.words(of: text)
    return words.count == 1 && salutations.contains(words[0])
  }

  /// Without a bracketed number at the end and signs around.
  static func cleaned(_ text: String) -> String {
    var line = Substring(text)
    for prefix in ["ATTN:", "Attn:", "Attention:"] where line.hasPrefix(prefix) {
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

  /// A postal code with a town.
  static func isPostal(_ text: String) -> Bool {
    let tokens = TextToken.tokens(of: text)
    guard tokens.count >= 2, text.unicodeScalars.count <= longest else { return false }
    return tokens.enumerated().contains { index, token in
      (token.isNumber && (4...6).contains(token.folded.count) && index <= 6 && hasTown(tokens, index))
        || isDutchCode(tokens, index) || isParted(tokens, index) || isBritishCode(tokens, index)
        || index >= 2 && index + 1 == tokens.count && token.isNumber && token.folded.count == 6
          && !tokens[index - 1].isNumber && !tokens[index - 2].isNumber
    }
  }

  private static func hasTown(_ tokens: [TextToken], _ index: Int) -> Bool {
    let after = tokens.dropFirst(index + 1).first.map { !$0.isNumber && $0.folded.count >= 2 } ?? false
    let state = index >= 1 ? tokens[index - 1] : nil
    let before = index >= 2 && state.map { (2...3).contains($0.folded.count) && !$0.isNumber } ?? false
    return after || before
  }

  /// `224 67 Lund`, `60-104 Poznań`, `110 00 Praha`, `1000-205 Lisboa`.
  private static func isParted(_ tokens: [TextToken], _ index: Int) -> Bool {
    guard index + 2 < tokens.count, tokens[index].isNumber, tokens[index + 1].isNumber, !tokens[index + 2].isNumber,
      tokens[index + 2].folded.count >= 2, index <= 2
    else { return false }
    let lengths = [tokens[index].folded.count, tokens[index + 1].folded.count]
    return [[3, 2], [2, 3], [4, 3]].contains(lengths)
      && tokens[index + 1].range.lowerBound - tokens[index].range.upperBound == 1
  }

  /// `CF10 3AT`, `V6B 2X6`: two groups of letters and digits at the end of a line.
  private static func isBritishCode(_ tokens: [TextToken], _ index: Int) -> Bool {
    guard index + 1 < tokens.count, index + 3 >= tokens.count else { return false }
    let (outer, inner) = (Array(tokens[index].folded.utf8), Array(tokens[index + 1].folded.utf8))
    func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    return (2...4).contains(outer.count) && !isDigit(outer[0]) && outer.contains(where: isDigit) && inner.count == 3
      && isDigit(inner[0]) && !isDigit(inner[1])
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
    guard text.utf8.count <= 160, let separator = separator(of: text), !text.contains(":"),
      DateScanner.dates(in: Scalars(text)).isEmpty
    else { return false }
    let parts = text.components(parted: separator)
    return parts.count >= 3 && parts.dropFirst().contains { isPostal($0) } && !isPostal(parts[0])
  }

  /// Whether signs part a line in three or more.
  static func isList(_ text: String) -> Bool { separator(of: text) != nil }

  /// Whether a sender's line begins with the street: the name is in the line above.
  static func isAddressAlone(_ text: String) -> Bool {
    guard let separator = separator(of: text) else { return false }
    let parts = text.components(parted: separator)
    guard parts.count >= 2, parts[0].contains(where: \.isNumber), !isCompany(parts[0]) else { return false }
    return isPostal(parts[1]) || !parts[1...].contains { !isPostal($0) && $0.contains(where: \.isNumber) }
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
      && words.enumerated().contains { place, word in
        // "WEG Lindenpark 3" are owners, "Via Roma 1" is a street.
        streets.contains {
          word == $0 && !(place == 0 && $0 == "weg") || ($0.count >= 3 && word != $0 && word.hasSuffix($0))
        }
      }
  }

  private static let postForms: Set<String> = [
    "firma", "fa", "an", "die", "das", "den", "familie", "fam", "ehel", "eheleute", "einschreiben", "to", "the", "aan",
    "a",
    "al", "alla", "till", "til", "spett", "le", "spettabile", "anden", "company", "messrs", "m", "s",
  ]
  private static let countries: Set<String> = [
    "deutschland", "germany", "osterreich", "austria", "schweiz", "switzerland", "suisse", "france", "belgium",
    "belgique", "belgie", "netherlands", "nederland", "italia", "italy", "espana", "spain", "portugal", "polska",
    "poland", "sverige", "sweden", "danmark", "denmark", "norge", "norway", "finland", "suomi", "ireland", "india",
    "australia", "canada", "usa", "uk",
  ]
  private static let attentions: Set<String> = [
    "attn", "attention", "att", "zhd", "hd", "fao", "tav", "abteilung", "buchhaltung", "rechnungsprufung", "service",
    "accounts", "kreditorenbuchhaltung",
  ]
  private static let separators = [" - ", " – ", " ● ", " • ", " · ", " | ", " * ", "·", "•", "|", ", "]
  private static let streets = [
    "strasse", "str", "weg", "platz", "allee", "gasse", "street", "road", "avenue", "rue", "straat", "laan", "via",
    "calle", "jalan", "chemin",
  ]
  private static let forms: Set<String> = [
    "gmbh", "ag", "kg", "ohg", "gbr", "ug", "ltd", "limited", "inc", "llc", "llp", "plc", "corp", "corporation", "sarl",
    "sas",
    "sasu", "eurl", "bv", "nv", "bvba", "srl", "spa", "sl", "bhd", "oy", "ab", "aps", "pty", "enterprise", "company",
    "ev", "eg", "se", "mbh", "kgaa", "aktiengesellschaft", "gesmbh", "ek", "partg", "partgmbb", "aor", "stiftung",
    "sprl", "scop", "eirl", "snc", "slu", "sau", "lda", "unipessoal", "sro", "spol", "kft", "zrt", "doo", "oyj", "asa",
    "ivs", "vof", "cvba", "pte", "pllc", "pvt", "incorporated", "sca", "scs", "ohg", "ltda", "eood",
  ]
  private static let capitalForms: Set<Substring> = [
    "SA", "S.A.", "AS", "A/S", "SAS", "NV", "BV", "HB", "KB", "KS", "CV", "SE", "SC", "SS", "PC", "P.C.", "AB", "Oy",
    "ASBL",
    "NV/SA", "SA/NV", "Sàrl", "Cie", "a.s.", "s.r.o.", "e.U.", "e.K.", "K/S", "I/S",
  ]
  private static let twoWordForms: Set<String> = [
    "ek", "eu", "sas", "snc", "lda", "sro", "gmbh", "bv", "nv", "sa", "spa", "srl", "sarl", "eg", "ev", "ag", "sdnbhd",
    "sb", "sl",
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
    "menge", "pos", "angebot", "lieferschein", "mahnung", "auftrag", "quote", "estimate", "credit", "avoir", "faktura",
    "fatura", "nota", "kundennummer", "telefon", "vat", "ust", "uid", "nip", "tel", "beleg", "subject", "betreff", "re",
    "betrifft", "bestellung", "lieferung", "zahlung", "hallo", "guten", "geachte", "madame", "cher", "hello", "hi",
    "postfach", "postbus", "kundennr", "customer", "number", "original", "kopie", "copy",
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
