import CQPDFReader

/// An image of a PDF by what its dictionary says; nothing of it is decoded.
package struct StoredImage: Sendable, Hashable {
  /// What its samples are coded with; codings around it that lose nothing are passed over.
  package enum Coding: Sendable, Hashable {
    /// Nothing, or what loses nothing: deflate, LZW, runs.
    case samples
    case fax(Fax)
    case jpeg
    /// JBIG2, JPEG 2000, or one coding of samples within another.
    case other
  }

  /// How a fax is to be read: ISO 32000-1, 7.4.6.
  package struct Fax: Sendable, Hashable {
    /// −1 is group 4.
    package let k: Int
    package let columns: Int
    package let blackIsOne: Bool
    package let alignedToBytes: Bool
  }

  package enum Space: Sendable, Hashable {
    case grey, rgb
    /// Paints where its samples are 0.
    case stencil
    /// Palettes, inks, Lab.
    case other
  }

  /// Under which the page's own resources have it; empty in forms and patterns.
  package let name: String
  package let width: Int
  package let height: Int
  /// Of one sample; 0 where it is nonsense.
  package let bits: Int
  package let coding: Coding
  package let space: Space
  /// Whether a decode array turns light and dark about.
  package let isInverted: Bool
  /// Whether masks or decode arrays of other kinds change what is drawn.
  package let isMasked: Bool
  /// Whether a layer has it that may be off, so that it may not show.
  package let isOptional: Bool
  let object: Int32
  let generation: Int32

  /// More than any sane image has where the product is no number.
  package var pixelCount: Int {
    let (product, overflow) = width.multipliedReportingOverflow(by: height)
    return overflow ? .max : max(product, 0)
  }

  init(_ image: cqpdf_image) {
    name = withUnsafeBytes(of: image.name) { name in String(decoding: name.prefix { $0 != 0 }, as: UTF8.self) }
    width = Int(image.width)
    height = Int(image.height)
    bits = Int(image.bits)
    object = image.object
    generation = image.generation
    isInverted = image.inverted
    isMasked = image.masked
    isOptional = image.optional
    coding =
      switch image.filter {
      case CQPDF_FILTER_SAMPLES: .samples
      case CQPDF_FILTER_FAX:
        .fax(
          Fax(
            k: Int(image.fax_k), columns: Int(image.fax_columns), blackIsOne: image.fax_black_is_one,
            alignedToBytes: image.fax_aligned))
      case CQPDF_FILTER_JPEG: .jpeg
      default: .other
      }
    space =
      switch image.space {
      case CQPDF_SPACE_GREY: .grey
      case CQPDF_SPACE_RGB: .rgb
      case CQPDF_SPACE_STENCIL: .stencil
      default: .other
      }
  }
}
