import DocumentModel

/// One way to read the beginning of a text as a list marker or a footnote's mark.
struct MarkerReading: Hashable {
  enum Series: Hashable {
    case bullet(String)
    case decimal(depth: Int)
    case letter(upper: Bool)
    case roman(upper: Bool)
  }

  /// What surrounds the number: `1.`, `1)`, `(1)`, `[1]`, `1°`.
  enum Dress: Hashable { case bare, dot, paren, parens, brackets, degree }

  let marker: String
  let series: Series
  let dress: Dress
  /// Nil for bullets.
  let ordinal: Int?

  /// Scalars of the text that the marker takes, without the space behind it.
  var length: Int { marker.unicodeScalars.count }

  /// Whether two markers may stand in one list.
  func isAlike(_ other: MarkerReading) -> Bool { series == other.series && dress == other.dress }

  /// A sign that is used for nothing but lists.
  var isBulletProper: Bool {
    ordinal == nil && marker.unicodeScalars.allSatisfy { !Self.needSpace.contains($0) }
  }

  /// All readings of a text's beginning, the likeliest first; `i.` is a numeral before it is a letter.
  static func all(_ text: String) -> [MarkerReading] {
    if let bullet = bullet(text) { return [bullet] }
    let scalars = Array(text.unicodeScalars.prefix(longest))
    var index = 0
    var open: Unicode.Scalar?
    if let first = scalars.first, first == "(" || first == "[" {
      open = first
      index = 1
    }
    let start = index
    while index < scalars.count, isNumberPart(scalars[index]) { index += 1 }
    var end = index
    // "1.2." keeps its inner dots; the last one is its dress.
    while end > start, scalars[end - 1] == "." { end -= 1 }
    guard end > start, index - end <= 1 else { return [] }
    var dress = index > end ? Dress.dot : .bare
    if index < scalars.count, scalars[index] == ")" || scalars[index] == "]" {
      guard dress == .bare else { return [] }
      dress = scalars[index] == "]" ? .brackets : open == nil ? .paren : .parens
      index += 1
    }
    if index < scalars.count, scalars[index] == "°" || scalars[index] == "º", dress == .bare,
      scalars[start..<end].allSatisfy({ $0.properties.numericType == .decimal })
    {
      dress = .degree
      index += 1
    }
    guard open == nil || dress == .parens || (open == "[" && dress == .brackets) else { return [] }
    // A marker is followed by a space or nothing: "3.5 million" and "a.m." are text.
    if index < scalars.count, scalars[index] != " " { return [] }
    let marker = String(String.UnicodeScalarView(scalars[..<index]))
    let body = String(String.UnicodeScalarView(scalars[start..<end]))
    return readings(of: body).map { MarkerReading(marker: marker, series: $0.0, dress: dress, ordinal: $0.1) }
  }

  private static func readings(of body: String) -> [(Series, Int)] {
    let parts = body.split(separator: ".", omittingEmptySubsequences: false)
    if parts.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 4 && $0.allSatisfy(\.isNumber) }), let last = parts.last,
      let ordinal = number(last)
    {
      return [(.decimal(depth: parts.count), ordinal)]
    }
    guard parts.count == 1, body.utf8.allSatisfy({ ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }) else { return [] }
    let upper = body == body.uppercased()
    guard upper || body == body.lowercased() else { return [] }
    var found: [(Series, Int)] = []
    if let value = RomanNumeral.value(body) { found.append((.roman(upper: upper), value)) }
    if body.utf8.count == 1, let code = body.lowercased().utf8.first {
      let letter = (Series.letter(upper: upper), Int(code) - 0x60)
      // Only i, v and x begin or carry lists of numerals; c, d, l and m are letters first.
      if "ivx".utf8.contains(code) { found.append(letter) } else { found.insert(letter, at: 0) }
    }
    return found
  }

  private static func bullet(_ text: String) -> MarkerReading? {
    guard let first = text.unicodeScalars.first, BulletSign.isBullet(first) || otherBullets.contains(first) else {
      return nil
    }
    let rest = text.unicodeScalars.dropFirst()
    // A dash or an asterisk is a bullet only if it stands alone; "-5" and "*see" are not lists. A long dash may be set
    // without a space.
    if needSpace.contains(first), let next = rest.first, next != " " {
      guard first == "–" || first == "—", next.isLetter else { return nil }
    }
    return MarkerReading(
      marker: String(first), series: .bullet(String(first)), dress: .bare, ordinal: nil)
  }

  private static func isNumberPart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "." || scalar.properties.numericType == .decimal
      || (scalar.isASCII && scalar.isLetter)
  }

  private static func number(_ digits: Substring) -> Int? {
    var value = 0
    for digit in digits {
      guard let next = digit.wholeNumberValue, next < 10 else { return nil }
      value = value * 10 + next  // at most four digits, checked by the caller
    }
    return value
  }

  private static let longest = 24  // scalars: "(xxxviii)", "12.10.4.2."

  /// Signs that are bullets where white space follows, or that broken fonts have for them.
  private static let otherBullets: Set<Unicode.Scalar> = [
    "–", "—", "-", "−", "*", "\u{FFFD}", "¨", "§", "»", "Ø", "ü",
  ]
  private static let needSpace: Set<Unicode.Scalar> = [
    "–", "—", "-", "−", "*", "·", "→", "§", "»", "\u{FFFD}", "¨", "Ø", "ü",
  ]
}
