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
      || line.hasSuffix(".") && !isCompany(line) && !endsInInitial(line) && line.split(separator: " ").count > 4
    {
      return false
    }
    let words = TextToken.words(of: line)
    // "Livré et facturé à" waits for the name.
    if line.split(separator: " ").last.map({ prepositions.contains(String($0)) }) ?? true { return false }
    return !words.isEmpty && !line.hasPrefix("(") && !words.allSatisfy(forms.contains) && !isCareOf(words)
      && !notNames.contains(words[0])
      && !isStreet(line, words)
  }

  /// "Enoteca del Corso di Rossi M."
  private static func endsInInitial(_ line: String) -> Bool {
    let last = line.split(separator: " ").last ?? ""
    return last.count == 2 && last.first?.isUppercase ?? false
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
    if isSalutation(words) { return isName(second) }
    // "Raffles Quay Services Pte." | "Ltd."
    if !words.isEmpty, isFormAlone(second) { return true }
    return !isCompany(first) && isCompany(second) && isName(second)
  }

  /// Whether an address may begin so: with a name, or with a form of address.
  static func mayBegin(_ text: String) -> Bool { isName(text) || isSalutation(text) || isForm(text) }

  /// Whether a line says how a letter goes and not to whom: Firma, An die, Familie, Einschreiben.
  static func isForm(_ text: String) -> Bool {
    let words = TextToken.words(of: text)
    return !words.isEmpty && words.count <= mostForms
      && words.allSatisfy { postForms.contains($0) || countries.contains($0) }
  }

  /// Whether a line names a person or department within the party.
  static func isForAttention(_ text: String) -> Bool {
    let words = TextToken.words(of: text)
    guard !words.isEmpty else { return false }
    return isSalutation(text) || words.allSatisfy(postForms.contains) || isCareOf(words)
      || words.starts(with: ["zu", "handen"]) || words.starts(with: ["spett", "le"])
  }

  /// Whether a line is a form of address alone: Herrn, Mrs.
  static func isSalutation(_ text: String) -> Bool {
    let words = TextToken.words(of: text)
    return isSalutation(words)
  }

  /// "Frau", "Herrn und Frau", "Mr & Mrs".
  private static func isSalutation(_ words: [String]) -> Bool {
    guard let first = words.first, let last = words.last, words.count <= 3 else { return false }
    return words.allSatisfy { salutations.contains($0) || ands.contains($0) } && salutations.contains(first)
      && salutations.contains(last)
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

  private static let prepositions: Set<String> = [
    "à", "a", "to", "an", "aan", "till", "til", "für", "for", "pour", "para", "voor", "par", "by", "von", "do", "dla",
  ]
  private static let mostForms = 4  // words: "Exmo(s). Sr(s)."
  private static let postForms: Set<String> = [
    "exmo", "exma", "exmos", "sr", "sra", "srs", "o", "senhor", "senhores", "senora", "senor", "senores", "for", "fur",
    "pour", "para", "voor", "attn", "herren", "gentile", "egr", "sig", "illmo",
    "firma", "fa", "an", "die", "das", "den", "familie", "fam", "ehel", "eheleute", "einschreiben", "to", "the", "aan",
    "a", "al", "alla", "till", "til", "spett", "le", "spettabile", "anden", "company", "messrs", "m", "s",
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
  private static let ands: Set<String> = ["und", "u", "and", "et", "en", "e", "y"]
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
  static let longest = 80  // scalars of a line of an address
}
