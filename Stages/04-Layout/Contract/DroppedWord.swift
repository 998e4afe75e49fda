import StageKit

/// A word that is not part of the page's text as a reader reads it.
package struct DroppedWord: Codable, Sendable, Hashable, SchemaDescribed {
  package enum Reason: String, Codable, Sendable, Hashable, CaseIterable {
    /// The same letters stand at the same place (bold by double printing, text under a scan).
    case duplicate
    case invisible
    case offPage = "off-page"
    case tooSmall = "too-small"
    /// Its characters name no letters: pieces of frames and rules drawn with a font.
    case notText = "not-text"
    /// A part of a stamp that lies across the page, over or under its text.
    case watermark
  }

  /// Index into the page's words.
  package let word: Int
  package let reason: Reason

  package init(word: Int, reason: Reason) {
    self.word = word
    self.reason = reason
  }

  package static let schema = Schema.object(
    "A word that a reader does not see, or not as a part of the text.",
    [
      .required("word", .integer("Index into the page's words.", minimum: 0)),
      .required("reason", .cases(Reason.self, "Why it was left out.")),
    ])
}
