/// What a grid was read from.
package enum TableStrategy: String, Codable, Sendable, Hashable, CaseIterable {
  /// Ruling lines on all sides.
  case ruled
  /// Ruling lines between some rows or columns, alignment for the rest.
  case halfRuled = "half-ruled"
  /// Alignment and white space alone.
  case unruled
}
