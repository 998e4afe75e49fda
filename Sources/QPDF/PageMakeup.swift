import CQPDFReader

/// What a page is made of, by its dictionary and resources.
package struct PageMakeup: Sendable, Hashable {
  /// The crop box within the media box: points, y upwards, before rotation.
  package let left: Double
  package let bottom: Double
  package let right: Double
  package let top: Double
  /// Degrees clockwise.
  package let rotation: Int
  /// Whether nothing but its content is drawn: no annotations, no unit of its own.
  package let isPlain: Bool
  /// Whether a Type 3 font draws itself in the end, which takes cairo all the memory that there is.
  package let hasCyclicFont: Bool
  /// Whether a form field is within itself in the end: Poppler would put its full name together for ever.
  package let hasEndlessField: Bool
  /// Bytes of the content as stored; nil where that tells little of its true length.
  package let contentLength: Int?
  /// All that can be reached from the page, drawn or not, each once.
  package let images: [StoredImage]

  init(_ page: cqpdf_page, images: [StoredImage]) {
    (left, bottom, right, top) = page.box
    rotation = Int(page.rotation)
    isPlain = page.is_plain
    hasCyclicFont = page.has_cyclic_font
    hasEndlessField = page.has_endless_field
    contentLength = page.content_length < 0 ? nil : Int(page.content_length)
    self.images = images
  }
}
