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
}
