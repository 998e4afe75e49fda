import DocumentModel
import StageKit

/// The words of one page, whatever they were read from.
package struct OCROutput: StageOutput, Hashable {
  package static let stage = StageID.ocr

  package let source: Source
  /// How far the page's text as a whole stands turned clockwise; boxes are the page's, not turned.
  package let turn: QuarterTurn
  /// How far its lines climb clockwise, in degrees, after the turn; boxes are the page's, not straightened.
  package let skew: Double
  /// Languages that recognition used; empty where the text layer served.
  package let languages: [String]
  /// How often recognition read the page or a part of it.
  package let passes: Int
  package let fonts: [Font]
  package let words: [Word]
  /// The fields of a PDF form that the page shows: its buttons, and what is filled in; nil where there is none.
  package let formFields: [FormField]?

  package enum Source: String, Codable, Sendable, Hashable, CaseIterable {
    case textLayer = "text-layer"
    case recognition
    case both
    /// A blank page.
    case none
  }

  package init(
    source: Source, turn: QuarterTurn = .none, skew: Double = 0, languages: [String], passes: Int, fonts: [Font],
    words: [Word], formFields: [FormField] = []
  ) {
    self.source = source
    self.turn = turn
    self.skew = Quantity.coordinate(skew)
    self.languages = languages
    self.passes = passes
    self.fonts = fonts
    self.words = words
    self.formFields = formFields.isEmpty ? nil : formFields
  }

  package static let schema = Schema.object(
    "The words of one page.",
    [
      .required("source", .cases(Source.self, "What the words were read from.")),
      .required("turn", .turn("How far the page's text stands turned clockwise, in degrees.")),
      .required("skew", .coordinate("How far its lines climb clockwise, in degrees.")),
      .required("languages", .array("Languages that recognition used.", of: .string("A language."))),
      .required("passes", .integer("How often recognition read the page.", minimum: 0)),
      .required("fonts", .list(Font.self, "The page's fonts.")),
      .required("words", .list(Word.self, "The page's words; the index is the identity.")),
      .optional("formFields", .list(FormField.self, "The form's buttons and filled-in fields, in document order.")),
    ])
}
