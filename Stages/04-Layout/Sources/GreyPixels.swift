import DocumentModel

/// A page's grey raster: one byte a pixel, 0 is black.
struct GreyPixels {
  let width: Int
  let height: Int
  /// Pixels per point.
  let scale: Double
  private let bytes: UnsafeRawBufferPointer

  /// - Parameters:
  ///   - bytes: `width` × `height` of them; they must outlive this value.
  ///   - resolution: dots per inch; not positive counts as one, so that what follows stays finite.
  init(_ bytes: UnsafeRawBufferPointer, width: Int, height: Int, resolution: Double) {
    (self.width, self.height, scale) = (width, height, (resolution > 0 ? resolution : 1) / 72)
    self.bytes = bytes
  }

  func grey(x: Int, y: Int) -> UInt8 { bytes[y * width + x] }

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
    var (darkest, lightest) = (255, 0)
    for y in top...bottom {
      for x in left...right {
        let grey = Int(bytes[y * width + x])
        darkest = min(darkest, grey)
        lightest = max(lightest, grey)
      }
      if lightest - darkest >= Self.faintest { return false }
    }
    return true
  }

  private func column(_ x: Double) -> Int { Int(min(max(x * scale, 0), Double(width - 1))) }
  private func line(_ y: Double) -> Int { Int(min(max(y * scale, 0), Double(height - 1))) }
}
