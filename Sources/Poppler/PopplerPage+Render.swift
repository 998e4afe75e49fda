import CPoppler
import DocumentModel

extension PopplerPage {
  /// Draws the page, or a part of it, on white.
  ///
  /// - Parameter resolution: dots per inch.
  /// - Parameter region: what to draw; nil is the whole page. Clipped to the page.
  /// - Parameter pixelLimit: most pixels allowed; checked before memory is taken.
  /// - Returns: `ceil(points × resolution / 72)` pixels each way, with a `fault` where cairo gave up before the page's end,
  ///   and whether a font could not be drawn.
  /// - Throws: `PopplerFailure.tooManyPixels`, `.renderFailed`.
  package func render(
    resolution: Double, region: BoundingBox? = nil, pixelLimit: Int = PopplerPage.pixelLimit
  ) throws -> CairoRaster {
    let page = size.bounds
    let area = region.map { $0.intersection(page) ?? page } ?? page
    let scale = resolution / 72
    let (width, height) = (Self.pixels(area.width * scale), Self.pixels(area.height * scale))
    guard width <= Self.sideLimit, height <= Self.sideLimit, width * height <= pixelLimit else {
      throw PopplerFailure.tooManyPixels(page: number, width: width, height: height, limit: pixelLimit)
    }
    guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height)) else {
      throw PopplerFailure.renderFailed(page: number, detail: "no surface")
    }
    var status = CAIRO_STATUS_SUCCESS
    let lacksFont = PopplerMessages.tellOfUnreadableFont {
      status = draw(on: surface, scale: scale, left: area.left, top: area.top)
    }
    guard status != CAIRO_STATUS_NO_MEMORY else {
      cairo_surface_destroy(surface)
      throw PopplerFailure.outOfMemory(page: number)
    }
    let fault = status == CAIRO_STATUS_SUCCESS ? nil : String(cString: cairo_status_to_string(status))
    guard let raster = CairoRaster(owning: surface, fault: fault, lacksFont: lacksFont) else {
      throw PopplerFailure.renderFailed(page: number, detail: fault ?? "no pixels")
    }
    return raster
  }

  /// Pixels of one raster: 400 MB of memory at 4 bytes each, A2 at 300 dpi and A0 at 100.
  package static let pixelLimit = 100_000_000

  private static let sideLimit = 32_767  // pixels: cairo's own

  /// A length in pixels; a hair over a whole number counts as that number. Absurd sizes become absurd but finite.
  private static func pixels(_ length: Double) -> Int {
    guard length.isFinite else { return 1 << 30 }
    return Int(min(max((length - 0.001).rounded(.up), 1), Double(1 << 30)))
  }

  private func draw(on surface: OpaquePointer, scale: Double, left: Double, top: Double) -> cairo_status_t {
    let context = cairo_create(surface)
    defer { cairo_destroy(context) }
    cairo_set_source_rgb(context, 1, 1, 1)
    cairo_paint(context)
    cairo_scale(context, scale, scale)
    cairo_translate(context, -left, -top)
    poppler_page_render(pointer, context)
    return cairo_status(context)
  }
}
