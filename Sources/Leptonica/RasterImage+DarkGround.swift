import CLeptonica

extension RasterImage {
  /// The grey image with print on dark ground (bars, panels, whole pages), light or still darker, made dark on white; nil
  /// where there is none.
  ///
  /// Dark areas are found on a reduced copy, where solid squares grow to all that is solid and touches them. Of each the
  /// ground's grey becomes white, that of its letters black, and its soft outline vanishes.
  /// - Parameter level: the grey below which a pixel may be ground; nearer to the paper's grey than to the ink's.
  /// - Parameter ink: the grey of the page's print.
  /// - Parameter letterHeight: of the page's letters, in pixels.
  package func printOnDarkGroundLifted(level: Int, ink: Int, letterHeight: Double) throws -> RasterImage? {
    let source = try grey()
    let grounds = { (print: DarkAreas.Print) in
      try DarkAreas(source, level: level, print: print, letterHeight: letterHeight).found().compactMap {
        try DarkGround($0, of: source, level: level, print: print, letterHeight: letterHeight)
      }
    }
    let dark = try grounds(.dark(below: min(ink, Self.blackest) + Self.grain))
    // Close lines of print beside a bar seem one area with it, in which the paper between letters is light.
    let light = try grounds(.light).filter { ground in !dark.contains { $0.fills(ground) } }
    // A bar within a dark area comes last, and has the last word.
    let lifted = light + dark
    guard !lifted.isEmpty else { return nil }
    let result = try source.made("copy") { pixCopy(nil, $0) }
    for ground in lifted { try ground.lighten(result, from: source) }
    return result
  }

  private static let blackest = 48  // grey: a page's ink may be told lighter than it is, by its bars
  private static let grain = 16  // grey levels that ink differs by

  /// One byte a pixel, 0 is black, rows without gaps.
  package func greyPixels() throws -> [UInt8] {
    let source = try grey()
    let (width, height, perRow) = (source.width, source.height, source.wordsPerRow)
    return try source.withWords { words in
      [UInt8](unsafeUninitializedCapacity: width * height) { pixels, count in
        for y in 0..<height {
          for x in 0..<width {
            pixels[y * width + x] = UInt8(truncatingIfNeeded: words[y * perRow + x / 4] >> UInt32(24 - 8 * (x % 4)))
          }
        }
        count = width * height
      }
    }
  }

  /// Black and white exchanged.
  package func inverted() throws -> RasterImage { try made("invert") { pixInvert(nil, $0) } }

  /// Whether a pixel at depth 1 is set, by its row's words.
  fileprivate static func isSet(_ words: UnsafeMutableBufferPointer<UInt32>, _ row: Int, _ x: Int) -> Bool {
    words[row + x / 32] >> UInt32(31 - x % 32) & 1 == 1
  }
}

/// A dark area of even grey with letters in it, light ones or still darker.
private struct DarkGround {
  /// With the outline.
  private let box: PixelRect
  /// The area without its outline, and with it; both as large as `box`.
  private let core: RasterImage
  private let whole: RasterImage
  private let ground: Int
  private var letters = 0

  private static let outline = 0.15  // of the letters' height: edges are soft, and as rough as the mask
  private static let evenness = 24  // grey levels around the ground's that paper's grain has
  private static let evenShare = 0.5  // of the pixels: a photograph has no ground
  private static let letterShares = 0.005...0.45  // of the pixels: what letters cover
  private static let leastContrast = 50  // grey levels between letters and ground
  private static let leastLetters = 3  // in one row
  private static let letterShare = 0.6  // of the light pixels' boxes: those of a picture have all shapes
  private static let rule = 4.0  // of the letters' height: no stroke of a letter is as long
  private static let mostLetters = 500  // held against each other: some lines of them tell
  private static let letterHeights = 0.4...8.0  // of the letters' height
  private static let broadest = 10.0  // width to height: the letters of a word may touch

  /// Nil where the area is not even, or no letters stand in it.
  init?(
    _ area: DarkArea, of source: RasterImage, level: Int, print: DarkAreas.Print, letterHeight: Double
  ) throws {
    let reach = Int(max(2, (Self.outline * letterHeight).rounded()))
    let box = PixelRect(
      left: area.box.left - reach, top: area.box.top - reach, width: area.box.width + 2 * reach,
      height: area.box.height + 2 * reach)
    let mask = try area.mask.made("border") { pixAddBorder($0, Int32(reach), 0) }
    let brick = Int32(2 * reach + 1)
    core = try mask.made("erode") { pixErodeBrick(nil, $0, brick, brick) }
    whole = try mask.made("dilate") { pixDilateBrick(nil, $0, brick, brick) }
    self.box = box

    var histogram = [Int](repeating: 0, count: 256)
    try Self.forEach(in: core, box, source) { histogram[$0] += 1 }
    let total = histogram.reduce(0, +)
    guard total > 0 else { return nil }
    var seen = 0
    ground =
      histogram.firstIndex {
        seen += $0; return 2 * seen > total
      } ?? 0
    let even = histogram[max(ground - Self.evenness, 0)...min(ground + Self.evenness, 255)].reduce(0, +)
    guard Double(even) >= Self.evenShare * Double(total) else { return nil }
    let ink =
      switch print {
      case .light: Ink(from: ground + max((level - ground) / 2, Self.leastContrast / 2), to: 256, isLight: true)
      case .dark: Ink(from: 0, to: ground - max(ground / 2, Self.leastContrast / 2), isLight: false)
      }
    guard let ink, let letters = try greyOfLetters(ink, histogram, source, letterHeight: letterHeight) else {
      return nil
    }
    self.letters = letters
  }

