import CPoppler

/// Pixels as cairo holds them: one native 32-bit word a pixel, `xRGB` or premultiplied `ARGB`.
package final class CairoRaster {
  private let surface: OpaquePointer
  package let width: Int
  package let height: Int
  package let bytesPerRow: Int
  package let hasAlpha: Bool
  /// Why cairo drew no further, where something on the page was too much for it: what came before is there.
  package let fault: String?
  /// Whether a font was too damaged to be drawn: its letters are not there.
  package let lacksFont: Bool

  /// Takes ownership of an image surface; nil where it is none, is broken, or has another format.
  init?(owning surface: OpaquePointer, fault: String? = nil, lacksFont: Bool = false) {
    cairo_surface_flush(surface)
    let format = cairo_image_surface_get_format(surface)
    // What ended the drawing is also the surface's own error then; its pixels stay.
    guard fault != nil || cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS,
      format == CAIRO_FORMAT_RGB24 || format == CAIRO_FORMAT_ARGB32, cairo_image_surface_get_data(surface) != nil
    else {
      cairo_surface_destroy(surface)
      return nil
    }
    self.surface = surface
    self.fault = fault
    self.lacksFont = lacksFont
    width = Int(cairo_image_surface_get_width(surface))
    height = Int(cairo_image_surface_get_height(surface))
    bytesPerRow = Int(cairo_image_surface_get_stride(surface))
    hasAlpha = format == CAIRO_FORMAT_ARGB32
  }

  deinit { cairo_surface_destroy(surface) }

  /// Lends the rows, `bytesPerRow` bytes each, for the length of the call.
  package func withPixels<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try withExtendedLifetime(self) {
      let data = UnsafeRawPointer(cairo_image_surface_get_data(surface))
      return try body(UnsafeRawBufferPointer(start: data, count: bytesPerRow * height))
    }
  }

  /// Whether no pixel has a colour; looks at each until one has.
  package var isColourless: Bool {
    withPixels { bytes in
      for y in 0..<height {
        let row = UnsafeRawBufferPointer(rebasing: bytes[(y * bytesPerRow)..<(y * bytesPerRow + 4 * width)])
        let pixels = row.bindMemory(to: UInt32.self)
        // A whole row at a time: a loop that looks at each pixel to stop there is ten times as slow.
        guard pixels.reduce(0, { $0 | ($1 ^ $1 >> 8) }) & 0xFFFF == 0 else { return false }
      }
      return true
    }
  }
}
