import Contracts
import DocumentModel

/// Links figures to captions: by place first, by wording where the text layer tells it.
struct CaptionLinks {
  let regions: [Region]
  /// The text layer's words from top to bottom, trusted or not: only a caption's first word matters.
  private let words: [Word]

  init(regions: [Region], words: [Word]) {
    self.regions = regions
    self.words = words.sorted { ($0.box.midY, $0.box.left) < ($1.box.midY, $1.box.left) }
  }

  private static let belowReach = 40.0  // points from a figure down to its caption
  private static let aboveReach = 28.0  // points up: captions stand above more seldom
  private static let overlap = 0.3  // of the narrower of the two

  /// - Returns: for each figure the index of its caption's region; each caption belongs to one figure.
  func captions(of figures: [(kind: Figure.Kind, box: BoundingBox)]) -> [Int?] {
    let captions = regions.indices.filter { regions[$0].kind == .caption && !isOfTable(regions[$0]) }
    var links: [(distance: Double, figure: Int, caption: Int)] = []
    for (figure, entry) in figures.enumerated() where entry.kind == .image || entry.kind == .drawing {
      for caption in captions {
        if let distance = distance(entry.box, regions[caption].box) { links.append((distance, figure, caption)) }
      }
    }
    var result = [Int?](repeating: nil, count: figures.count)
    var taken: Set<Int> = []
    for link in links.sorted(by: { ($0.distance, $0.figure, $0.caption) < ($1.distance, $1.figure, $1.caption) }) {
      guard result[link.figure] == nil, !taken.contains(link.caption) else { continue }
      result[link.figure] = link.caption
      taken.insert(link.caption)
    }
    return result
  }

  /// Points of white between; above counts a little more. Nil where they do not belong together.
  private func distance(_ figure: BoundingBox, _ caption: BoundingBox) -> Double? {
    let narrower = min(figure.width, caption.width)
    guard narrower > 0, figure.horizontalOverlap(caption) >= Self.overlap * narrower else {
      return beside(figure, caption)
    }
    if caption.midY >= figure.midY {
      let gap = max(0, caption.top - figure.bottom)
      return gap <= Self.belowReach ? gap : nil
    }
    let gap = max(0, figure.top - caption.bottom)
    return gap <= Self.aboveReach ? gap + 6 : nil
  }

  /// A caption in the margin, level with the figure.
  private func beside(_ figure: BoundingBox, _ caption: BoundingBox) -> Double? {
    guard figure.verticalOverlap(caption) >= 0.5 * min(figure.height, caption.height) else { return nil }
    let gap = max(caption.left - figure.right, figure.left - caption.right)
    return gap <= Self.aboveReach ? gap + 12 : nil
  }

  private func isOfTable(_ region: Region) -> Bool {
    let top = words.partitioningIndex { $0.box.midY >= region.box.top }
    let inside = words[top...].prefix { $0.box.midY <= region.box.bottom }.filter {
      region.box.contains(x: $0.box.midX, y: $0.box.midY)
    }
    guard let first = inside.min(by: { ($0.box.top.rounded(), $0.box.left) < ($1.box.top.rounded(), $1.box.left) })
    else {
      return false
    }
    return CaptionOpening.subject(of: first.text) == .table
  }
}
