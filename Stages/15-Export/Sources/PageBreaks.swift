import StageKit

/// Whether the export tells where a page begins.
enum PageBreaks: String, Codable, Sendable, Hashable, CaseIterable {
  case none
  case mark

  static let descriptor = OptionDescriptor.choice(
    "pageBreaks", PageBreaks.none,
    "Tell where each page begins: a comment in Markdown and HTML, a form feed in text.")
}
