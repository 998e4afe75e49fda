import DocumentModel

/// Looks into the drawing of a page for where something is printed.
struct DrawnPage {
  let raster: CairoRaster
  let page: BoundingBox

  private static let samples = 24  // each way: enough to tell a picture from paper
  private static let paper = 245  // each channel: lighter is paper

  /// The share of a box that is not paper, by a grid of points; 0 outside the page.
  func inkShare(in box: BoundingBox) -> Double {
    guard let area = box.intersection(page), page.width > 0, page.height > 0 else { return 0 }
    let (across, down) = (Double(raster.width) / page.width, Double(raster.height) / page.height)
    var inked = 0
    raster.withPixels { bytes in
      for row in 0..<Self.samples {
        let y = area.top + area.height * (Double(row) + 0.5) / Double(Self.samples)
        for column in 0..<Self.samples {
          let x = area.left + area.width * (Double(column) + 0.5) / Double(Self.samples)
          let line = min(max(Int(y * down), 0), raster.height - 1)
          let place = min(max(Int(x * across), 0), raster.width - 1)
          let pixel = bytes.loadUnaligned(fromByteOffset: line * raster.bytesPerRow + 4 * place, as: UInt32.self)
          if min(pixel >> 16 & 0xFF, min(pixel >> 8 & 0xFF, pixel & 0xFF)) < Self.paper { inked += 1 }
        }
      }
    }
    return Double(inked) / Double(Self.samples * Self.samples)
  }
}