  /// The levels that letters on a ground may have.
  private struct Ink {
    let levels: Range<Int>
    let isLight: Bool

    /// Nil where there are no such levels.
    init?(from: Int, to: Int, isLight: Bool) {
      guard from < to else { return nil }
      (levels, self.isLight) = (from..<to, isLight)
    }
  }

  /// The mean grey of the letters; nil where there are none of these levels.
  private func greyOfLetters(_ ink: Ink, _ histogram: [Int], _ source: RasterImage, letterHeight: Double) throws -> Int?
  {
    let levels = histogram[ink.levels]
    let count = levels.reduce(0, +)
    guard Self.letterShares.contains(Double(count) / Double(histogram.reduce(0, +))) else { return nil }
    let mean = zip(levels.indices, levels).reduce(0) { $0 + $1.0 * $1.1 } / count
    guard abs(mean - ground) >= Self.leastContrast, try hasLetters(ink, source, letterHeight: letterHeight) else {
      return nil
    }
    return mean
  }

  /// Whether most of what has the levels of an ink has the shape of letters, of which some stand in a row.
  private func hasLetters(_ ink: Ink, _ source: RasterImage, letterHeight: Double) throws -> Bool {
    guard let clip = box.clipped(width: source.width, height: source.height) else { return false }
    let part = try source.cropped(to: clip)
    let print =
      try ink.isLight
      ? part.thresholded(at: ink.levels.lowerBound).inverted() : part.thresholded(at: ink.levels.upperBound)
    let within = try core.cropped(
      to: PixelRect(left: clip.left - box.left, top: clip.top - box.top, width: clip.width, height: clip.height))
    let inner = try print.made("letters") { print in withExtendedLifetime(within) { pixAnd(nil, print, within.pix) } }
    // Rules of a table may be of the same ink, and one net of them is as large as the area.
    let parts = try inner.withoutStrokes(length: Int(Self.rule * letterHeight)).componentBoxes()
    let letters = parts.filter { part in
      Self.letterHeights.contains(Double(part.height) / letterHeight)
        && Double(part.width) <= Self.broadest * Double(part.height)
    }
    let areas = [parts, letters].map { $0.reduce(0) { $0 + $1.width * $1.height } }
    guard Double(areas[1]) >= Self.letterShare * Double(areas[0]) else { return false }
    let asked = letters.prefix(Self.mostLetters)
    return asked.contains { letter in asked.count { letter.isBeside($0) } >= Self.leastLetters }
  }

  /// Each pixel of an image in the mask.
  private static func forEach(
    in mask: RasterImage, _ box: PixelRect, _ source: RasterImage, _ body: (Int) -> Void
  ) throws {
    guard let clip = box.clipped(width: source.width, height: source.height) else { return }
    let (perRow, perMaskRow) = (source.wordsPerRow, mask.wordsPerRow)
    try source.withWords { words in
      try mask.withWords { bits in
        for y in clip.top..<clip.bottom {
          let row = (y - box.top) * perMaskRow
          for x in clip.left..<clip.right where RasterImage.isSet(bits, row, x - box.left) {
            body(Int(words[y * perRow + x / 4] >> UInt32(24 - 8 * (x % 4)) & 0xFF))
          }
        }
      }
    }
  }

  private static let share = 0.25  // of an area's box: a bar with a line above and below; a button on a page has less

  /// Whether it makes up much of the box of another.
  func fills(_ other: DarkGround) -> Bool {
    let width = min(box.right, other.box.right) - max(box.left, other.box.left)
    let height = min(box.bottom, other.box.bottom) - max(box.top, other.box.top)
    return width > 0 && height > 0
      && Double(width * height) >= Self.share * Double(other.box.width * other.box.height)
  }

  /// Changes an image that nobody else has yet.
  func lighten(_ image: RasterImage, from source: RasterImage) throws {
    guard let clip = box.clipped(width: image.width, height: image.height) else { return }
    let (perRow, perMaskRow) = (image.wordsPerRow, core.wordsPerRow)
    let tones = (0..<256).map { UInt32(min(max(255 * (letters - $0) / (letters - ground), 0), 255)) }
    try image.withWords { words in
      try source.withWords { old in
        try core.withWords { inner in
          try whole.withWords { outer in
            for y in clip.top..<clip.bottom {
              let row = (y - box.top) * perMaskRow
              for x in clip.left..<clip.right where RasterImage.isSet(outer, row, x - box.left) {
                let (word, shift) = (y * perRow + x / 4, UInt32(24 - 8 * (x % 4)))
                let tone = Int(old[word] >> shift & 0xFF)
                // The outline lies between ground and paper: of dark letters it has nothing, and its neighbours stay.
                let new = letters < ground || RasterImage.isSet(inner, row, x - box.left) ? tones[tone] : 255
                words[word] = words[word] & ~(0xFF << shift) | new << shift
              }
            }
          }
        }
      }
    }
  }
}

extension PixelRect {
  /// Whether two letters could be of one line: each has the other's middle, and neither is twice as high.
  fileprivate func isBeside(_ other: PixelRect) -> Bool {
    let (middle, otherMiddle) = (top + height / 2, other.top + other.height / 2)
    return (top...bottom).contains(otherMiddle) && (other.top...other.bottom).contains(middle)
      && height <= 2 * other.height && other.height <= 2 * height
  }
}
