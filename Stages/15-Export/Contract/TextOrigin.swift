import DocumentModel

/// Where a stretch of an export's text came from.
package enum TextOrigin: Sendable, Hashable {
  /// From words of a page, by their indices in stage 3: one for running text, several where a value was made of them
  /// together.
  case words([Int], page: Int, element: Int?)
  /// Not printed anywhere: made on the way, for an element or for the whole.
  case made(Making, element: ElementID?)

  /// What makes text that no word of the document stands behind.
  package enum Making: String, Codable, Sendable, Hashable, CaseIterable {
    /// Tells of a page that could not be read.
    case gap
    /// Tells where a page begins.
    case pageBreak = "page-break"
    /// What a picture is called that nobody described.
    case figureName = "figure-name"
    /// Lettering inside a picture: its words are those of the figure's lines.
    case figureText = "figure-text"
    /// A picture's description by a language model.
    case description
    /// A summary by a language model.
    case abstract
    /// Properties that the document's file gives.
    case metadata
    /// The document's name, where it has no printed title.
    case name
    /// A keyword, which may stand in many places.
    case keyword
    /// Text of an element that names no words: a person corrected it.
    case correction
  }
}
