import CLeptonica

extension RasterImage {
  private static let mostAtOnce = 256  // pixels: sums of as many fit sixteen bits

  /// Reduced by a whole number, each pixel the mean of a square; ten times faster than scaling by a fraction.
  ///
  /// Pixels at the right and lower edge that fill no square are left out. Depth 8 and 32; others become grey first.
  package func reduced(by factor: Int) throws -> RasterImage {
    guard factor > 1, width >= factor, height >= factor else { return self }
    guard factor <= Self.mostAtOnce else {
      let first = (2...Self.mostAtOnce).last { factor.isMultiple(of: $0) } ?? Self.mostAtOnce
      return try reduced(by: first).reduced(by: factor / first)
    }
    let source = depth == 32 ? try rgb() : try grey()
    let result = try RasterImage(
      width: width / factor, height: height / factor, depth: source.depth, resolution: resolution / factor)
    try source.withWords { words in
      try result.withWords { out in
        if source.depth == 32 {
          Self.reduceRGB(words, source.wordsPerRow, factor, out, result)
        } else {
          Self.reduceGrey(words, source.wordsPerRow, factor, out, result)
        }
      }
    }
    return result
  }

  /// The same from black and white to grey, without a grey image of the full size in between.
  package func reducedToGrey(by factor: Int) throws -> RasterImage {
    guard depth == 1, factor > 1, width >= factor, height >= factor else { return try grey().reduced(by: factor) }
    // Ones are black here.
    let layout = RowReducer.Layout(width: width, height: height, bits: 1, isColour: false, isInverted: true)
    let reducer = try RowReducer(layout, factor: factor, colourFactor: factor)
    var row = [UInt32](repeating: 0, count: wordsPerRow)
    for y in 0..<height {
      try withWords { words in
        for word in row.indices { row[word] = words[y * row.count + word].bigEndian }
      }
      _ = try row.withUnsafeBytes { try reducer.add(UnsafeRawBufferPointer(rebasing: $0[..<layout.bytesPerRow])) }
    }
    return reducer.rasters.grey
  }

  /// The pixels row by row without gaps: a byte each where they are grey, red, green and blue where they are coloured.
  package func samples() throws -> [UInt8] {
    let source = depth == 32 ? try rgb() : try grey()
    let (width, height, perRow) = (width, height, source.wordsPerRow)
    let isColour = source.depth == 32
    var samples: [UInt8] = []
    samples.reserveCapacity(width * height * (isColour ? 3 : 1))
    try source.withWords { words in
      for y in 0..<height {
        for x in 0..<width {
          guard isColour else {
            samples.append(UInt8(truncatingIfNeeded: words[y * perRow + x / 4] >> UInt32(24 - 8 * (x & 3))))
            continue
          }
          let pixel = words[y * perRow + x]
          for shift in [24, 16, 8] as [UInt32] { samples.append(UInt8(truncatingIfNeeded: pixel >> shift)) }
        }
      }
    }
    return samples
  }

