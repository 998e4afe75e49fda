import CLeptonica

extension RasterImage {
  /// The share of ink in a rectangle, 0…1; depth 1, others are thresholded at 128. Zero outside the image.
  package func inkShare(in rect: PixelRect? = nil) throws -> Double {
    let source = try thresholded(at: 128)
    guard let clip = (rect ?? bounds).clipped(width: width, height: height) else { return 0 }
    var box = boxCreate(Int32(clip.left), Int32(clip.top), Int32(clip.width), Int32(clip.height))
    defer { boxDestroy(&box) }
    var count: Int32 = 0
    let failed = withExtendedLifetime(source) { pixCountPixelsInRect(source.pix, box, &count, nil) }
    guard failed == 0 else { throw RasterFailure.operation("count", detail: LeptonicaMessages.takeLast()) }
    return Double(count) / Double(clip.width * clip.height)
  }

  /// The mean darkness in a rectangle, 0 (white) … 1 (black). Zero outside the image.
  package func meanDarkness(in rect: PixelRect? = nil) throws -> Double {
    let source = try grey()
    guard let clip = (rect ?? bounds).clipped(width: width, height: height) else { return 0 }
    var sum = 0
    try source.withWords { words in
      let perRow = source.wordsPerRow
      for y in clip.top..<clip.bottom {
        for x in clip.left..<clip.right {
          sum += 255 - Int(words[y * perRow + x / 4] >> UInt32(24 - 8 * (x % 4)) & 0xFF)
        }
      }
    }
    return Double(sum) / Double(255 * clip.width * clip.height)
  }

  /// The number of distinct colours up to a limit, on a reduced copy: logos have few, photographs many.
  package func colorCount(limit: Int = 1_024) throws -> Int {
    let factor = min(1, 256 / Double(max(width, height)))
    let small = try (factor < 1 ? rgb().sampled(by: factor) : rgb())
    var seen: Set<UInt32> = []
    try small.withWords { words in
      let perRow = small.wordsPerRow
      for y in 0..<small.height {
        for x in 0..<small.width where seen.count < limit { seen.insert(words[y * perRow + x] >> 8) }
      }
    }
    return seen.count
  }

  /// The share of pixels that are coloured rather than grey, 0…1, among those neither nearly black nor nearly white.
  package func colorShare() throws -> Double {
    let source = try rgb()
    var (pixels, coloured): (Float, Float) = (0, 0)
    // 20 and 244: nearly black and white; 20: how far the channels must differ; every fourth pixel will do.
    let failed = withExtendedLifetime(source) { pixColorFraction(source.pix, 20, 244, 20, 4, &pixels, &coloured) }
    guard failed == 0 else { throw RasterFailure.operation("colours", detail: LeptonicaMessages.takeLast()) }
    return Double(pixels * coloured)
  }

  private func sampled(by factor: Double) throws -> RasterImage {
    try made("sample") { pixScaleBySampling($0, Float(factor), Float(factor)) }
  }
}

extension RasterImage {
  /// Whether nothing is printed: every pixel is nearly white.
  package func isBlank() throws -> Bool {
    let source = try grey()
    let white: UInt32 = 250  // lighter than any print, darker than what drawing leaves of white
    return try source.withWords { words in
      for y in 0..<source.height {
        let row = y * source.wordsPerRow
        for x in 0..<source.width where words[row + x / 4] >> UInt32(24 - 8 * (x % 4)) & 0xFF < white { return false }
      }
      return true
    }
  }
}
