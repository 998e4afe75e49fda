import CLeptonica

extension RasterImage {
  /// The grey image with its printed tints averaged to even grey and lifted to white, so that only what is printed on them
  /// is left; nil where there is no tint.
  ///
  /// Recognition takes the dots of a tint for letters, finds none of the letters that touch them, and may take minutes for
  /// a page. Averaging over about a dot's distance leaves letters that are some dots high.
  ///
  /// - Parameter parts: the connected parts of the ink, as `componentBoxes` tells them; those that `mayBeTint` will do.
  /// - Parameter binary: the ink, depth 1, of the same size.
  package func descreened(parts: [PixelRect], binary: RasterImage) throws -> RasterImage? {
    let dots = try Self.dots(of: parts, in: binary)
    guard dots.count >= Screen.leastDots else { return nil }
    let source = try grey()
    let screens = try Screen.find(dots, in: source)
    guard !screens.isEmpty else { return nil }
    let result = try source.made("copy") { pixCopy(nil, $0) }
    for screen in screens { try screen.lift(result) }
    return result
  }

  private static let manyParts = 500  // small ones: a page of print has fewer full stops and dots
  private static let onLattice = 0.5  // of the small parts
  private static let mesh = (width: 48, height: 24)  // pixels: what is smaller holds no tint
  private static let meshInk = 0.3...0.9  // of a part's box: a frame has less, a bar more
  private static let mostMeshes = 64  // a page has a few
  private static let mostDots = 400_000  // in an area: finer ones average to grey by themselves

  /// Whether a connected part of the ink may be one of a tint: a dot, or a mesh.
  package static func mayBeTint(_ part: PixelRect) -> Bool { ScreenDots.mayBe(part) || isMesh(part) }

  private static func isMesh(_ part: PixelRect) -> Bool { part.width >= mesh.width && part.height >= mesh.height }

  private static func dots(of parts: [PixelRect], in binary: RasterImage) throws -> [ScreenDots.Dot] {
    let small = parts.count(where: ScreenDots.mayBe)
    let apart = ScreenDots.find(in: parts)
    if small >= manyParts, Double(apart.count) < onLattice * Double(small) {
      let touching = try touchingDots(in: binary.bounds, of: binary)
      return touching.count > apart.count ? touching : apart
    }
    let meshes = parts.filter(isMesh).sorted {
      ($1.width * $1.height, $0.top, $0.left) < ($0.width * $0.height, $1.top, $1.left)
    }
    var (dots, seen) = (apart, [PixelRect]())
    for mesh in meshes.prefix(mostMeshes) where !seen.contains(where: { $0.contains(mesh) }) {
      guard meshInk.contains(try binary.inkShare(in: mesh)) else { continue }
      seen.append(mesh)
      dots += try touchingDots(in: mesh, of: binary)
    }
    return dots
  }

  /// Dots that touch at their corners, or the holes that are left where they run together: whichever are more.
  private static func touchingDots(in area: PixelRect, of binary: RasterImage) throws -> [ScreenDots.Dot] {
    let ink = try binary.cropped(to: area)
    let both = try [ink, ink.inverted()].map { image -> [ScreenDots.Dot] in
      var count: Int32 = 0
      guard withExtendedLifetime(image, { pixCountConnComp(image.pix, 4, &count) }) == 0 else {
        throw RasterFailure.operation("count", detail: LeptonicaMessages.takeLast())
      }
      guard count <= mostDots else { return [] }
      var boxes = withExtendedLifetime(image) { pixConnCompBB(image.pix, 4) }
      defer { boxaDestroy(&boxes) }
      return ScreenDots.find(
        in: rects(boxes).map {
          PixelRect(left: area.left + $0.left, top: area.top + $0.top, width: $0.width, height: $0.height)
        })
    }
    return both[0].count >= both[1].count ? both[0] : both[1]
  }
}

/// An area of printed tint.
private struct Screen {
  private let box: PixelRect
  /// Which of the pixels within belong to it, depth 1.
  private let mask: RasterImage
  private let pitch: Double

  static let leastDots = 60  // what is smaller shows no letter
  private static let leastFill = 0.3  // of an area's pixels, each dot taken for the square of its distance
  private static let closing = 6.0  // distances between dots: letters that hide some
  private static let opening = 3.0  // distances between dots: what is thinner is a row of dots
  private static let leastReach = 1  // pixels averaged to each side, twice
  private static let mostReach = 4
  private static let reach = 0.28  // of the distance between dots
  private static let mostScreens = 200

