import DocumentModel

/// A page's grey raster: one byte a pixel, 0 is black.
struct GreyPixels {
  let width: Int
  let height: Int
  /// Pixels per point.
  let scale: Double
  private let bytes: UnsafeRawBufferPointer
  private let tiles = ShadeTiles()

  /// - Parameters:
  ///   - bytes: `width` × `height` of them; they must outlive this value.
  ///   - resolution: dots per inch; not positive counts as one, so that what follows stays finite.
  init(_ bytes: UnsafeRawBufferPointer, width: Int, height: Int, resolution: Double) {
    (self.width, self.height, scale) = (width, height, (resolution > 0 ? resolution : 1) / 72)
    self.bytes = bytes
  }

  /// A row's pixels.
  func row(_ y: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[(y * width)..<((y + 1) * width)])
  }

  private static let faintest = 16  // grey levels: less contrast is no print to a reader
  private static let margin = 0.3  // of a word's height: boxes of text layers are rough

  /// Whether nothing is printed in a box of the page: all of one shade.
  func isBlank(_ box: BoundingBox) -> Bool {
    let margin = Self.margin * min(box.height, box.width)
    let left = column(box.left - margin)
    let right = column(box.right + margin)
    let top = line(box.top - margin)
    let bottom = line(box.bottom + margin)
    guard left < right, top < bottom else { return false }
    var shades = Shades()
    guard (right - left) * (bottom - top) > Self.smallBox, let across = ShadeTiles.whole(in: left..<(right + 1)),
      let down = ShadeTiles.whole(in: top..<(bottom + 1))
    else { return !look(at: left..<(right + 1), top..<(bottom + 1), &shades) }
    tiles.add(across, down, of: self, to: &shades)
    if shades.contrast >= Self.faintest { return false }
    // What is left around the whole tiles.
    return !look(at: left..<(right + 1), top..<down.lowerBound, &shades)
      && !look(at: left..<(right + 1), down.upperBound..<(bottom + 1), &shades)
      && !look(at: left..<across.lowerBound, down, &shades)
      && !look(at: across.upperBound..<(right + 1), down, &shades)
  }

  private static let smallBox = 1 << 16  // pixels: a line of display type at 300 dpi

  /// Whether there is contrast among what was seen before and some pixels more.
  private func look(at columns: Range<Int>, _ rows: Range<Int>, _ shades: inout Shades) -> Bool {
    for y in rows {
      for x in columns { shades.add(bytes[y * width + x]) }
      if shades.contrast >= Self.faintest { return true }
    }
    return false
  }

  /// The darkest and the lightest of the pixels looked at.
  struct Shades {
    var darkest = UInt8.max
    var lightest = UInt8.min

    var contrast: Int { Int(lightest) - Int(darkest) }

    mutating func add(_ grey: UInt8) {
      darkest = min(darkest, grey)
      lightest = max(lightest, grey)
    }

    mutating func add(_ other: Shades) {
      darkest = min(darkest, other.darkest)
      lightest = max(lightest, other.lightest)
    }
  }

  private func column(_ x: Double) -> Int { Int(min(max(x * scale, 0), Double(width - 1))) }
  private func line(_ y: Double) -> Int { Int(min(max(y * scale, 0), Double(height - 1))) }
}
