import QPDF

/// A JPEG among what a page of a PDF is made of, and what it looks like.
struct Photograph {
  let image: StoredImage
  let look: PictureLook
  /// As stored; nil where those of the page's other photographs take enough memory already.
  let bytes: [UInt8]?

  /// Whether the image's samples are what is seen: no mask, no inks, no palette, no light for dark.
  static func isPlain(_ image: StoredImage) -> Bool {
    image.coding == .jpeg && image.bits == 8 && !image.isInverted && !image.isMasked
      && (image.space == .grey || image.space == .rgb)
  }
}
