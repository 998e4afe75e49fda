import CPoppler

/// Makes PDFs with cairo: text, boxes, links, outline. Points, top-left origin.
final class CairoPDF {
  enum Face: String { case sans = "DejaVu Sans", serif = "DejaVu Serif", mono = "DejaVu Sans Mono" }

  private final class Output { var bytes: [UInt8] = [] }

  private let output = Output()
  private let surface: OpaquePointer?
  let context: OpaquePointer?

  init(width: Double = 595, height: Double = 842) {
    surface = cairo_pdf_surface_create_for_stream(
      { closure, data, length in
        guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
        Unmanaged<Output>.fromOpaque(closure).takeUnretainedValue().bytes
          .append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
        return CAIRO_STATUS_SUCCESS
      }, Unmanaged.passUnretained(output).toOpaque(), width, height)
    context = cairo_create(surface)
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  /// Draws a line of text and returns where it ends.
  @discardableResult
  func text(
    _ text: String, x: Double, y: Double, size: Double = 12, face: Face = .sans, bold: Bool = false,
    italic: Bool = false, color: (Double, Double, Double) = (0, 0, 0), degrees: Double = 0
  ) -> Double {
    cairo_select_font_face(
      context, face.rawValue, italic ? CAIRO_FONT_SLANT_ITALIC : CAIRO_FONT_SLANT_NORMAL,
      bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(context, size)
    cairo_set_source_rgb(context, color.0, color.1, color.2)
    cairo_save(context)
    cairo_translate(context, x, y)
    cairo_rotate(context, degrees * .pi / 180)
    cairo_move_to(context, 0, 0)
    cairo_show_text(context, text)
    cairo_restore(context)
    return x + advance(text)
  }

  /// The width of a text in the current font.
  func advance(_ text: String) -> Double {
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, text, &extents)
    return extents.x_advance
  }

  func fill(x: Double, y: Double, width: Double, height: Double) {
    cairo_set_source_rgb(context, 0, 0, 0)
    cairo_rectangle(context, x, y, width, height)
    cairo_fill(context)
  }

  func link(_ attributes: String, _ draw: () -> Void) {
    cairo_tag_begin(context, "Link", attributes)
    draw()
    cairo_tag_end(context, "Link")
  }

  /// - Returns: the entry's number, to put others below it.
  func outline(_ title: String, to attributes: String, below parent: Int32 = 0, isOpen: Bool = true) -> Int32 {
    let flags = isOpen ? CAIRO_PDF_OUTLINE_FLAG_OPEN : cairo_pdf_outline_flags_t(0)
    return cairo_pdf_surface_add_outline(surface, parent, title, attributes, flags)
  }

  func metadata(_ kind: cairo_pdf_metadata_t, _ value: String) { cairo_pdf_surface_set_metadata(surface, kind, value) }

  func label(_ label: String) { cairo_pdf_surface_set_page_label(surface, label) }

  func nextPage() { cairo_show_page(context) }

  /// Ends the document.
  func finish() -> [UInt8] {
    cairo_surface_finish(surface)
    return withExtendedLifetime(self) { output.bytes }
  }
}
