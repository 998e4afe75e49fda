import DocumentModel

/// Reads dates, in numbers or with a month's name, in the ways Europe and America write them.
enum DateScanner {
  /// The date that begins at this place, if one does.
  static func date(_ text: Scalars, at start: Int) -> PrintedDate? {
    guard !text.isWord(start - 1) else { return nil }
    if text.isDigit(start) { return numeric(text, start) ?? named(text, dayAt: start) }
    return text.isLetter(start) ? monthFirst(text, start) : nil
  }

  /// All dates of a text, from left to right.
  static func dates(in text: Scalars) -> [PrintedDate] {
    var found: [PrintedDate] = []
    var at = 0
    while at < text.count {
      if let date = date(text, at: at) {
        found.append(date)
        at = date.range.upperBound
      } else {
        at += 1
      }
    }
    return found
  }

  /// `2026-11-21`, `21.11.2026`, `11/21/26`, `10/ 4/ 99`.
  private static func numeric(_ text: Scalars, _ start: Int) -> PrintedDate? {
    let one = start..<text.digits(from: start)
    guard let (separator, second) = part(text, after: one.upperBound, like: nil), second.count <= 2,
      let (_, third) = part(text, after: second.upperBound, like: separator), ends(text, third.upperBound, separator),
      let a = text.number(one), let b = text.number(second), let c = text.number(third)
    else { return nil }
    if one.count == 4, third.count <= 2 {
      return make(text, start..<third.upperBound, year: a, b, c, order: .monthDay, separator)
    }
    guard one.count <= 2, third.count == 4 || third.count == 2 else { return nil }
    // Numbers of chapters and telephones are parted by stops too; with a short year all parts must be full.
    if third.count == 2, one.count + second.count < 3 { return nil }
    let order: PrintedDate.Order = a > 12 || separator == "." ? .dayMonth : b > 12 ? .monthDay : .open
    return make(
      text, start..<third.upperBound, year: year(c, third.count), a, b, order: order, separator, short: third.count == 2
    )
  }

  /// A separator, perhaps with a space after it, and the digits behind it.
  private static func part(_ text: Scalars, after end: Int, like wanted: Unicode.Scalar?) -> (
    Unicode.Scalar, Range<Int>
  )? {
    var at = end
    if text.isSpace(at) { at += 1 }
    guard let sign = text[at], separators.contains(sign), wanted.map({ $0 == sign }) ?? true else { return nil }
    at += 1
    if text.isSpace(at) { at += 1 }
    let digits = at..<text.digits(from: at)
    return digits.isEmpty || digits.count > 4 ? nil : (sign, digits)
  }

  /// Whether nothing follows that makes it a longer number.
  private static func ends(_ text: Scalars, _ end: Int, _ separator: Unicode.Scalar) -> Bool {
    !text.isWord(end) && !(text[end] == separator && text.isDigit(end + 1))
      || text[end] == "T" && text.isDigit(end + 1)
  }

  /// `7. Mai 2014`, `29 maart 2014`, `1st of March, 2014`, `18-Mar-2014`.
  private static func named(_ text: Scalars, dayAt start: Int) -> PrintedDate? {
    let day = start..<text.digits(from: start)
    guard day.count <= 2, let number = text.number(day) else { return nil }
    var at = day.upperBound
    for ending in ["st", "nd", "rd", "th", "er", "º", "."] where matches(text, at, ending) {
      at += ending.unicodeScalars.count
      break
    }
    at = skipJoints(text, at)
    for word in ["of", "de"] where matches(text, at, word) && text.isSpace(at + 2) { at = text.skipSpace(at + 2) }
    guard let (month, end) = month(text, at) else { return nil }
    at = skipJoints(text, end)
    if matches(text, at, "de"), text.isSpace(at + 2) { at = text.skipSpace(at + 2) }
    guard let (value, close, short) = yearNumber(text, at) else { return nil }
    return make(text, start..<close, year: value, number, month, order: .dayMonth, " ", short: short)
  }

