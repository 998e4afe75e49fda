import CLeptonica

/// An image that is drawn on: boxes, lines and letters in colours. Not thread-safe.
package final class Canvas {
  /// `0xRRGGBB`.
  package typealias Colour = UInt32

  private let image: RasterImage
  private let fonts: [Int: OpaquePointer]

  package var width: Int { image.width }
  package var height: Int { image.height }

  /// A white strip above a faded image.
  ///
  /// - Parameters:
  ///   - page: what is drawn over; its greys are taken up towards white.
  ///   - strip: height of the strip in pixels.
  ///   - sizes: of letters that are wanted, in points: even, 4 to 20.
  package init(over page: RasterImage, strip: Int, sizes: [Int]) throws {
    let faded = try Self.faded(page.grey()).rgb()
    let (high, overflow) = page.height.addingReportingOverflow(strip)
    guard !overflow else { throw RasterFailure.operation("draw", detail: "too high") }
    let image = try RasterImage(width: page.width, height: high, depth: 32)
    let failed = withExtendedLifetime((image, faded)) {
      pixRasterop(
        image.pix, 0, Int32(clamping: strip), Int32(clamping: page.width), Int32(clamping: page.height),
        Self.copy, faded.pix, 0, 0)
    }
    guard failed == 0 else { throw RasterFailure.operation("draw", detail: LeptonicaMessages.takeLast()) }
    self.image = image
    var fonts: [Int: OpaquePointer] = [:]
    for size in sizes { fonts[size] = bmfCreate(nil, Int32(clamping: size)).map { OpaquePointer($0) } }
    self.fonts = fonts
  }

  deinit {
    for font in fonts.values {
      var owned: UnsafeMutablePointer<L_Bmf>? = UnsafeMutablePointer(font)
      bmfDestroy(&owned)
    }
  }

  package func png() throws -> [UInt8] { try image.png() }

  package func outline(_ rect: PixelRect, _ colour: Colour, width: Int) {
    with(rect) { pixRenderBoxArb(image.pix, $0, Int32(clamping: width), red(colour), green(colour), blue(colour)) }
  }

  /// - Parameter share: of the colour, 0…1.
  package func fill(_ rect: PixelRect, _ colour: Colour, share: Double) {
    with(rect) { pixBlendInRect(image.pix, $0, colour << 8, Float(share)) }
  }

  package func line(from a: (x: Int, y: Int), to b: (x: Int, y: Int), _ colour: Colour, width: Int) {
    pixRenderLineArb(
      image.pix, Int32(clamping: a.x), Int32(clamping: a.y), Int32(clamping: b.x), Int32(clamping: b.y),
      Int32(clamping: width), red(colour), green(colour), blue(colour))
  }

  /// Writes ASCII; anything else shows as a question mark.
  ///
  /// - Returns: the width in pixels.
  @discardableResult
  package func write(_ text: String, x: Int, baseline: Int, size: Int, _ colour: Colour) -> Int {
    guard let font = fonts[size] else { return 0 }
    let ascii = String(text.unicodeScalars.map { (0x20..<0x7F).contains($0.value) ? Character($0) : "?" })
    var width: Int32 = 0
    var overflow: Int32 = 0
    pixSetTextline(
      image.pix, UnsafeMutablePointer(font), ascii, colour << 8, Int32(clamping: x), Int32(clamping: baseline), &width,
      &overflow)
    return Int(width)
  }

  private func with(_ rect: PixelRect, _ body: (UnsafeMutablePointer<Box>) -> some Any) {
    var box = boxCreate(
      Int32(clamping: rect.left), Int32(clamping: rect.top), Int32(clamping: max(rect.width, 1)),
      Int32(clamping: max(rect.height, 1)))
    if let box { _ = body(box) }
    boxDestroy(&box)
  }

  private func red(_ colour: Colour) -> UInt8 { UInt8(truncatingIfNeeded: colour >> 16) }
  private func green(_ colour: Colour) -> UInt8 { UInt8(truncatingIfNeeded: colour >> 8) }
  private func blue(_ colour: Colour) -> UInt8 { UInt8(truncatingIfNeeded: colour) }

  private static let copy: Int32 = 0xC  // PIX_SRC, a macro in parentheses that Swift does not see
  private static let fading = 0.5  // of the way to white: letters stay legible, colours stand out

  private static func faded(_ grey: RasterImage) throws -> RasterImage {
    let white = try RasterImage(width: grey.width, height: grey.height, depth: 8)
    return try grey.made("fade") { pixBlendGray(nil, $0, white.pix, 0, 0, Float(fading), Int32(L_BLEND_GRAY), 0, 0) }
  }
}
