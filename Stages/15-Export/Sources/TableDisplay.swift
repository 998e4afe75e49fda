import StageKit

/// How Markdown shows tables.
enum TableDisplay: String, Codable, Sendable, Hashable, CaseIterable {
  /// Pipes where they can tell all, else HTML.
  case auto
  case html

  static let descriptor = OptionDescriptor.choice(
    "tables", TableDisplay.auto, "Write tables with pipes where no cell spans others, or all as HTML.")
}
