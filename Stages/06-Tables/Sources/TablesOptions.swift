import StageKit

/// The options of the tables stage.
package struct TablesOptions: StageOptions {
  /// Which signs of a table are followed.
  package enum Strategy: String, Codable, Sendable, Hashable, CaseIterable {
    /// Ruling lines and alignment compete; the better grid wins.
    case auto
    /// Only nets of ruling lines make a table.
    case ruled
    /// Only alignment and white space make a table; ruling lines still part rows.
    case unruled
    /// No page has a table.
    case off
  }

  package var strategy = Strategy.auto
  package var minConfidence = 0.55

  package init() {}

  package static let descriptors: [OptionDescriptor] = [
    .choice("strategy", Strategy.auto, "Which signs of a table are followed."),
    .number("minConfidence", 0.55, 0...1, "Grids less certain than this are refused."),
  ]
}
