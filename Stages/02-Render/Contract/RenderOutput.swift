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

  package init(
    size: PageSize, raster: PageRaster, preview: PageRaster, verdict: TextLayerVerdict, fonts: [Font], words: [Word],
    images: [ImageArea], links: [PageLink], formFields: [FormField]
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
    ])
}
