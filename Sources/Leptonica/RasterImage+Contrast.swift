import CLeptonica

extension RasterImage {
  /// The grey image with its levels spread: `black` and darker become 0, `white` and lighter 255.
  ///
  /// - Parameter black: 0…254; `white` must be greater.
  package func stretched(black: Int, white: Int) throws -> RasterImage {
    let low = min(max(black, 0), 254)
    let high = min(max(white, low + 1), 255)
    return try grey().made("stretch") { pixGammaTRC(nil, $0, 1, Int32(low), Int32(high)) }
  }

  /// The grey image averaged over 3 × 3 pixels: gives a black-and-white scan the soft edges that letters have.
  package func smoothed() throws -> RasterImage {
    let source = try grey()
    guard width >= 3, height >= 3 else { return source }
    return try source.made("smooth") { pixBlockconv($0, 1, 1) }
  }

  /// The grey image with its edges made steeper: what a pixel differs from its surroundings by is doubled.
  ///
  /// - Parameter radius: how far the surroundings reach each way, in pixels; no more than fits the image.
  package func sharpened(radius: Int) throws -> RasterImage {
    let source = try grey()
    let reach = min(radius, (min(width, height) - 1) / 2)
    guard reach >= 1 else { return source }
    return try source.made("sharpen") { pixUnsharpMaskingGray($0, Int32(reach), 1) }
  }
}
