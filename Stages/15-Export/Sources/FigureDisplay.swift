import StageKit

/// What becomes of pictures.
enum FigureDisplay: String, Codable, Sendable, Hashable, CaseIterable {
  /// Files beside the export, linked relatively.
  case link
  /// In the export itself, as data addresses.
  case embed
  /// Captions only.
  case none

  static let descriptor = OptionDescriptor.choice(
    "figures", FigureDisplay.link, "Link pictures as files beside the export, embed them, or leave them out.")
}
