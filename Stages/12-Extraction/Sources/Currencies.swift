/// Currencies by their signs and codes.
enum Currencies {
  static func sign(_ scalar: Unicode.Scalar) -> String? { signs[scalar] }

  /// From ISO 4217 or what is commonly printed for it: `EUR`, `RM`, `Euro`.
  static func code(_ word: String) -> String? {
    let upper = word.uppercased()
    return codes.contains(upper) ? upper : names[upper]
  }

  /// What letters beside an amount mean. Those that are units or words as well ("6 ft", "try 5") count only as the
  /// currency has them printed.
  static func code(_ word: String, isBehind: Bool) -> String? {
    let upper = word.uppercased()
    if let forms = printed[upper], !forms.contains(word) || upper == "FT" && !isBehind { return nil }
    return code(word)
  }

  private static let printed: [String: Set<String>] = [
    "FT": ["Ft"], "RM": ["RM"], "RS": ["RS", "Rs"], "FR": ["FR", "Fr"], "TRY": ["TRY"], "COP": ["COP"], "MAD": ["MAD"],
    "RON": ["RON"],
  ]

  /// Folded words that name a currency in running text.
  static let words = [
    "euro": "EUR", "euros": "EUR", "eur": "EUR", "usd": "USD", "chf": "CHF", "gbp": "GBP", "us dollars": "USD",
  ]

  /// Whether an amount with a sign may be in a currency: "$" is that of many countries, "kr" of three.
  static func mayMean(_ code: String, _ currency: String?) -> Bool {
    code == currency || code == "USD" && (currency?.hasSuffix("D") ?? false)
      || code == "SEK" && (currency == "NOK" || currency == "DKK")
  }

  private static let signs: [Unicode.Scalar: String] = [
    "€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₪": "ILS",
    "₫": "VND", "₱": "PHP", "₴": "UAH", "฿": "THB",
  ]
  private static let codes: Set<String> = [
    "EUR", "USD", "GBP", "CHF", "JPY", "CNY", "INR", "AUD", "CAD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF",
    "RON", "BGN", "TRY", "RUB", "UAH", "BRL", "MXN", "ARS", "CLP", "COP", "ZAR", "SGD", "HKD", "TWD", "KRW", "MYR",
    "THB", "IDR", "PHP", "VND", "AED", "SAR", "ILS", "EGP", "MAD", "TND", "ISK", "HRK", "RSD", "KES", "NGN",
  ]
  private static let names: [String: String] = [
    "EURO": "EUR", "EUROS": "EUR", "RM": "MYR", "RS": "INR", "FR": "CHF", "SFR": "CHF", "KC": "CZK", "KČ": "CZK",
    "ZŁ": "PLN", "FT": "HUF", "DH": "MAD", "DHS": "AED", "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD",
    "CA$": "CAD", "KR": "SEK", "LEI": "RON", "₹": "INR", "HK$": "HKD", "NZ$": "NZD", "S$": "SGD", "R$": "BRL",
    "NT$": "TWD",
  ]
}
