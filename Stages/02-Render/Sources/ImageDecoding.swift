import Leptonica
import QPDF

/// Decodes an image of a PDF without drawing it, for the codings that scans have.
struct ImageDecoding {
  let image: StoredImage
  let reader: PDFReader

  /// An image's pixels.
  struct Rasters {
    let grey: RasterImage
    /// Nil where no pixel has a colour.
    let colour: RasterImage?
  }

  private static let storedLimit = 1 << 28  // bytes of one image, as stored
  private static let decodedLimit = 50_000_000  // pixels that are decoded in one piece; in rows there may be more
  private static let faxLimit = 400_000_000  // pixels, of which one is a bit: 50 MB

  /// Whether the image is of a kind that is read here: no masks, palettes or inks.
  static func canRead(_ image: StoredImage) -> Bool {
    guard image.width > 0, image.height > 0, !image.isMasked else { return false }
    switch image.coding {
    case .fax(let fax):
      return fax.k < 0 && !fax.alignedToBytes && fax.columns == image.width && image.bits == 1
        && (image.space == .grey || image.space == .stencil) && image.pixelCount <= faxLimit
    case .jpeg: return image.bits == 8 && !image.isInverted && (image.space == .grey || image.space == .rgb)
    case .samples:
      switch image.space {
      case .grey, .stencil: return image.bits == 1 || image.bits == 8
      case .rgb: return image.bits == 8
      case .other: return false
      }
    case .other: return false
    }
  }

  /// The least factor from one on by which an image can be made smaller: the decoder of a large JPEG takes 2, 4 and 8.
  static func factor(of image: StoredImage, from least: Int) -> Int {
    guard image.coding == .jpeg, image.pixelCount > decodedLimit else { return least }
    let reduction = reductions.first { image.pixelCount / ($0 * $0) <= decodedLimit } ?? 8
    return (least + reduction - 1) / reduction * reduction
  }

  private static let reductions = [2, 4, 8]  // that libjpeg makes while it decodes

  /// - Parameters:
  ///   - factor: by which the grey raster is smaller than the image.
  ///   - colourFactor: by which the coloured one is; a multiple of `factor`.
  /// - Returns: nil where the image is damaged, or is not what its dictionary says.
  func rasters(factor: Int, colourFactor: Int) throws -> Rasters? {
    switch image.coding {
    case .samples: return try samples(factor, colourFactor)
    case .fax(let fax):
      guard let strip = reader.storedBytes(of: image, limit: Self.storedLimit) else { return nil }
      let pixels = try RasterImage.fax(
        strip, width: image.width, height: image.height, inkIsBlack: fax.blackIsOne == image.isInverted,
        pixelLimit: Self.faxLimit)
      guard (pixels.width, pixels.height) == (image.width, image.height) else { return nil }
      return Rasters(grey: try pixels.reducedToGrey(by: factor), colour: nil)
    case .jpeg:
      guard let file = reader.storedBytes(of: image, limit: Self.storedLimit) else { return nil }
      return try jpeg(file, factor, colourFactor)
    case .other: return nil
    }
  }

  /// A large one is made smaller by the decoder, as far as that goes into the factor.
  private func jpeg(_ file: [UInt8], _ factor: Int, _ colourFactor: Int) throws -> Rasters? {
    let reduction = image.pixelCount <= Self.decodedLimit ? 1 : Self.reductions.last { factor.isMultiple(of: $0) } ?? 1
    let pixels = try RasterImage.jpeg(file, reduction: reduction, pixelLimit: Self.decodedLimit)
    let size = ((image.width + reduction - 1) / reduction, (image.height + reduction - 1) / reduction)
    guard (pixels.width, pixels.height) == size, (pixels.depth == 32) == (image.space == .rgb) else { return nil }
    let grey = try pixels.luminance().reduced(by: factor / reduction)
    let isColourless = try pixels.depth != 32 || pixels.isColourless()
    return Rasters(grey: grey, colour: isColourless ? nil : try pixels.reduced(by: colourFactor / reduction))
  }

  private func samples(_ factor: Int, _ colourFactor: Int) throws -> Rasters? {
    let reducer = try RowReducer(
      RowReducer.Layout(
        width: image.width, height: image.height, bits: image.bits, isColour: image.space == .rgb,
        isInverted: image.isInverted), factor: factor, colourFactor: colourFactor)
    var failure: (any Error)?
    // What follows the last row is no part of the image.
    _ = reader.readSamples(of: image) { piece in
      do { return try reducer.add(piece) } catch {
        failure = error
        return false
      }
    }
    guard failure == nil, reducer.isWhole else { return nil }
    return Rasters(grey: reducer.rasters.grey, colour: reducer.rasters.colour)
  }
}
