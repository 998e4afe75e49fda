import Contracts
import DocumentModel

/// Finds the pictures of a page: what is one, of which kind, and where its pixels are to be had.
struct FigureFinder {
  /// A picture before its pixels are fetched.
  struct Found {
    let kind: Figure.Kind
    let box: BoundingBox
    /// The embedded image that is all of it; nil where the page must be cut.
    let embedded: ImageArea?
    /// For pictures made of several images: the finest resolution among them, dots per inch.
    let resolution: Double?
    /// Indices of the layout's lines inside.
    let lines: [Int]
  }

  let render: RenderOutput
  let layout: LayoutOutput
  let regions: RegionsPage
  /// Whether the document is an image: then the page's own image is no embedded one.
  let isImageDocument: Bool
  /// Embedded images, tiles joined.
  private let imageGroups: [TileJoin.Group]
  /// Figures that are composed of images, as word processors draw diagrams: one upon the other, with words between them.
  private let composed: [BoundingBox]

  init(render: RenderOutput, layout: LayoutOutput, regions: RegionsPage, isImageDocument: Bool) {
    (self.render, self.layout, self.regions, self.isImageDocument) = (render, layout, regions, isImageDocument)
    let groups = TileJoin.groups(render.images.filter { !$0.box.isEmpty })
    imageGroups = groups
    composed = regions.regions.lazy.filter { $0.kind == .figure }.map(\.box).filter {
      Self.isComposed($0, of: groups.map(\.box))
    }
  }

  private var page: BoundingBox { render.size.bounds }

  /// Pictures from top to bottom, at most `limit`; the largest stay.
  func find() -> [Found] {
    let areas = drawings() + pictures()
    let sorted = areas.sorted { ($1.box.area, $0.box.top, $0.box.left) < ($0.box.area, $1.box.top, $1.box.left) }
    return sorted.prefix(Self.limit).sorted {
      ($0.box.top, $0.box.left, $0.box.right) < ($1.box.top, $1.box.left, $1.box.right)
    }
  }

  static let limit = 200  // figures a page

  private static let ornamentShare = 0.025  // of the page: vignettes and icons; a diagram without a word is larger

  /// A small drawing that has neither caption nor label says nothing: it is an ornament.
  func settled(_ found: Found, hasCaption: Bool) -> Found {
    guard found.kind == .drawing, !hasCaption, found.lines.isEmpty, !isScan,
      found.box.area <= Self.ornamentShare * page.area
    else { return found }
    return Found(kind: .decoration, box: found.box, embedded: nil, resolution: nil, lines: [])
  }

  // MARK: Areas

  private static let wholePage = 0.8  // of the page: an image that large is the scan, or what the page is printed on
  private static let known = 0.6  // of an area that another covers
  private static let tableCover = 0.5  // of an area that a table's region covers

  /// Whether the page is a scan: its one image is the page itself.
  private var isScan: Bool { isImageDocument || render.verdict.judgement != .trusted && wholePageImage != nil }

  private var wholePageImage: ImageArea? { render.images.first { $0.box.area >= Self.wholePage * page.area } }

  /// Embedded images, tiles joined.
  private func pictures() -> [Found] {
    if isImageDocument { return [] }
    return imageGroups.compactMap { group in
      if group.box.area >= Self.wholePage * page.area { return background(group) }
      if composed.contains(where: { group.box.coverage(by: $0) >= Self.partCover }) { return nil }
      if isTable(group.box) || imageGroups.contains(where: { isPart(group.box, of: $0.box) }) { return nil }
      // What others are laid upon is shown as the page composes it.
      let isComposed = imageGroups.contains { isPart($0.box, of: group.box) }
      let single = group.images.count == 1 && !isComposed ? group.images[0] : nil
      return Found(
        kind: kind(of: group.box, isImage: true), box: group.box, embedded: single,
        resolution: group.resolution, lines: labels(in: group.box))
    }
  }

  private static let leastParts = 4  // images of a drawing; photographs beside each other do not overlap
  private static let overlapping = 0.5  // of the images lie upon others, or under them

  private static func isComposed(_ figure: BoundingBox, of images: [BoundingBox]) -> Bool {
    let parts = images.filter { $0.coverage(by: figure) >= partCover }
    guard parts.count >= leastParts, !parts.contains(where: { figure.coverage(by: $0) >= known }) else { return false }
    let overlaid = parts.indices.count { index in
      parts.indices.contains { $0 != index && parts[$0].insetBy(seam).intersects(parts[index].insetBy(seam)) }
    }
    return Double(overlaid) >= overlapping * Double(parts.count)
  }

  private static let seam = 1.0  // points: neighbours touch
  private static let partCover = 0.9  // of an image that lies upon another
  private static let partShare = 0.25  // of the other: larger ones are pictures of their own on a panel

  private func isPart(_ inner: BoundingBox, of outer: BoundingBox) -> Bool {
    outer.area < Self.wholePage * page.area && inner.area <= Self.partShare * outer.area
      && inner.coverage(by: outer) >= Self.partCover
  }

  /// A page-wide image: the scan itself, the page's background, or a picture that fills the page.
  private func background(_ group: TileJoin.Group) -> Found? {
    let inside = lines(in: group.box)
    if inside.count < Self.fewLines, render.verdict.judgement != .trusted {
      let single = group.images.count == 1 ? group.images[0] : nil
      return Found(kind: .image, box: group.box, embedded: single, resolution: group.resolution, lines: inside)
    }
    guard render.verdict.judgement == .trusted else { return nil }
    return Found(kind: .decoration, box: group.box, embedded: nil, resolution: nil, lines: [])
  }

