import Contracts

/// A value found in a text.
struct Finding: Hashable {
  let kind: ValueKind
  /// Unicode scalar offsets into the text.
  let range: Range<Int>
  /// Normalised as its kind says.
  let value: String
  /// For amounts: ISO 4217.
  var currency: String?
  let confidence: Double
}
