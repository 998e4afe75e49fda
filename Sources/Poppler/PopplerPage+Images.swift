import CPoppler
import DocumentModel

extension PopplerPage {
  private static let inspectionLimit = 16 // images decoded for their proportions: each interprets the page again
  private static let imageLimit = 5_000 // images: beyond it a page is tiled, and single images say nothing

  /// The images the page draws, in drawing order, masks included; the content is interpreted again for it: ask once.
  ///
  /// Poppler misplaces an image whose axes are exchanged on the page, mostly that of a rotated page, by its own width
  /// or height. Of the possible places that one is taken which fits the page and the proportions of the pixels.
  package func images() throws -> [PlacedImage] {
    let list = poppler_page_get_image_mapping(pointer)
    defer { poppler_page_free_image_mapping(list) }
    let rotation = try placement().rotation
    var images: [PlacedImage] = []
    var inspections = 0
    var node = list
    while let current = node, images.count < Self.imageLimit {
      defer { node = current.pointee.next }
      guard let data = current.pointee.data else { continue }
      let mapping = data.assumingMemoryBound(to: PopplerImageMapping.self).pointee
      let area = mapping.area
      guard area.x1.isFinite, area.y1.isFinite, area.x2.isFinite, area.y2.isFinite else { continue }
      let reported = BoundingBox(left: area.x1, top: area.y1, right: area.x2, bottom: area.y2)
      let id = Int(mapping.image_id)
      let placed = place(reported, id: id, rotation: rotation, inspections: &inspections)
      guard let box = placed.intersection(size.bounds) else { continue }
      images.append(PlacedImage(id: id, box: box))
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

  /// Where the image truly stands.
  ///
  /// With exchanged axes Poppler takes the wrong corner as its start: too far right by the width on a page turned
  /// right, too low by the height on one turned left.
  private func place(
    _ box: BoundingBox, id: Int, rotation: QuarterTurn, inspections: inout Int
  ) -> BoundingBox {
    let page = size.bounds.insetBy(-2)
    let moved =
      switch rotation {
      case .left: BoundingBox(left: box.left, top: box.top - box.height, right: box.right, bottom: box.top)
      default: BoundingBox(left: box.left - box.width, top: box.top, right: box.left, bottom: box.bottom)
      }
    let isSideways = rotation == .right || rotation == .left
    switch (page.contains(box), page.contains(moved)) {
    case (true, false): return box
    case (false, true): return moved
    case (false, false): return page.coverage(by: moved) > page.coverage(by: box) ? moved : box
    case (true, true):
      guard isSideways else { return box }
      inspections += 1
      guard inspections <= Self.inspectionLimit else { return moved }
      return areAxesExchanged(box, id: id) ? moved : box
    }
  }

  /// Whether the pixels' proportions are those of the box turned by a quarter; on a rotated page yes, if in doubt.
  private func areAxesExchanged(_ box: BoundingBox, id: Int) -> Bool {
    guard !box.isEmpty, let raster = try? image(id) else { return true }  // undecodable: the usual case is assumed
    let pixels = Double(raster.width) / Double(raster.height), shown = box.width / box.height
    let asStored = max(pixels / shown, shown / pixels), turned = max(pixels * shown, 1 / (pixels * shown))
    return turned <= asStored * 1.05
  }
}
