/// Numbers as PDF writes them: no exponent, no locale.
enum PDFNumber {
  /// To five decimals; what is no number is 0.
  static func text(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let scaled = Int((min(max(value, -largest), largest) * 100_000).rounded())
    let magnitude = scaled.magnitude
    var fraction = String(magnitude % 100_000)
    fraction = String(repeating: "0", count: 5 - fraction.utf8.count) + fraction
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return (scaled < 0 ? "-" : "") + String(magnitude / 100_000) + (fraction.isEmpty ? "" : "." + fraction)
  }

  private static let largest = 1e9  // points: far beyond any page, far below what overflows
}
