import StageKit

/// A figure as content.
package struct ElementFigure: Codable, Sendable, Hashable, SchemaDescribed {
  /// Index of the figure in the page's stage 7.
  package let index: Int
  package let kind: Figure.Kind
  /// The file in that stage's checkpoint.
  package let file: String?
  package let mediaType: String?
  /// Text that stands inside the picture, line by line.
  package let inside: String

  package init(index: Int, kind: Figure.Kind, file: String?, mediaType: String?, inside: String) {
    self.index = index
    self.kind = kind
    self.file = file
    self.mediaType = mediaType
    self.inside = inside
  }

  package static let schema = Schema.object(
    "A figure as content.",
    [
      .required("index", .integer("Index of the figure in stage 7.", minimum: 0)),
      .required("kind", .cases(Figure.Kind.self, "What it is.")),
      .optional("file", .string("The file in that stage's checkpoint.")),
      .optional("mediaType", .string("What the file is.")),
      .required("inside", .string("Text that stands inside the picture, line by line.")),
    ])
}
