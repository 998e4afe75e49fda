import CLeptonica

extension RasterImage {
  /// Black where the grey value lies below the threshold; depth 1.
  ///
  /// - Parameter level: 1…255; 0 is black, so a higher level keeps fainter ink.
  package func thresholded(at level: Int) throws -> RasterImage {
    if depth == 1 { return self }
    return try grey().made("threshold") { pixThresholdToBinary($0, Int32(min(max(level, 1), 255))) }
  }

  /// Black and white by Otsu's method in tiles; for even light with local differences.
  ///
  /// - Parameter tile: side of a tile in pixels, at least 16.
  package func otsu(tile: Int = 64) throws -> RasterImage {
    if depth == 1 { return self }
    // 0.1 lets the threshold move within the valley of the histogram: Leptonica's advice against noise.
    return try binary("Otsu threshold") {
      pixOtsuAdaptiveThreshold($0, Int32(max(tile, 16)), Int32(max(tile, 16)), 1, 1, 0.1, nil, $1)
    }
  }

  /// Black and white by Sauvola's method; for stained paper and uneven light.
  ///
  /// - Parameter window: half the window's width in pixels, about two letters.
  /// - Parameter factor: how far below the mean ink must lie; 0.2…0.5.
  package func sauvola(window: Int = 15, factor: Double = 0.34) throws -> RasterImage {
    if depth == 1 { return self }
    // The window must fit the image with a margin.
    let half = Int32(min(max(window, 2), (min(width, height) - 4) / 2))
    guard half >= 2 else { return try thresholded(at: 128) }
    return try binary("Sauvola threshold") { pixSauvolaBinarizeTiled($0, half, Float(factor), 1, 1, nil, $1) }
  }

  private func binary(
    _ name: String,
    _ call: (UnsafeMutablePointer<Pix>, UnsafeMutablePointer<UnsafeMutablePointer<Pix>?>) -> Int32
  ) throws -> RasterImage {
    let source = try grey()
    var result: UnsafeMutablePointer<Pix>?
    let failed = withExtendedLifetime(source) { call(source.pix, &result) }
    guard failed == 0 else {
      pixDestroy(&result)
      throw RasterFailure.operation(name, detail: LeptonicaMessages.takeLast())
    }
    let image = try RasterImage(result, from: name)
    image.setResolution(resolution)
    return image
  }

  /// The grey image with its background evened out to near white.
  ///
  /// An image too small for the library's tiles (10 × 15 pixels) comes back grey as it is.
  package func backgroundNormalized() throws -> RasterImage {
    let source = try grey()
    guard width >= 64, height >= 64 else { return source }
    return try source.made("background") { pixBackgroundNormSimple($0, nil, nil) }
  }

  /// Without components smaller than `size` pixels both ways; depth 1, others are thresholded at 128 first.
  package func despeckled(size: Int = 2) throws -> RasterImage {
    let source = try thresholded(at: 128)
    let side = Int32(max(size, 1))
    return try source.made("despeckle") {
      pixSelectBySize($0, side, side, 8, Int32(L_SELECT_IF_EITHER), Int32(L_SELECT_IF_GT), nil)
    }
  }

  /// Boxes of the connected parts of the ink (8 neighbours), top to bottom as found; depth 1, others at 128.
  package func componentBoxes() throws -> [PixelRect] {
    let source = try thresholded(at: 128)
    var boxes = withExtendedLifetime(source) { pixConnCompBB(source.pix, 8) }
    defer { boxaDestroy(&boxes) }
    return Self.rects(boxes)
  }

  /// Copies a list of boxes.
  static func rects(_ boxes: UnsafeMutablePointer<Boxa>?) -> [PixelRect] {
    let count = boxes.map { boxaGetCount($0) } ?? 0
    return (0..<count).compactMap { index in
      var (x, y, w, h): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
      guard boxaGetBoxGeometry(boxes, index, &x, &y, &w, &h) == 0 else { return nil }
      return PixelRect(left: Int(x), top: Int(y), width: Int(w), height: Int(h))
    }
  }
}
