/// Makes rasters of an image that comes row by row, and holds no more of it than what it makes.
///
/// Grey is weighed and pixels are averaged as elsewhere in this module; what fills no square of the reduced image at the
/// right and lower edge is left out.
package final class RowReducer {
  /// Of the rows.
  package struct Layout: Sendable, Hashable {
    package let width: Int
    package let height: Int
    /// 1 or 8.
    package let bits: Int
    package let isColour: Bool
    /// Whether low samples are light; never of colours.
    package let isInverted: Bool

    package init(width: Int, height: Int, bits: Int, isColour: Bool, isInverted: Bool) {
      self.width = width
      self.height = height
      self.bits = bits
      self.isColour = isColour
      self.isInverted = isInverted
    }

    var bytesPerRow: Int { (width * bits * (isColour ? 3 : 1) + 7) / 8 }
  }

  private let layout: Layout
  private let grey: RasterImage
  private let colour: RasterImage?
  private let factor: Int
  private let colourFactor: Int
  private var row = 0
  private var hasColour = false
  private var rest: [UInt8] = []  // of a row that came in pieces
  private var greys: [UInt8]  // of one row
  private var greySums: [UInt32]
  private var colourSums: [UInt32]

  /// - Parameter factor: by which the grey raster is smaller.
  /// - Parameter colourFactor: by which the coloured one is.
  /// - Throws: `RasterFailure.operation` for what is no layout, and where memory does not suffice.
  package init(_ layout: Layout, factor: Int, colourFactor: Int) throws {
    guard layout.width > 0, layout.height > 0, layout.bits == 8 || layout.bits == 1 && !layout.isColour, factor > 0,
      colourFactor > 0, layout.width < 1 << 24, layout.width >= colourFactor, layout.height >= colourFactor,
      layout.width >= factor, layout.height >= factor, factor < 256, colourFactor < 256
    else { throw RasterFailure.operation("take rows", detail: "\(layout)") }
    self.layout = layout
    (self.factor, self.colourFactor) = (factor, colourFactor)
    grey = try RasterImage(width: layout.width / factor, height: layout.height / factor, depth: 8)
    colour =
      layout.isColour
      ? try RasterImage(width: layout.width / colourFactor, height: layout.height / colourFactor, depth: 32) : nil
    greys = [UInt8](repeating: 0, count: layout.width + 3)
    greySums = [UInt32](repeating: 0, count: factor > 1 ? layout.width : 0)
    colourSums = [UInt32](repeating: 0, count: layout.isColour ? 3 * layout.width : 0)
  }

  /// Takes the next bytes, wherever rows begin or end in them.
  ///
  /// - Returns: false once all rows are there.
  package func add(_ bytes: UnsafeRawBufferPointer) throws -> Bool {
    var bytes = bytes
    let length = layout.bytesPerRow
    if !rest.isEmpty {
      let missing = min(length - rest.count, bytes.count)
      rest.append(contentsOf: bytes[..<missing])
      bytes = UnsafeRawBufferPointer(rebasing: bytes[missing...])
      guard rest.count == length else { return true }
      try rest.withUnsafeBytes { try take($0) }
      rest.removeAll(keepingCapacity: true)
    }
    while bytes.count >= length, row < layout.height {
      try take(UnsafeRawBufferPointer(rebasing: bytes[..<length]))
      bytes = UnsafeRawBufferPointer(rebasing: bytes[length...])
    }
    guard row < layout.height else { return false }
    rest.append(contentsOf: bytes)
    return true
  }

  /// What came; rows that did not come are white. No coloured raster where no pixel has a colour.
  package var rasters: (grey: RasterImage, colour: RasterImage?) { (grey, hasColour ? colour : nil) }

  /// Whether every row came.
  package var isWhole: Bool { row == layout.height }

  private func take(_ bytes: UnsafeRawBufferPointer) throws {
    defer { row += 1 }
    let width = layout.width
    greys.withUnsafeMutableBufferPointer { greys in
      if layout.isColour {
        for x in 0..<width {
          let (red, green, blue) = (bytes[3 * x], bytes[3 * x + 1], bytes[3 * x + 2])
          // Weights of 256, as for drawn pages.
          greys[x] = UInt8((77 &* UInt32(red) &+ 150 &* UInt32(green) &+ 29 &* UInt32(blue) &+ 128) >> 8)
        }
      } else if layout.bits == 1 {
        for x in 0..<width { greys[x] = bytes[x >> 3] << UInt8(x & 7) & 0x80 == 0 ? 0 : 255 }
      } else {
        for x in 0..<width { greys[x] = bytes[x] }
      }
      if layout.isInverted { for x in 0..<width { greys[x] = ~greys[x] } }
    }
    if factor == 1 { try writeGreys() } else { try addGreys() }
    if layout.isColour { try addColours(bytes) }
  }

  private func writeGreys() throws {
    let perRow = grey.wordsPerRow
    try grey.withWords { words in
      greys.withUnsafeBytes { greys in
        for word in 0..<perRow {
          words[row * perRow + word] = UInt32(bigEndian: greys.loadUnaligned(fromByteOffset: 4 * word, as: UInt32.self))
        }
      }
    }
  }

  private func addGreys() throws {
    for x in 0..<layout.width { greySums[x] &+= UInt32(greys[x]) }
    guard row % factor == factor - 1, row / factor < grey.height else { return }
    let (area, perRow) = (UInt32(factor * factor), grey.wordsPerRow)
    try grey.withWords { words in
      let start = row / factor * perRow
      for x in 0..<grey.width {
        var sum = area / 2
        for column in (x * factor)..<((x + 1) * factor) { sum &+= greySums[column] }
        let shift = UInt32(24 - 8 * (x & 3))
        words[start + (x >> 2)] = words[start + (x >> 2)] & ~(0xFF << shift) | (sum / area) << shift
      }
    }
    for x in 0..<layout.width { greySums[x] = 0 }
  }

  private func addColours(_ bytes: UnsafeRawBufferPointer) throws {
    guard let colour else { return }
    var different: UInt8 = 0
    colourSums.withUnsafeMutableBufferPointer { sums in
      for x in 0..<layout.width {
        let (red, green, blue) = (bytes[3 * x], bytes[3 * x + 1], bytes[3 * x + 2])
        different |= red ^ green | green ^ blue
        sums[3 * x] &+= UInt32(red)
        sums[3 * x + 1] &+= UInt32(green)
        sums[3 * x + 2] &+= UInt32(blue)
      }
    }
    hasColour = hasColour || different != 0
    guard row % colourFactor == colourFactor - 1, row / colourFactor < colour.height else { return }
    let (area, perRow) = (UInt32(colourFactor * colourFactor), colour.wordsPerRow)
    try colour.withWords { words in
      let start = row / colourFactor * perRow
      for x in 0..<colour.width {
        var (red, green, blue) = (area / 2, area / 2, area / 2)
        for column in (x * colourFactor)..<((x + 1) * colourFactor) {
          red &+= colourSums[3 * column]
          green &+= colourSums[3 * column + 1]
          blue &+= colourSums[3 * column + 2]
        }
        words[start + x] = (red / area) << 24 | (green / area) << 16 | (blue / area) << 8
      }
    }
    for index in colourSums.indices { colourSums[index] = 0 }
  }
}