  private static func reduceGrey(
    _ words: UnsafeMutableBufferPointer<UInt32>, _ perRow: Int, _ factor: Int,
    _ out: UnsafeMutableBufferPointer<UInt32>, _ result: RasterImage
  ) {
    let mean = Mean(of: factor)
    // First down and then across: the first loop goes through whole words, two sums of sixteen bits in each; beyond 256 rows
    // a sum would not fit, and nothing is reduced so far in one step.
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 6 * perRow) { sums in
      let (outer, inner) = (sums.baseAddress!, sums.baseAddress! + perRow)  // an image has at least one word
      let columns = inner + perRow
      for y in 0..<result.height {
        sums.initialize(repeating: 0)
        for line in (y * factor)..<((y + 1) * factor) {
          let row = words.baseAddress! + line * perRow
          for word in 0..<perRow {
            outer[word] &+= row[word] >> 8 & 0x00FF_00FF
            inner[word] &+= row[word] & 0x00FF_00FF
          }
        }
        for word in 0..<perRow {
          columns[4 * word] = outer[word] >> 16
          columns[4 * word + 1] = inner[word] >> 16
          columns[4 * word + 2] = outer[word] & 0xFFFF
          columns[4 * word + 3] = inner[word] & 0xFFFF
        }
        let start = y * result.wordsPerRow
        for x in 0..<result.width {
          var sum: UInt32 = 0
          for column in (x * factor)..<((x + 1) * factor) { sum &+= columns[column] }
          let shift = UInt32(24 - 8 * (x & 3))
          out[start + (x >> 2)] = out[start + (x >> 2)] & ~(0xFF << shift) | mean(sum) << shift
        }
      }
    }
  }

  /// The rounded mean of a square of pixels from their sum, without the division that costs most of a reduction.
  private struct Mean {
    private let half: UInt64
    private let area: UInt64
    private let reciprocal: UInt64

    init(of side: Int) {
      area = UInt64(side * side)
      half = area / 2
      reciprocal = (1 << 40) / area + 1
    }

    /// Exact while sums times the area stay below 2⁴⁰, as they do for squares of 256 pixels of eight bits.
    @inline(__always)
    func callAsFunction(_ sum: UInt32) -> UInt32 {
      UInt32(truncatingIfNeeded: ((UInt64(sum) &+ half) &* reciprocal) >> 40)
    }
  }

  private static func reduceRGB(
    _ words: UnsafeMutableBufferPointer<UInt32>, _ perRow: Int, _ factor: Int,
    _ out: UnsafeMutableBufferPointer<UInt32>, _ result: RasterImage
  ) {
    guard let base = words.baseAddress, let out = out.baseAddress else { return }
    for y in 0..<result.height {
      let row = out + y * result.wordsPerRow
      reduceRow(base + y * factor * perRow, perRow, factor, into: row, result.width, above: 0)
    }
  }

  /// Rows of coloured pixels as one, each pixel the mean of a square.
  ///
  /// - Parameter unused: bits above the highest channel, which stand below the lowest in what comes out.
  @inline(__always)
  private static func reduceRow(
    _ source: UnsafePointer<UInt32>, _ perRow: Int, _ factor: Int, into row: UnsafeMutablePointer<UInt32>, _ width: Int,
    above unused: UInt32
  ) {
    if factor == 2 {
      // Most previews: four words, two channels of each at a time, and a shift in place of a division.
      let below = source + perRow
      for x in 0..<width {
        let words = (source[2 * x], source[2 * x + 1], below[2 * x], below[2 * x + 1])
        let low =
          (words.0 & halves) &+ (words.1 & halves) &+ (words.2 & halves) &+ (words.3 & halves) &+ 0x0002_0002
        let high =
          (words.0 >> 8 & halves) &+ (words.1 >> 8 & halves) &+ (words.2 >> 8 & halves) &+ (words.3 >> 8 & halves)
          &+ 0x0002_0002
        row[x] = ((low >> 2 & halves) | (high >> 2 & halves) << 8) << unused & ~0xFF
      }
      return
    }
    let mean = Mean(of: factor)
    for x in 0..<width { row[x] = colour(of: source + x * factor, perRow, factor, mean, above: unused) << 8 }
  }

  /// Every other byte of a word: two channels, with room for sums.
  private static let halves: UInt32 = 0x00FF_00FF

  /// The mean of a square of pixels whose channels stand `unused` bits below the highest, as `0xRRGGBB`.
  @inline(__always)
  private static func colour(
    of pixels: UnsafePointer<UInt32>, _ perRow: Int, _ side: Int, _ mean: Mean, above unused: UInt32
  ) -> UInt32 {
    var (red, green, blue): (UInt32, UInt32, UInt32) = (0, 0, 0)
    for line in 0..<side {
      for column in 0..<side {
        let pixel = pixels[line * perRow + column] << unused
        red &+= pixel >> 24
        green &+= pixel >> 16 & 0xFF
        blue &+= pixel >> 8 & 0xFF
      }
    }
    return mean(red) << 16 | mean(green) << 8 | mean(blue)
  }

  /// Takes over pixels as cairo lays them out, `xRGB` in a native word each, reduced by a whole number on the way: a large
  /// drawing never stands in memory twice.
  ///
  /// - Throws: `RasterFailure.operation` where the buffer is too short, or smaller than one square.
  package convenience init(
    xrgb pixels: UnsafeRawBufferPointer, width: Int, height: Int, bytesPerRow: Int, resolution: Int,
    reducedBy factor: Int
  ) throws {
    guard factor > 0, factor <= Self.mostAtOnce, width >= factor, height >= factor, bytesPerRow >= 4 * width,
      bytesPerRow.isMultiple(of: 4), pixels.count >= bytesPerRow * (height - 1) + 4 * width
    else { throw RasterFailure.operation("take over pixels", detail: "\(pixels.count) bytes for \(width) × \(height)") }
    try self.init(width: width / factor, height: height / factor, depth: 32, resolution: resolution / factor)
    guard let base = pixels.baseAddress?.assumingMemoryBound(to: UInt32.self) else { return }
    let (perRow, perOutputRow) = (bytesPerRow / 4, wordsPerRow)
    let (across, down) = (self.width, self.height)
    try withWords { words in
      guard let words = words.baseAddress else { return }
      for y in 0..<down {
        Self.reduceRow(
          base + y * factor * perRow, perRow, factor, into: words + y * perOutputRow, across, above: 8)
      }
    }
  }

  /// Whether no pixel has a colour; looks at each until one has.
  package func isColourless() throws -> Bool {
    guard depth == 32 else { return !hasColormap }
    return try withWords { words in
      words.allSatisfy { $0 >> 24 == $0 >> 16 & 0xFF && $0 >> 16 & 0xFF == $0 >> 8 & 0xFF }
    }
  }

  /// Scaled to a size of its own each way: for pixels that are not square.
  package func scaled(width: Int, height: Int) throws -> RasterImage {
    guard let w = Int32(exactly: width), let h = Int32(exactly: height), w > 0, h > 0, width < 100_000, height < 100_000
    else { throw RasterFailure.operation("scale", detail: "to \(width) × \(height)") }
    let source = hasColormap ? try rgb() : self
    return try source.made("scale") { pixScaleToSize($0, w, h) }
  }
}
