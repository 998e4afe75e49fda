import DocumentModel
import StageKit

/// How far a page's text layer can be believed.
package struct TextLayerVerdict: Codable, Sendable, Hashable, SchemaDescribed {
  package enum Judgement: String, Codable, Sendable, Hashable, CaseIterable {
    /// No text, or too little to be the page's text.
    case absent
    /// Text without usable characters: no Unicode map, private-use glyphs, "(cid:12)", implausible words.
    case broken
    /// Good text, but image areas hold more that was never typed.
    case partial
    case trusted
  }

  package let judgement: Judgement
  /// Characters other than white space.
  package let characters: Int
  /// The share of them that are real characters.
  package let mapped: Score
  /// The share of words that look like words of some language, numbers or codes.
  package let plausible: Score
  /// The share of the page that images cover.
  package let imageCover: Score

  package init(judgement: Judgement, characters: Int, mapped: Score, plausible: Score, imageCover: Score) {
    self.judgement = judgement
    self.characters = characters
    self.mapped = mapped
    self.plausible = plausible
    self.imageCover = imageCover
  }

  package static let schema = Schema.object(
    "How far the page's text layer can be believed.",
    [
      .required("judgement", .cases(Judgement.self, "The conclusion.")),
      .required("characters", .integer("Characters other than white space.", minimum: 0)),
      .required("mapped", .score("The share of them that are real characters.")),
      .required("plausible", .score("The share of words that look like words.")),
      .required("imageCover", .score("The share of the page that images cover.")),
    ])
}