  private static let fewLines = 3  // of text: a page that is all picture has no more

  /// Areas of ink that are neither image nor text, and regions taken for figures.
  private func drawings() -> [Found] {
    let embedded = render.images.map(\.box).filter { $0.area < Self.wholePage * page.area }
    var areas = regions.regions.filter { $0.kind == .figure }.map(\.box)
    for area in layout.imageAreas where !areas.contains(where: { area.coverage(by: $0) >= Self.known }) {
      areas.append(area)
    }
    areas = areas.filter { area in
      composed.contains(area)
        || area.area < Self.wholePage * page.area && !isTable(area)
          && !embedded.contains { $0.coverage(by: area) >= Self.known && area.coverage(by: $0) >= Self.known }
          && embedded.reduce(0) { $0 + ($1.intersection(area)?.area ?? 0) } < Self.known * area.area
    }
    return joined(areas).map { area in
      let box = isScan ? area : withAxes(area)
      let labels = labels(in: box)
      // What only text is printed on, a bar or a panel, is no picture.
      let kind = labels.isEmpty && !lines(in: box).isEmpty ? .decoration : kind(of: box, isImage: false)
      return Found(kind: kind, box: box, embedded: nil, resolution: nil, lines: labels)
    }
  }

  // MARK: Parts of one drawing

  private static let reach = 12.0  // points between the parts of one drawing: bars of a chart, boxes of a diagram
  private static let axisReach = 8.0  // points from a drawing to its axes
  private static let mostGrowth = 2.0  // times its area: an axis is little longer than the curve
  private static let mostAreas = 400  // joined pairwise

  /// Areas that stand close together with no text between, as one.
  private func joined(_ areas: [BoundingBox]) -> [BoundingBox] {
    var result: [BoundingBox] = []
    for area in areas.sorted(by: { ($0.top, $0.left) < ($1.top, $1.left) }).prefix(Self.mostAreas) {
      var whole = area
      while let near = result.firstIndex(where: { belongs($0, whole) }) { whole = whole.union(result.remove(at: near)) }
      result.append(whole)
    }
    return result
  }

  private func belongs(_ a: BoundingBox, _ b: BoundingBox) -> Bool {
    guard a.insetBy(-Self.reach / 2).intersects(b.insetBy(-Self.reach / 2)) else { return false }
    let both = a.union(b)
    return !regions.regions.contains { region in
      (region.kind == .paragraph || region.kind == .table || region.kind == .listItem || region.kind == .caption)
        && region.box.coverage(by: both) > 0.5
    }
  }

  /// A drawing with the rules that touch it: axes, grid lines, a frame.
  private func withAxes(_ area: BoundingBox) -> BoundingBox {
    var box = area
    for rule in layout.rules.sorted(by: { ($0.position, $0.start) < ($1.position, $1.start) }) {
      guard rule.box.insetBy(-0.5).intersects(area.insetBy(-Self.axisReach)), !isTable(rule.box.insetBy(-1)) else {
        continue
      }
      let grown = box.union(rule.box)
      if grown.area <= Self.mostGrowth * area.area, !holdsText(grown, besides: area) { box = grown }
    }
    return box
  }

  private func holdsText(_ box: BoundingBox, besides area: BoundingBox) -> Bool {
    regions.regions.contains {
      $0.kind != .figure && $0.box.coverage(by: box) > 0.5 && $0.box.coverage(by: area) <= 0.5
    }
  }

  private func isTable(_ area: BoundingBox) -> Bool {
    regions.regions.contains { $0.kind == .table && area.coverage(by: $0.box) >= Self.tableCover }
  }

  private static let insideShare = 0.7  // of a line's box

  private func lines(in box: BoundingBox) -> [Int] {
    layout.lines.indices.filter { layout.lines[$0].box.coverage(by: box) >= Self.insideShare }
  }

  /// Lines in a picture that no region of text claims: what is typed over it stays text.
  private func labels(in box: BoundingBox) -> [Int] {
    let text = Set(regions.regions.filter { $0.kind != .figure }.flatMap(\.lines))
    return lines(in: box).filter { !text.contains($0) }
  }

  // MARK: Kinds

  private static let leastSide = 14.0  // points: bullets, icons and rules are smaller
  private static let leastArea = 400.0  // square points
  private static let logoShare = 0.025  // of the page: letterheads, seals, signets
  private static let headShare = 0.16  // of the page's height at its head, and
  private static let drawnHeadShare = 0.1  // the same for drawings: a diagram may begin a page
  private static let footShare = 0.1  // at its foot

  private func kind(of box: BoundingBox, isImage: Bool) -> Figure.Kind {
    if min(box.width, box.height) < Self.leastSide || box.area < Self.leastArea { return .decoration }
    let isFurniture = regions.regions.contains { $0.kind.isFurniture && box.coverage(by: $0.box.insetBy(-6)) > 0.5 }
    let head = isImage ? Self.headShare : Self.drawnHeadShare
    let isAtEdge = box.bottom <= head * page.height || box.top >= (1 - Self.footShare) * page.height
    if box.area <= Self.logoShare * page.area, isFurniture || isAtEdge { return .logo }
    return isImage ? .image : .drawing
  }
}
