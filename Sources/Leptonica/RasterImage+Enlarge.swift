import CLeptonica

extension RasterImage {
  /// The grey image enlarged so that it comes close to what it was before it was averaged down.
  ///
  /// Interpolation alone gives letters of a few pixels flat tops and pale strokes. What the enlarged image, averaged
  /// down again, differs by from this one is enlarged too and added: one round of back-projection (Irani, Peleg 1991).
  ///
  /// - Parameter factor: more than 1.
  package func restored(by factor: Double) throws -> RasterImage {
    let source = try grey()
    let result = try source.scaled(by: factor)
    let seen = try result.made("average") {
      pixScaleAreaMapToSize($0, Int32(source.width), Int32(source.height))
    }
    // In place, since pages of low letters are large once they are enlarged.
    try result.change(by: source.without(seen).scaled(by: factor)) { pixAddGray($0, $0, $1) }
    try result.change(by: seen.without(source).scaled(by: factor)) { pixSubtractGray($0, $0, $1) }
    return result
  }

  private typealias Pixels = UnsafeMutablePointer<Pix>

  /// For an image that nobody else has yet.
  private func change(by other: RasterImage, _ call: (Pixels, Pixels) -> Pixels?) throws {
    guard withExtendedLifetime((self, other), { call(pix, other.pix) }) != nil else {
      throw RasterFailure.operation("change", detail: LeptonicaMessages.takeLast())
    }
  }

  /// What a grey image has more of than another one, pixel by pixel.
  private func without(_ other: RasterImage) throws -> RasterImage {
    try made("subtract") { mine in withExtendedLifetime(other) { pixSubtractGray(nil, mine, other.pix) } }
  }
}
