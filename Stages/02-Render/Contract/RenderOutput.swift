import DocumentModel
import StageKit

/// One page as pixels and as its own text layer.
package struct RenderOutput: StageOutput, Hashable {
  package static let stage = StageID.render

  package let size: PageSize
  /// 8-bit grey, a TIFF file (a binary PGM in version 1): for recognition and for finding ruling lines.
  package let raster: PageRaster
  /// Colour JPEG for people.
  package let preview: PageRaster
  package let verdict: TextLayerVerdict
  /// The text layer's fonts; words refer to them by index.
  package let fonts: [Font]
  /// The text layer as found, in the order of the content stream, trusted or not; their confidence is 1.
  package let words: [Word]
  package let images: [ImageArea]
  package let links: [PageLink]
  package let formFields: [FormField]
  /// What the raster and the preview lack, since drawing it would have taken too much or could not be done; nil where they
  /// show everything.
  package let omissions: [Omission]?

  /// A thing that was not drawn as the page has it. Text, links and the places of images are not touched by it.
  package enum Omission: String, Codable, Sendable, Hashable, CaseIterable {
    /// An enormous image is drawn from a smaller one.
    case imageReduced = "image_reduced"
    /// An enormous image is left out.
    case imageLeftOut = "image_left_out"
    /// A font whose letters are drawn with the font itself is left out.
    case fontLeftOut = "font_left_out"
    /// A font is too damaged to draw a letter: what is set in it is in the text layer only.
    case fontUnreadable = "font_unreadable"
    /// Something on the page ended the drawing: what comes after it is not there.
    case drawingIncomplete = "drawing_incomplete"
  }

  /// Whether the page can be drawn again as it is.
  package var isDrawable: Bool { omissions?.allSatisfy { $0 == .fontUnreadable } ?? true }

  package init(
    size: PageSize, raster: PageRaster, preview: PageRaster, verdict: TextLayerVerdict, fonts: [Font], words: [Word],
    images: [ImageArea], links: [PageLink], formFields: [FormField], omissions: [Omission] = []
  ) {
    self.size = size
    self.raster = raster
    self.preview = preview
    self.verdict = verdict
    self.fonts = fonts
    self.words = words
    self.images = images
    self.links = links
    self.formFields = formFields
    self.omissions = omissions.isEmpty ? nil : omissions
  }

  package static let schema = Schema.object(
    "One page as pixels and as its own text layer.",
    [
      .required("size", .type(PageSize.self)), .required("raster", .type(PageRaster.self)),
      .required("preview", .type(PageRaster.self)), .required("verdict", .type(TextLayerVerdict.self)),
      .required("fonts", .list(Font.self, "The text layer's fonts.")),
      .required("words", .list(Word.self, "The text layer as found, trusted or not.")),
      .required("images", .list(ImageArea.self, "Embedded images.")),
      .required("links", .list(PageLink.self, "Links, in document order.")),
      .required("formFields", .list(FormField.self, "Form fields, in document order.")),
      .optional(
        "omissions",
        .array(
          "What raster and preview lack, since drawing it would have taken too much or could not be done.",
          of: .cases(Omission.self, "A thing that was not drawn as the page has it."))),
    ])
}
