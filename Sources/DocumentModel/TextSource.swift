/// Where a word's letters came from.
package enum TextSource: String, Codable, Sendable, Hashable, CaseIterable {
  case textLayer = "text-layer"
  case recognition
  /// The state of a form's button, `☑` or `☐`, where the page shows it.
  case form
  /// The shape of a bullet that the page draws before a word, `•`, `◦` or `▪`.
  case drawn
}
