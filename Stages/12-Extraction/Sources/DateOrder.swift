import Contracts
import DocumentModel

/// Which of two numbers is the day: decided once for the document, by its own evidence.
struct DateOrder: Hashable {
  private(set) var dayFirst = 0
  private(set) var monthFirst = 0
  /// Signs of American English that settle it only where no date does.
  private(set) var american = 0
  private(set) var elsewhere = 0

  /// What the user said, if anything.
  private var fixed: Bool?

  init(_ order: ExtractionOptions.Order = .auto) {
    fixed = order == .auto ? nil : order == .monthFirst
  }

  /// Takes the evidence of a text in.
  mutating func read(_ text: Scalars, tokens: [TextToken]) {
    for date in DateScanner.dates(in: text) {
      // Dates in words and ISO dates tell nothing about the others.
      guard text.isDigit(date.range.lowerBound), text.isDigit(date.range.upperBound - 1), date.first != date.second
      else { continue }
      if date.order == .dayMonth, !date.stops, date.first > 12 { dayFirst += 1 }
      if date.order == .monthDay, date.second > 12,
        text.digits(from: date.range.lowerBound) - date.range.lowerBound <= 2
      {
        monthFirst += 1
      }
    }
    for token in tokens {
      if Self.americanWords.contains(token.folded) { american += 1 }
      if Self.otherWords.contains(token.folded) { elsewhere += 1 }
    }
  }

  var readsMonthFirst: Bool {
    if let fixed { return fixed }
    if dayFirst != monthFirst { return monthFirst > dayFirst }
    return american > elsewhere
  }

  /// How sure a date without a known order is.
  private var certainty: Double {
    if fixed != nil { return 0.97 }
    if dayFirst != monthFirst { return 0.92 }
    return american != elsewhere ? 0.8 : 0.65
  }

  func finding(_ date: PrintedDate) -> Finding? {
    let order = readsMonthFirst
    guard let value = date.iso(monthFirst: order) ?? date.iso(monthFirst: !order) else { return nil }
    let open = date.order == .open && date.first != date.second && date.iso(monthFirst: !order) != nil
    let confidence = (open ? certainty : 0.97) - (date.shortYear ? 0.05 : 0)
    return Finding(kind: .date, range: date.range, value: value, confidence: confidence)
  }

  private static let americanWords: Set<String> = ["$", "usd", "zip", "usa", "irs", "inc", "llc"]
  private static let otherWords: Set<String> = [
    "€", "£", "eur", "gbp", "chf", "gst", "vat", "ltd", "bhd", "rm", "gmbh", "mwst", "ust", "tva", "btw", "iva", "und",
    "der", "die", "les", "des", "los", "het", "een", "della", "uk", "₹", "rs", "rue", "tel",
  ]
}
