import CLeptonica

extension RasterImage {
  /// What to make of 32-bit pixels.
  package enum Target: Sendable { case grey, rgb }

  /// Takes over pixels as cairo lays them out: one native 32-bit word `xRGB` or premultiplied `ARGB` each.
  ///
  /// Alpha is blended on white. Grey is 0.30 R + 0.59 G + 0.11 B, in integers, so white stays 255.
  /// - Parameter pixels: rows of `bytesPerRow` bytes, `height` of them.
  /// - Throws: `RasterFailure.operation` where the buffer is too short or memory does not suffice.
  package convenience init(
    xrgb pixels: UnsafeRawBufferPointer, width: Int, height: Int, bytesPerRow: Int, hasAlpha: Bool = false,
    resolution: Int, as target: Target
  ) throws {
    guard width > 0, height > 0, bytesPerRow >= 4 * width, pixels.count >= bytesPerRow * (height - 1) + 4 * width else {
      throw RasterFailure.operation("take over pixels", detail: "\(pixels.count) bytes for \(width) × \(height)")
    }
    try self.init(width: width, height: height, depth: target == .grey ? 8 : 32, resolution: resolution)
    guard let base = pixels.baseAddress else { return }
    try withWords { words in
      let perRow = wordsPerRow
      guard let out = words.baseAddress else { return }
      for y in 0..<height {
        let source = (base + y * bytesPerRow).assumingMemoryBound(to: UInt32.self)
        let row = out + y * perRow
        switch (target, hasAlpha) {
        case (.grey, false): Self.greyRow(source, width, into: row) { $0 }
        case (.grey, true): Self.greyRow(source, width, into: row, blend: Self.onWhite)
        case (.rgb, false): for x in 0..<width { row[x] = source[x] << 8 }
        case (.rgb, true): for x in 0..<width { row[x] = Self.onWhite(source[x]) << 8 }
        }
      }
    }
  }

  @inline(__always)
  private static func greyRow(
    _ source: UnsafePointer<UInt32>, _ width: Int, into row: UnsafeMutablePointer<UInt32>, blend: (UInt32) -> UInt32
  ) {
    let whole = width / 4
    var word = 0
    while word < whole {
      // Most of a page is paper: sixteen pixels at a time.
      if word + 4 <= whole, isWhite(UnsafeRawPointer(source + 4 * word)) {
        for paper in word..<(word + 4) { row[paper] = white }
        word += 4
        continue
      }
      defer { word += 1 }
      let x = 4 * word
      if source[x] & source[x + 1] & source[x + 2] & source[x + 3] | 0xFF00_0000 == white {
        row[word] = white
        continue
      }
      row[word] =
        luminance(blend(source[x])) << 24 | luminance(blend(source[x + 1])) << 16
        | luminance(blend(source[x + 2])) << 8 | luminance(blend(source[x + 3]))
    }
    guard width % 4 != 0 else { return }
    var last: UInt32 = 0
    for x in (4 * whole)..<width { last |= luminance(blend(source[x])) << UInt32(24 - 8 * (x - 4 * whole)) }
    row[whole] = last
  }

  /// The grey of a 32-bit image by the weights that drawn pages are turned grey with; others as `grey` has them.
  package func luminance() throws -> RasterImage {
    guard depth == 32, !hasAlpha else { return try grey() }
    let result = try RasterImage(width: width, height: height, depth: 8, resolution: resolution)
    let (perRow, perGreyRow) = (wordsPerRow, result.wordsPerRow)
    try withWords { words in
      try result.withWords { out in
        guard let words = words.baseAddress, let out = out.baseAddress else { return }
        for y in 0..<height {
          let (source, row) = (words + y * perRow, out + y * perGreyRow)
          for word in 0..<(width / 4) {
            let x = 4 * word
            row[word] =
              Self.luminance(source[x] >> 8) << 24 | Self.luminance(source[x + 1] >> 8) << 16
              | Self.luminance(source[x + 2] >> 8) << 8 | Self.luminance(source[x + 3] >> 8)
          }
          guard width % 4 != 0 else { continue }
          var last: UInt32 = 0
          for x in (width & ~3)..<width { last |= Self.luminance(source[x] >> 8) << UInt32(24 - 8 * (x & 3)) }
          row[width / 4] = last
        }
      }
    }
    return result
  }

  /// Whether sixteen pixels are white, whatever their alpha.
  @inline(__always)
  private static func isWhite(_ pixels: UnsafeRawPointer) -> Bool {
    var all = UInt64.max
    for offset in stride(from: 0, to: 64, by: 8) {
      all &= pixels.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }
    return all | 0xFF00_0000_FF00_0000 == .max
  }

  /// Also of four grey pixels; with any alpha it is white on white.
  private static let white: UInt32 = 0xFFFF_FFFF

  @inline(__always)
  private static func luminance(_ pixel: UInt32) -> UInt32 {
    // Weights of 256: 77 + 150 + 29.
    (77 &* (pixel >> 16 & 0xFF) &+ 150 &* (pixel >> 8 & 0xFF) &+ 29 &* (pixel & 0xFF) &+ 128) >> 8
  }

  /// Premultiplied ARGB over white: each channel gains what its alpha leaves open.
  @inline(__always)
  private static func onWhite(_ pixel: UInt32) -> UInt32 {
    let rest = 255 &- (pixel >> 24)
    let red = min((pixel >> 16 & 0xFF) &+ rest, 255)
    let green = min((pixel >> 8 & 0xFF) &+ rest, 255)
    let blue = min((pixel & 0xFF) &+ rest, 255)
    return red << 16 | green << 8 | blue
  }
}
