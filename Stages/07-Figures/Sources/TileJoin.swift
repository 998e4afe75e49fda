import Contracts
import DocumentModel

/// Joins images that are parts of one picture: strips, tiles, an image and its mask.
enum TileJoin {
  struct Group {
    var images: [ImageArea]
    var box: BoundingBox

    /// Dots per inch of the finest part, where the parts' pixels are known.
    var resolution: Double? {
      images.compactMap { image in image.pixels.map { Double($0.width) / max(image.box.width, 1) * 72 } }.max()
    }
  }

  private static let seam = 1.5  // points between tiles
  private static let fill = 0.85  // of the box around both: tiles, not neighbours that touch at a corner
  private static let same = 0.92  // of each other: one picture drawn twice, or with its mask
  private static let mostImages = 600  // joined pairwise; more are dust

  static func groups(_ images: [ImageArea]) -> [Group] {
    let kept = images.sorted { ($1.box.area, $0.number) < ($0.box.area, $1.number) }.prefix(mostImages)
    var groups: [Group] = []
    for image in kept.sorted(by: { ($0.box.top, $0.box.left, $0.number) < ($1.box.top, $1.box.left, $1.number) }) {
      var whole = Group(images: [image], box: image.box)
      while let part = groups.firstIndex(where: { areOne($0.box, whole.box) }) {
        let other = groups.remove(at: part)
        whole = Group(images: other.images + whole.images, box: other.box.union(whole.box))
      }
      groups.append(whole)
    }
    return groups
  }

  private static func areOne(_ a: BoundingBox, _ b: BoundingBox) -> Bool {
    if a.coverage(by: b) >= same, b.coverage(by: a) >= same { return true }
    guard a.insetBy(-seam / 2).intersects(b.insetBy(-seam / 2)) else { return false }
    let common = a.intersection(b)?.area ?? 0
    // Tiles share an edge; one picture upon another does not make them one.
    guard common <= 0.1 * min(a.area, b.area) else { return false }
    return a.area + b.area - common >= fill * a.union(b).area
  }
}
