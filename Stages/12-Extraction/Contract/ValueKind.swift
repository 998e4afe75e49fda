/// What a value is, and so how it is normalised.
package enum ValueKind: String, Codable, Sendable, Hashable, CaseIterable {
  /// ISO 8601: `2026-11-21`.
  case date
  /// Decimal with a point: `1234.50`; the currency is a value of its own.
  case amount
  /// ISO 4217: `EUR`.
  case currency
  case number
  case percentage
  case email
  /// E.164 where the country is known, else digits.
  case phone
  case url
  /// Without spaces, check digits verified.
  case iban
  /// A tax number, an invoice number, an account: letters and digits as printed, spaces removed.
  case identifier
  case text
}
