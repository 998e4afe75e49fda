import Contracts

/// Value-added tax numbers of the European Union and its neighbours, with check digits where their rule is public.
///
/// Source: the VIES page "VAT identification number structure", and the member states' own rules for check digits.
enum TaxNumber {
  /// The number that begins at this place; spaces, points and hyphens inside are allowed.
  ///
  /// Its confidence tells whether check digits were verified (0.97), have no rule here (0.7) or are wrong (0.5).
  static func number(_ text: Scalars, at start: Int) -> Finding? {
    guard text.isLetter(start), text.isLetter(start + 1), !text.isWord(start - 1), let first = text[start],
      first.isASCII
    else { return nil }
    if let other = besideUnion(text, start) { return other }
    let country = text.text(start..<start + 2)
    guard country == country.uppercased(), let shapes = shapes[country] else { return nil }
    for shape in shapes {
      guard let (body, end) = read(text, start + 2, shape) else { continue }
      let checked = verdict(country, Array(body.utf8))
      return Finding(
        kind: .identifier, range: start..<end, value: country + body, confidence: checked.map { $0 ? 0.97 : 0.5 } ?? 0.7
      )
    }
    return nil
  }

  /// Switzerland's `CHE-112.761.885 MWST`, and `EU372041887` of firms outside the Union that sell into it.
  private static func besideUnion(_ text: Scalars, _ start: Int) -> Finding? {
    for (prefix, shape) in [("CHE", "999999999"), ("EU", "999999999")] {
      let end = start + prefix.utf8.count
      guard end <= text.count, text.text(start..<end) == prefix, let (body, close) = read(text, end, shape) else {
        continue
      }
      let isRight =
        prefix != "CHE" || isSwiss(Array(body.utf8).map { Int($0) - 0x30 })
      return Finding(
        kind: .identifier, range: start..<close, value: prefix + body, confidence: isRight ? 0.9 : 0.5)
    }
    return nil
  }

  private static func isSwiss(_ d: [Int]) -> Bool { (11 - weighted(d, [5, 4, 3, 2, 7, 6, 5, 4]) % 11) % 11 == d[8] }

  /// A number of a country's own form behind a label: groups of digits with letters, spaces and signs between.
  static func national(_ text: Scalars, from place: Int) -> Finding? {
    var at = place
    while at < text.count, !text.isWord(at) { at += 1 }
    guard at - place <= 4 else { return nil }
    let start = at
    var body = ""
    var end = at
    while at < text.count {
      let word = at
      while text.isWord(at) || text[at].map({ "./-".unicodeScalars.contains($0) && text.isWord(at + 1) }) ?? false {
        at += 1
      }
      // The first group may have letters; behind a space only digits go on.
      let isGroup = (word..<at).contains { text.isDigit($0) } && (body.isEmpty || (word..<at).allSatisfy(text.isDigit))
      guard at > word, isGroup, body.utf8.count + at - word <= longestNational else { break }
      body += text.text(word..<at).uppercased().filter { $0.isLetter || $0.isNumber }
      end = at
      guard text.isSpace(at), text.isDigit(at + 1) else { break }
      at += 1
    }
    guard body.utf8.count >= 8, body.utf8.count <= longestNational, body.filter(\.isNumber).count >= 6 else {
      return nil
    }
    return Finding(kind: .identifier, range: start..<end, value: text.text(start..<end), confidence: 0.85)
  }

  private static let longestNational = 18

  /// `9` stands for a digit, `A` for a letter, `X` for either; all else for itself.
  private static func read(_ text: Scalars, _ start: Int, _ shape: String) -> (String, Int)? {
    var body = ""
    var at = start
    for place in shape.unicodeScalars {
      if let sign = text[at], sign == " " || sign == "." || sign == "-" { at += 1 }
      guard let scalar = text[at], scalar.isASCII, text.isWord(at) else { return nil }
      switch place {
      case "9": guard text.isDigit(at) else { return nil }
      case "A": guard text.isLetter(at) else { return nil }
      case "X": break
      default: guard scalar == place else { return nil }
      }
      body += scalar.properties.uppercaseMapping
      at += 1
    }
    return text.isWord(at) ? nil : (body, at)
  }

  /// Whether the check digits are right; nil where no rule is known here.
  private static func verdict(_ country: String, _ body: [UInt8]) -> Bool? {
    let d = body.map { Int($0) - 0x30 }
    switch country {
    case "DE", "HR":
      var product = 10
      for digit in d.dropLast() {
        let sum = (digit + product) % 10
        product = (sum == 0 ? 10 : sum) * 2 % 11
      }
      return (11 - product) % 10 == d[d.count - 1]
    case "FR":
      guard d.allSatisfy({ (0...9).contains($0) }) else { return nil }
      let siren = d[2...].reduce(0) { $0 * 10 + $1 }
      return d[0] * 10 + d[1] == (12 + 3 * (siren % 97)) % 97
    case "NL":
      let sum = (0..<8).reduce(0) { $0 + d[$1] * (9 - $1) }
      // Since 2020 sole traders' numbers are checked by ISO 7064 instead, letters counted from A = 10.
      return sum % 11 == d[8] || IBAN.remainder97(Array("NL".utf8) + body) == 1
    case "BE": return 97 - d[..<8].reduce(0) { $0 * 10 + $1 } % 97 == d[8] * 10 + d[9]
    case "IT": return luhn(d)
    case "AT":
      let digits = Array(d.dropFirst())
      var sum = 4
      for (place, digit) in digits.prefix(7).enumerated() { sum += place % 2 == 0 ? digit : digit / 5 + digit * 2 % 10 }
      return (100 - sum) % 10 == digits[7]
    case "PL": return weighted(d, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == d[9]
    case "PT":
      let rest = 11 - weighted(d, [9, 8, 7, 6, 5, 4, 3, 2]) % 11
      return (rest > 9 ? 0 : rest) == d[8]
    case "DK": return weighted(d, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0
    case "FI": return (11 - weighted(d, [7, 9, 10, 5, 8, 4, 2]) % 11) % 11 == d[7]
    case "LU": return d[..<6].reduce(0) { $0 * 10 + $1 } % 89 == d[6] * 10 + d[7]
    default: return nil
    }
  }

  private static func weighted(_ digits: [Int], _ weights: [Int]) -> Int {
    zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static func luhn(_ digits: [Int]) -> Bool {
    let sum = digits.reversed().enumerated().reduce(0) { sum, place in
      let value = place.offset % 2 == 0 ? place.element : place.element * 2
      return sum + (value > 9 ? value - 9 : value)
    }
    return sum % 10 == 0
  }

  private static let shapes: [String: [String]] = [
    "AT": ["U99999999"], "BE": ["9999999999"], "BG": ["9999999999", "999999999"], "CY": ["99999999A"],
    "CZ": ["9999999999", "999999999", "99999999"], "DE": ["999999999"], "DK": ["99999999"], "EE": ["999999999"],
    "EL": ["999999999"], "ES": ["A99999999", "99999999A", "A9999999A"], "FI": ["99999999"], "FR": ["XX999999999"],
    "GB": ["999999999999", "999999999"], "HR": ["99999999999"], "HU": ["99999999"], "IE": ["9X99999AA", "9X99999A"],
    "IT": ["99999999999"], "LT": ["999999999999", "999999999"], "LU": ["99999999"], "LV": ["99999999999"],
    "MT": ["99999999"], "NL": ["999999999B99"], "PL": ["9999999999"], "PT": ["999999999"], "RO": ["99999999"],
    "SE": ["999999999999"], "SI": ["99999999"], "SK": ["9999999999"], "XI": ["999999999"],
  ]
}
