import DocumentModel
import StageKit

/// A picture on a page.
package struct Figure: Codable, Sendable, Hashable, SchemaDescribed {
  package enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
    /// An embedded image, kept at its native resolution.
    case image
    /// Lines and shapes, kept as a crop.
    case drawing
    /// A small mark at the page's edge or in its head.
    case logo
    /// A rule, a background, a bullet: told, but not shown as a figure.
    case decoration
  }

  package let kind: Kind
  package let box: BoundingBox
  /// The file in the checkpoint; absent for decoration.
  package let file: String?
  package let mediaType: String?
  package let pixels: PixelSize?
  /// Index of the caption's region among the page's regions.
  package let caption: Int?
  /// Lines that stand inside the figure (labels of a diagram): indices into the page's lines.
  package let lines: [Int]

  package init(
    kind: Kind, box: BoundingBox, file: String?, mediaType: String?, pixels: PixelSize?, caption: Int?, lines: [Int]
  ) {
    self.kind = kind
    self.box = box
    self.file = file
    self.mediaType = mediaType
    self.pixels = pixels
    self.caption = caption
    self.lines = lines
  }

  package static let schema = Schema.object(
    "A picture on the page.",
    [
      .required("kind", .cases(Kind.self, "What it is.")), .required("box", .type(BoundingBox.self)),
      .optional("file", .string("The file in the checkpoint.")), .optional("mediaType", .string("What the file is.")),
      .optional("pixels", .type(PixelSize.self)),
      .optional("caption", .integer("Index of the caption's region.", minimum: 0)),
      .required("lines", .indices("Lines inside it: indices into the page's lines.")),
    ])
}
