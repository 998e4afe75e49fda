import Leptonica

/// What the connected parts of a page's ink say about its text.
struct InkLook {
  /// Parts that could be letters.
  let letters: [PixelRect]
  /// Parts too small to be one.
  let specks: Int
  /// The median height of letters, in pixels: a little above the height of an x; 0 where there are none.
  let letterHeight: Double
  /// Parts that printed tints may be made of.
  let tintParts: [PixelRect]

  private static let leastLetter = 4  // pixels: below it nothing can be read
  private static let mostParts = 400_000  // a page has 5,000 letters; a halftone a hundred thousand dots
  private static let broadest = 8.0  // width to height: rules are broader
  private static let tallest = 8.0  // height to width: rules are taller; an l is 6
  private static let smallPart = 0.35  // of the letters' height: dots and specks
  private static let largePart = 4.0  // of the letters' height: pictures and frames

  /// - Parameter binary: depth 1.
  init(_ binary: RasterImage) throws {
    let parts = try binary.componentBoxes().prefix(Self.mostParts)
    tintParts = parts.filter(RasterImage.mayBeTint)
    let shaped = parts.filter { part in
      let (width, height) = (Double(part.width), Double(part.height))
      return part.height >= Self.leastLetter && width <= Self.broadest * height && height <= Self.tallest * width
    }
    // Two rounds, weighted by area: specks, dots and the crumbs of worn letters are many but small.
    var rough = Self.typicalHeight(shaped)
    var likely = Self.likely(shaped, rough)
    // Where most parts are smaller, the parts of a drawing may outweigh its labels: print stands in rows.
    if 2 * likely.count < shaped.count {
      let inRows = PixelRect.inRows(shaped)
      if inRows.count >= Self.leastInRows, inRows.count > Self.outnumbered * likely.count {
        let usual = Double(inRows.map(\.height).sorted()[inRows.count / 2])
        rough = Self.typicalHeight(inRows)
        if rough > Self.largePart * usual { rough = usual }
        likely = Self.likely(inRows, rough)
      }
    }
    letterHeight = Self.typicalHeight(likely)
    letters = likely
    specks = parts.count { Double(max($0.width, $0.height)) < Self.smallPart * max(rough, 8) / 2 }
  }

  private static func likely(_ parts: [PixelRect], _ height: Double) -> [PixelRect] {
    parts.filter { Double($0.height) >= smallPart * height && Double($0.height) <= largePart * height }
  }

  private static let leastInRows = 40  // parts: some words
  private static let outnumbered = 3  // times as many as the parts that weigh most: dashes and specks stand in rows too
  /// The median height, weighted by area.
  private static func typicalHeight(_ parts: [PixelRect]) -> Double {
    let ordered = parts.sorted { $0.height < $1.height }
    let total = ordered.reduce(0) { $0 + area($1) }
    var seen = 0
    for part in ordered {
      seen += area(part)
      if 2 * seen >= total { return Double(part.height) }
    }
    return 0
  }

  private static let largestLetter = 60  // pixels each way: headlines, frames and pictures weigh no more than that

  private static func area(_ part: PixelRect) -> Int {
    min(part.width, largestLetter) * min(part.height, largestLetter)
  }
}
