import CLeptonica
import DocumentModel

extension RasterImage {
  /// The image at depth 8: alpha blended on white, colour map removed, 16 bits cut to 8, 1 bit spread to 0 and 255.
  package func grey() throws -> RasterImage {
    if depth == 8, !hasColormap { return self }
    let flat = try flattened()
    if flat.hasColormap {
      return try flat.made("grey") { pixRemoveColormap($0, Int32(REMOVE_CMAP_TO_GRAYSCALE)) }.grey()
    }
    return try flat.made("grey") { flat.depth == 32 ? pixConvertRGBToLuminance($0) : pixConvertTo8($0, 0) }
  }

  /// The image at depth 32 without alpha or colour map.
  package func rgb() throws -> RasterImage {
    if depth == 32, !hasAlpha { return self }
    let flat = try flattened()
    return try flat.made("rgb") { pixConvertTo32($0) }
  }

  /// Blends a 32-bit image with alpha on white; any other is returned as it is.
  private func flattened() throws -> RasterImage {
    guard depth == 32, hasAlpha else { return self }
    return try made("blend") { pixAlphaBlendUniform($0, 0xFFFF_FF00) }
  }

  /// Scaled by a factor, area-averaged downwards and interpolated upwards; the resolution scales with it.
  package func scaled(by factor: Double) throws -> RasterImage {
    guard factor.isFinite, factor > 0, Double(max(width, height)) * factor < 100_000 else {
      throw RasterFailure.operation("scale", detail: "factor \(factor)")
    }
    // Leptonica scales the resolution by itself. A colour map would be sampled, not averaged.
    let source = hasColormap ? try rgb() : self
    return try source.made("scale") { pixScale($0, Float(factor), Float(factor)) }
  }

  /// Turned clockwise by quarter turns, without loss.
  package func turned(_ turn: QuarterTurn) throws -> RasterImage {
    guard turn != .none else { return self }
    return try made("turn") { pixRotateOrth($0, Int32(turn.rawValue / 90)) }
  }

  /// Left and right exchanged.
  package func mirrored() throws -> RasterImage { try made("mirror") { pixFlipLR(nil, $0) } }

  /// Rotated clockwise about its centre by any angle, in degrees; same size, white comes in at the corners.
  ///
  /// Area-mapped at depth 8 and 32, sampled at depth 1. A point at (x, y) from the centre goes to
  /// (x cos a − y sin a, x sin a + y cos a).
  package func rotated(clockwise degrees: Double) throws -> RasterImage {
    guard degrees.isFinite else { throw RasterFailure.operation("rotate", detail: "angle \(degrees)") }
    let method = Int32(depth == 1 ? L_ROTATE_SAMPLING : L_ROTATE_AREA_MAP)
    return try made("rotate") {
      pixRotate($0, Float(degrees * .pi / 180), method, Int32(L_BRING_IN_WHITE), 0, 0)
    }
  }

  /// The part inside the rectangle, clipped to the image.
  ///
  /// - Throws: `RasterFailure.outside` where nothing is left.
  package func cropped(to rect: PixelRect) throws -> RasterImage {
    guard let clip = rect.clipped(width: width, height: height) else {
      throw RasterFailure.outside(rect, width: width, height: height)
    }
    var box = boxCreate(Int32(clip.left), Int32(clip.top), Int32(clip.width), Int32(clip.height))
    defer { boxDestroy(&box) }
    return try made("crop") { pixClipRectangle($0, box, nil) }
  }

  /// One call that takes this image and returns a new one.
  func made(
    _ operation: String, _ call: (UnsafeMutablePointer<Pix>) -> UnsafeMutablePointer<Pix>?
  ) throws -> RasterImage {
    try withExtendedLifetime(self) { try RasterImage(call(pix), from: operation) }
  }
}