  /// `Jan 1, 2022`, `August 3 , 2014`.
  private static func monthFirst(_ text: Scalars, _ start: Int) -> PrintedDate? {
    guard let (month, end) = month(text, start) else { return nil }
    let dayStart = skipJoints(text, end)
    let day = dayStart..<text.digits(from: dayStart)
    // "Check Out 31/12/2017", "Mar 31/12/2017": a Portuguese month, a Spanish Tuesday, before a date that is whole.
    guard day.count == 1 || day.count == 2, let number = text.number(day), numeric(text, dayStart) == nil else {
      return nil
    }
    var at = day.upperBound
    for ending in ["st", "nd", "rd", "th"] where matches(text, at, ending) { at += 2 }
    let joined = skipJoints(text, at)
    guard let (value, close, short) = yearNumber(text, joined) else { return nil }
    // "May 12.50" is an amount.
    if short, joined == at + 1, text[at] == "." { return nil }
    return make(text, start..<close, year: value, month, number, order: .monthDay, " ", short: short)
  }

  private static func month(_ text: Scalars, _ start: Int) -> (month: Int, end: Int)? {
    let end = text.letters(from: start, most: 12)
    guard end - start >= 3, !text.isLetter(end) else { return nil }
    guard let first = text[start], MonthNames.mayBegin(first) else { return nil }
    let name = TextToken.words(of: text.text(start..<end)).first ?? ""
    guard let month = MonthNames.month(name) else { return nil }
    return (month, text[end] == "." ? end + 1 : end)
  }

  private static func yearNumber(_ text: Scalars, _ start: Int) -> (year: Int, end: Int, short: Bool)? {
    var at = start
    if text[at] == "'" || text[at] == "’" { at += 1 }
    let digits = at..<text.digits(from: at)
    guard digits.count == 4 || digits.count == 2, !text.isLetter(digits.upperBound), let number = text.number(digits)
    else { return nil }
    // "5 May 12.50", "5 May 12:30": an amount, a time.
    if digits.count == 2, let sign = text[digits.upperBound], goingOn.contains(sign),
      text.isDigit(digits.upperBound + 1)
    {
      return nil
    }
    return (year(number, digits.count), digits.upperBound, digits.count == 2)
  }

  private static func skipJoints(_ text: Scalars, _ start: Int) -> Int {
    var at = start
    while at < start + 3, let sign = text[at],
      sign.isSpace || sign == "," || sign == "-" || sign == "/" || sign == "."
    {
      at += 1
    }
    return at
  }

  private static func matches(_ text: Scalars, _ start: Int, _ word: String) -> Bool {
    var at = start
    for scalar in word.unicodeScalars {
      guard let here = text[at] else { return false }
      // Letters of ASCII fold by a bit; no other folds to one of them but in Unicode's tables.
      let isSame =
        here.isASCII
        ? here == scalar || (here.isCapital && here.value | 0x20 == scalar.value)
        : here.properties.lowercaseMapping == String(scalar)
      guard isSame else { return false }
      at += 1
    }
    return true
  }

  private static func make(
    _ text: Scalars, _ range: Range<Int>, year: Int, _ first: Int, _ second: Int, order: PrintedDate.Order,
    _ separator: Unicode.Scalar, short: Bool = false
  ) -> PrintedDate? {
    let date = PrintedDate(
      range: range, year: year, first: first, second: second, order: order, shortYear: short, stops: separator == ".")
    return date.iso(monthFirst: true) ?? date.iso(monthFirst: false) == nil ? nil : date
  }

  /// Two digits mean the years from 1950 to 2049.
  private static func year(_ number: Int, _ digits: Int) -> Int {
    digits == 4 ? number : number < 50 ? 2000 + number : 1900 + number
  }

  private static let goingOn: Set<Unicode.Scalar> = [".", ",", ":", "/", "-"]
  private static let separators: Set<Unicode.Scalar> = [".", "/", "-", "‐", "‑", "–"]
}
