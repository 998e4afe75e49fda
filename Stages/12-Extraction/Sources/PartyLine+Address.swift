import DocumentModel

/// What is a part of an address: street, postal code and town, and a sender's whole line of them.
extension PartyLine {
  /// Neither an amount nor a date, nor longer than lines of addresses are.
  static func mayBeAddress(_ text: String) -> Bool {
    let scalars = Scalars(text)
    return scalars.count <= longestAddress && DateScanner.dates(in: scalars).isEmpty
      && !AmountScanner.amounts(in: scalars).contains { $0.decimals == 2 || $0.currency != nil }
  }

  private static let longestAddress = 60  // scalars

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

  static func separator(of text: String) -> String? {
    separators.first { text.components(parted: $0).count >= 3 }
  }

  static func isStreet(_ line: String, _ words: [String]) -> Bool {
    guard let last = words.last else { return false }
    let numbered = last.first?.isNumber ?? false || words.first?.first?.isNumber ?? false
    return numbered
      && words.enumerated().contains { place, word in
        // "WEG Lindenpark 3" are owners, "Via Roma 1" is a street.
        streets.contains {
          word == $0 && !(place == 0 && $0 == "weg") || ($0.count >= 3 && word != $0 && word.hasSuffix($0))
        } || place == 0 && ways.contains(word)
      }
  }

  static let separators = [" - ", " – ", " ● ", " • ", " · ", " | ", " * ", "·", "•", "|", ", "]
  private static let streets = [
    "strasse", "str", "weg", "platz", "allee", "gasse", "street", "road", "avenue", "rue", "straat", "laan", "via",
    "calle", "jalan", "chemin",
  ]
  /// What the name of a street begins with.
  private static let ways: Set<String> = [
    "corso", "viale", "piazza", "vicolo", "largo", "strada", "contrada", "avda", "avenida", "paseo", "plaza", "ronda",
    "camino", "carrer", "rua", "praca", "travessa", "estrada", "alameda", "ul", "ulica", "al", "aleja", "pl", "os",
    "boulevard", "bd", "cours", "quai", "place", "impasse", "allee", "passage", "route",
  ]
  private static let contacts: Set<String> = [
    "tel", "telefon", "phone", "fon", "fax", "www", "http", "https", "iban", "bic", "swift", "email", "mail", "siret",
    "hrb", "siren", "kvk", "btw", "ust", "vat", "tva", "gst", "steuernummer", "gln", "nummer", "number",
  ]
}

extension String {
  /// The parts between a separator, without spaces around them.
  func components(parted separator: String) -> [String] {
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
