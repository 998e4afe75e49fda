import DocumentModel

/// The writing system of a page and the way it stands.
package struct ScriptEstimate: Sendable, Hashable {
  /// Tesseract's name, such as `Latin`, `Cyrillic`, `Han`.
  package let script: String
  /// A ratio against the second best, no probability; from about 2 on it can be trusted.
  package let scriptConfidence: Double
  /// How far the text is turned clockwise in the image.
  package let turn: QuarterTurn
  package let turnConfidence: Double
}
