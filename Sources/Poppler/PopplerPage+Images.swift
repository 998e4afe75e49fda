import CPoppler
import DocumentModel

extension PopplerPage {
  private static let imageLimit = 5_000  // images: beyond it a page is tiled, and single images say nothing

  /// The images the page draws, in drawing order, masks included; the content is interpreted again for it: ask once.
  ///
  /// Poppler misplaces an image that is turned by a quarter or stretched from tall to wide; `ImagePlace` sets it right.
  /// - Parameters:
  ///   - drawn: the whole page as `render` drew it: shows where an image turned otherwise than the text stands.
  ///   - turn: that of most of the text; nil without text.
  package func images(drawn: CairoRaster? = nil, turn: QuarterTurn?) throws -> [PlacedImage] {
    guard !reportedImages.isEmpty else { return [] }
    let bounds = size.bounds
    let place = ImagePlace(
      page: bounds, turn: try turn ?? placement().rotation,
      drawn: drawn.map { DrawnPage(raster: $0, page: bounds) })
    return reportedImages.compactMap { image in place.box(for: image.box).map { PlacedImage(id: image.id, box: $0) } }
  }

  /// How large each image is drawn, in drawing order, before it is known where: its sides, the longer first, in points.
  ///
  /// Needs neither the text nor a drawing of the page.
  package var drawnImages: [(id: Int, longer: Double, shorter: Double)] {
    reportedImages.map { ($0.id, max($0.box.width, $0.box.height), min($0.box.width, $0.box.height)) }
  }

  func readReportedImages() -> [PlacedImage] {
    let list = poppler_page_get_image_mapping(pointer)
    defer { poppler_page_free_image_mapping(list) }
    var images: [PlacedImage] = []
    var node = list
    while let current = node, images.count < Self.imageLimit {
      defer { node = current.pointee.next }
      guard let data = current.pointee.data else { continue }
      let mapping = data.assumingMemoryBound(to: PopplerImageMapping.self).pointee
      let area = mapping.area
      guard area.x1.isFinite, area.y1.isFinite, area.x2.isFinite, area.y2.isFinite else { continue }
      let reported = BoundingBox(left: area.x1, top: area.y1, right: area.x2, bottom: area.y2)
      images.append(PlacedImage(id: Int(mapping.image_id), box: reported))
    }
    return images.sorted { $0.id < $1.id }
  }

  /// The image at its own resolution, as stored: not turned with the page.
  ///
  /// A stencil mask comes in its fill colour with alpha. The size is known only once it is decoded.
  /// - Throws: `PopplerFailure.noImage`.
  package func image(_ id: Int) throws -> CairoRaster {
    guard let id32 = Int32(exactly: id), id >= 0, let surface = poppler_page_get_image(pointer, id32),
      let raster = CairoRaster(owning: surface)
    else { throw PopplerFailure.noImage(page: number, id: id) }
    return raster
  }
}
