import Leptonica

/// The grey levels of a page: how dark its ink and its paper are, and how evenly it is lit.
struct GreyLevels {
  /// The grey of the paper, 255 is white: what most of the lighter pixels have.
  let paper: Int
  /// The grey of the ink: the mean of what lies below the threshold.
  let ink: Int
  /// The level that parts ink from paper best, by Otsu's method.
  let threshold: Int
  /// How much the paper's grey differs between the page's parts.
  let unevenness: Int
  /// The share of pixels that are neither paper nor ink: none in a black-and-white scan.
  let between: Double

  private static let step = 3  // pixels: every third of every third row is enough for a histogram
  private static let tiles = 8  // each way
  private static let paperRank = 0.9  // of a tile's pixels: text covers less than half of any tile

  /// - Parameter row: gives a row's pixels, one byte each.
  init(width: Int, height: Int, row: (Int) -> UnsafeRawBufferPointer) {
    var whole = [Int](repeating: 0, count: 256)
    var parts = [[Int]](repeating: [Int](repeating: 0, count: 256), count: Self.tiles * Self.tiles)
    let columns = (0..<Self.tiles).map { ($0 * width / Self.tiles, ($0 + 1) * width / Self.tiles) }
    for y in stride(from: 0, to: height, by: Self.step) {
      let pixels = row(y)
      let band = y * Self.tiles / height * Self.tiles
      for (tile, span) in columns.enumerated() {
        parts[band + tile].withUnsafeMutableBufferPointer { histogram in
          for x in stride(from: span.0, to: span.1, by: Self.step) { histogram[Int(pixels[x])] += 1 }
        }
      }
    }
    for part in parts { for level in 0..<256 { whole[level] += part[level] } }
    let histogram = whole
    // Black borders and pictures fill whole tiles; text fills a part of many: each tile that holds some has a vote.
    // The outer ring, where scanners leave their borders, is only heard where the rest is silent.
    let inner = parts.indices.filter { Self.isInner($0) }.compactMap { Self.vote(parts[$0]) }
    let heard = inner.count >= Self.leastVotes ? inner : parts.compactMap(Self.vote)
    let votes = heard.sorted { $0.threshold < $1.threshold }
    let threshold = votes.isEmpty ? Self.otsu(histogram) : votes[votes.count / 2].threshold
    self.threshold = threshold
    let inks = votes.map(\.ink).sorted()
    let papers = parts.map { Self.level($0, rank: Self.paperRank) }.sorted()
    // The darkest and the lightest eighth may be pictures or margins.
    let margin = papers.count / 8
    unevenness = papers[papers.count - 1 - margin] - papers[margin]
    let light = (threshold..<256).max { (histogram[$0], $0) < (histogram[$1], $1) }
    let paper = light ?? 255
    self.paper = paper
    ink = inks.isEmpty ? Self.mean(histogram, 0..<threshold) ?? paper : inks[inks.count / 2]
    let total = histogram.reduce(0, +)
    between = total == 0 ? 0 : Double(histogram[16..<240].reduce(0, +)) / Double(total)
  }

  init(_ image: RasterImage) throws {
    let width = image.width
    self = try image.greyPixels().withUnsafeBytes { pixels in
      GreyLevels(width: width, height: image.height) { row in
        UnsafeRawBufferPointer(rebasing: pixels[(row * width)..<((row + 1) * width)])
      }
    }
  }

  private static let leastVotes = 3  // tiles: fewer may be specks

  private static func isInner(_ tile: Int) -> Bool {
    let ring = [0, tiles - 1]
    return !ring.contains(tile / tiles) && !ring.contains(tile % tiles)
  }

  private static let inkShares = 0.003...0.45  // of a tile's pixels: what text covers
  private static let leastContrast = 24  // grey levels between ink and paper: below it there is only grain

  /// What a tile says of ink and threshold; nil where it holds no text.
  private static func vote(_ histogram: [Int]) -> (threshold: Int, ink: Int)? {
    let threshold = otsu(histogram)
    guard let ink = mean(histogram, 0..<threshold), let paper = mean(histogram, threshold..<256) else { return nil }
    let share = Double(histogram[..<threshold].reduce(0, +)) / Double(histogram.reduce(0, +))
    guard paper - ink >= leastContrast, inkShares.contains(share) else { return nil }
    return (threshold, ink)
  }

  private static func mean(_ histogram: [Int], _ levels: Range<Int>) -> Int? {
    let count = histogram[levels].reduce(0, +)
    return count == 0 ? nil : levels.reduce(0) { $0 + $1 * histogram[$1] } / count
  }

  private static func level(_ histogram: [Int], rank: Double) -> Int {
    let total = histogram.reduce(0, +)
    var seen = 0
    for (level, count) in histogram.enumerated() {
      seen += count
      if Double(seen) > rank * Double(total) { return level }
    }
    return 255
  }

  /// The level with the greatest variance between the two classes; the middle of the range where several share it.
  private static func otsu(_ histogram: [Int]) -> Int {
    let total = Double(histogram.reduce(0, +))
    let sum = histogram.indices.reduce(0.0) { $0 + Double($1 * histogram[$1]) }
    var (count, below) = (0.0, 0.0)
    var (best, first, last) = (-1.0, 128, 128)
    for level in 0..<255 {
      count += Double(histogram[level])
      below += Double(level * histogram[level])
      guard count > 0, count < total else { continue }
      let difference = below / count - (sum - below) / (total - count)
      let variance = count * (total - count) * difference * difference
      if variance > best {
        (best, first, last) = (variance, level + 1, level + 1)
      } else if variance == best {
        last = level + 1
      }
    }
    return (first + last) / 2
  }
}
