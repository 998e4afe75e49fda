import Contracts
import DocumentModel

/// The areas that pictures cover: embedded images, joined where they tile, and drawings found by their ink.
enum ImageAreas {
  private static let leastSide = 6.0  // points: smaller images are bullets, dots and shadows
  private static let seam = 2.0  // points: tiles of one picture touch
  private static let mostImages = 300  // joined pairwise; the largest decide on pages of a thousand scraps
  private static let known = 0.5  // of a drawing: what an image covers already

  static func areas(images: [ImageArea], drawings: [BoundingBox], page: PageSize) -> [BoundingBox] {
    let embedded = images.compactMap { $0.box.intersection(page.bounds) }
      .filter { min($0.width, $0.height) >= leastSide }
      .sorted { ($1.area, $0.top, $0.left) < ($0.area, $1.top, $1.left) }
    var areas = joined(Array(embedded.prefix(mostImages)), page)
    for drawing in drawings where !areas.contains(where: { drawing.coverage(by: $0) >= known }) {
      areas.append(drawing)
    }
    return areas.sorted { ($0.top, $0.left, $0.bottom, $0.right) < ($1.top, $1.left, $1.bottom, $1.right) }
  }

  private static func joined(_ boxes: [BoundingBox], _ page: PageSize) -> [BoundingBox] {
    // A page-wide background must not swallow the pictures that stand on it.
    let grounds = boxes.filter { $0.area > 0.8 * page.bounds.area }
    var parts: [BoundingBox] = []
    for box in boxes where box.area <= 0.8 * page.bounds.area {
      var whole = box
      while let touching = parts.firstIndex(where: { $0.insetBy(-seam).intersects(whole) && tile($0, whole) }) {
        whole = whole.union(parts.remove(at: touching))
      }
      parts.append(whole)
    }
    return grounds + parts
  }

  /// Whether two boxes fill most of the box around both: strips and tiles, not neighbours that touch at a corner.
  private static func tile(_ a: BoundingBox, _ b: BoundingBox) -> Bool {
    a.area + b.area - (a.intersection(b)?.area ?? 0) >= 0.8 * a.union(b).area
  }
}