  static func find(_ dots: [ScreenDots.Dot], in source: RasterImage) throws -> [Screen] {
    let pitches = dots.map(\.pitch).sorted()
    let pitch = pitches[pitches.count / 2]
    let marks = try RasterImage(width: source.width, height: source.height, depth: 1)
    for dot in dots { marks.mark(dot.box.grown(by: Int(dot.pitch.rounded(.up)))) }
    let side = { (share: Double) in Int32(max((share * pitch).rounded(), 2)) }
    let closed = try marks.made("close") { pixCloseSafeBrick(nil, $0, side(closing), side(closing)) }
    let opened = try closed.made("open") { pixOpenBrick(nil, $0, side(opening), side(opening)) }
    var masks: UnsafeMutablePointer<Pixa>?
    var boxes = withExtendedLifetime(opened) { pixConnComp(opened.pix, &masks, 8) }
    defer {
      boxaDestroy(&boxes)
      pixaDestroy(&masks)
    }
    return try RasterImage.rects(boxes).prefix(mostScreens).enumerated().compactMap { index, box in
      let own = dots.filter { box.contains($0.box) }.map(\.pitch).sorted()
      guard own.count >= leastDots else { return nil }
      let mask = try RasterImage(pixaGetPix(masks, Int32(index), Int32(L_CLONE)), from: "part")
      let pitch = own[own.count / 2]
      // Letters of a few pixels lie on a lattice here and there, but do not fill an area.
      let pixels = try mask.inkShare() * Double(box.width * box.height)
      guard Double(own.count) * pitch * pitch >= leastFill * pixels else { return nil }
      return Screen(box: box, mask: mask, pitch: pitch)
    }
  }

  private static let margin = 0.92  // of the ground's grey: what averaging leaves of fine dots
  private static let ripple = 0.2  // of the pixels: letters, and the middles of coarse dots
  private static let darkest = 90  // grey: on a darker ground what is printed is light, and is left so

  /// Changes an image that nobody else has yet.
  func lift(_ image: RasterImage) throws {
    let part = try image.cropped(to: box)
    let reach = Int32(min(max((Self.reach * pitch).rounded(), Double(Self.leastReach)), Double(Self.mostReach)))
    let once = try part.made("average") { pixBlockconv($0, reach, reach) }
    let soft = try once.made("average") { pixBlockconv($0, reach, reach) }
    let (ground, white) = try tones(of: soft)
    let even = ground < Self.darkest ? soft : try soft.stretched(black: 0, white: white)
    let failed = withExtendedLifetime((even, mask, part, image)) {
      pixCombineMasked(part.pix, even.pix, mask.pix) != 0
        || pixRasterop(
          image.pix, Int32(box.left), Int32(box.top), Int32(box.width), Int32(box.height), Int32(PIX_SRC), part.pix, 0,
          0) != 0
    }
    if failed { throw RasterFailure.operation("tint", detail: LeptonicaMessages.takeLast()) }
  }

  private static let spread = 4  // grey levels to each side that count as one

  /// The grey that most of the area has, and that from which on it becomes white.
  private func tones(of soft: RasterImage) throws -> (ground: Int, white: Int) {
    var counts = withExtendedLifetime((soft, mask)) { pixGetGrayHistogramMasked(soft.pix, mask.pix, 0, 0, 1) }
    defer { numaDestroy(&counts) }
    let levels: [Double] = (0..<256).map { level in
      var count: Float = 0
      numaGetFValue(counts, Int32(level), &count)
      return Double(count)
    }
    let sums = levels.indices.map { level in
      levels[max(level - Self.spread, 0)...min(level + Self.spread, 255)].reduce(0, +)
    }
    let ground = sums.indices.max { (sums[$0], $1) < (sums[$1], $0) } ?? 255
    var left = Self.ripple * levels.reduce(0, +)
    let low = levels.firstIndex { count in
      left -= count
      return left < 0
    }
    let most = Int(Self.margin * Double(ground))
    return (ground, max(min(low ?? most, most), Int(Self.deepest * Double(ground))))
  }

  private static let deepest = 0.7  // of the ground's grey: what is darker is print
}

extension RasterImage {
  /// Sets the pixels of a rectangle at depth 1, of an image that nobody else has yet.
  fileprivate func mark(_ rect: PixelRect) {
    guard let clip = rect.clipped(width: width, height: height) else { return }
    _ = withExtendedLifetime(self) {
      pixRasterop(
        pix, Int32(clip.left), Int32(clip.top), Int32(clip.width), Int32(clip.height), Int32(PIX_SET), nil, 0, 0)
    }
  }
}

extension PixelRect {
  fileprivate func grown(by margin: Int) -> PixelRect {
    PixelRect(left: left - margin, top: top - margin, width: width + 2 * margin, height: height + 2 * margin)
  }

  fileprivate func contains(_ other: PixelRect) -> Bool {
    left <= other.left && top <= other.top && right >= other.right && bottom >= other.bottom
  }
}
