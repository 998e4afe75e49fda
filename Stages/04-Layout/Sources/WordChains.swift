import DocumentModel

/// Links words to their right-hand neighbours and so makes segments.
///
/// Every word looks only into the bands of the page that its own height covers: the work grows with the number of
/// words, not with its square.
struct WordChains {
  private let words: [PlacedWord]
  private let rules: RuleIndex
  private let bandHeight: Double
  private let firstBand: Int
  /// Per band: words by their left edge.
  private var bands: [[Int]]

  static let widestSpace = 0.6  // em: a justified line rarely has wider word spaces, a gutter is rarely narrower
  private static let levelTolerance = 0.25  // em: baselines of one line wander less
  private static let scriptGap = 0.35  // em: superscripts stand close to their word
  private static let scriptSize = 0.85  // of the neighbour: scripts are smaller
  private static let dropCapRatio = 1.8  // sizes: an initial spans two lines or more
  private static let dropCapGap = 1.0  // em of the small text beside an initial
  private static let kerning = 0.5  // em: how far boxes of neighbours may overlap
  // of the script's height lies beside the neighbour: mathematical boxes are rough
  private static let scriptOverlap = 0.3
  private static let candidatesPerBand = 64  // words looked at: more at one place is no text
  private static let mostBands = 4096  // bounds memory on pages of absurd height

  init(_ words: [PlacedWord], rules: RuleIndex) {
    self.words = words
    self.rules = rules
    let heights = words.map(\.box.height).sorted()
    let top = words.map(\.box.midY).min() ?? 0
    let bottom = words.map(\.box.midY).max() ?? 0
    let usual = heights.isEmpty ? 10 : max(heights[heights.count / 2], 2)
    bandHeight = max(usual, (bottom - top) / Double(Self.mostBands))
    firstBand = Int((top / bandHeight).rounded(.down))
    bands = Array(repeating: [], count: Int((bottom / bandHeight).rounded(.down)) - firstBand + 1)
    for (index, word) in words.enumerated() { bands[band(word.box.midY)].append(index) }
    for band in bands.indices { bands[band].sort { (words[$0].box.left, $0) < (words[$1].box.left, $1) } }
  }

  /// All words as segments, each word in exactly one; sorted by top, then left.
  func segments() -> [Segment] {
    var next = [Int?](repeating: nil, count: words.count)
    var previous = [(word: Int, cost: Double)?](repeating: nil, count: words.count)
    for index in words.indices {
      guard let found = nearest(to: index) else { continue }
      if let rival = previous[found.word], rival.cost <= found.cost { continue }
      if let rival = previous[found.word] { next[rival.word] = nil }
      next[index] = found.word
      previous[found.word] = (index, found.cost)
    }
    var segments: [Segment] = []
    for start in words.indices where previous[start] == nil {
      var chain = [start]
      while let following = next[chain[chain.count - 1]] { chain.append(following) }
      segments.append(Segment(words: chain, of: words))
    }
    return segments.sorted { ($0.box.top, $0.box.left, $0.words[0]) < ($1.box.top, $1.box.left, $1.words[0]) }
  }

  private func band(_ y: Double) -> Int {
    min(max(Int((y / bandHeight).rounded(.down)) - firstBand, 0), bands.count - 1)
  }

  private func nearest(to index: Int) -> (word: Int, cost: Double)? {
    let word = words[index]
    let reach = word.box.right + max(Self.widestSpace, Self.dropCapGap) * word.size
    var best: (word: Int, cost: Double)?
    for band in bands[band(word.box.top - bandHeight / 2)...band(word.box.bottom + bandHeight / 2)] {
      var at = firstPosition(in: band, after: word.box.left)
      var looked = 0
      while at < band.count, looked < Self.candidatesPerBand, words[band[at]].box.left <= reach {
        let other = band[at]
        at += 1
        looked += 1
        guard other != index, (words[other].box.left, other) > (word.box.left, index),
          let found = cost(from: word, to: words[other])
        else { continue }
        // What the source sets without a space is one word: the comma under a raised mark does not part it from its
        // name, nor the letter after the raised one of "LaTeX" that from the letter before.
        let cost = word.joinsNext && words[other].index == word.index + 1 ? 0 : found
        if let best, (best.cost, best.word) <= (cost, other) { continue }
        best = (other, cost)
      }
    }
    return best
  }

  /// The first word of the band whose left edge is not before `x`.
  private func firstPosition(in band: [Int], after x: Double) -> Int {
    var low = 0
    var high = band.count
    while low < high {
      let middle = (low + high) / 2
      if words[band[middle]].box.left < x { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// How badly two words fit as neighbours; nil where they are none.
  private func cost(from word: PlacedWord, to other: PlacedWord) -> Double? {
    let gap = other.box.left - word.box.right
    let small = min(word.size, other.size)
    let large = max(word.size, other.size)
    // A mark above a comma overlaps its word by the comma.
    guard gap >= -Self.kerning * large || other.box.midX > word.box.right else { return nil }
    let overlap = word.box.verticalOverlap(other.box)
    let offset: Double
    if word.letters <= 2, word.size >= Self.dropCapRatio * other.size, word.box.height > 1.5 * other.box.height {
      guard gap <= Self.dropCapGap * small, overlap > other.box.height / 2 else { return nil }
      offset = abs(word.box.top - other.box.top)
    } else if word.offset(from: other) <= Self.levelTolerance * small, overlap > 0 {
      guard gap <= Self.widestSpace * (small + large) / 2 else { return nil }
      offset = word.offset(from: other)
    } else if small <= Self.scriptSize * large, gap <= Self.scriptGap * large {
      guard overlap >= Self.scriptOverlap * min(word.box.height, other.box.height) else { return nil }
      offset = abs(word.baseline - other.baseline)
    } else {
      return nil
    }
    if rules.hasVertical(between: word.box.right, and: other.box.left, atY: other.box.midY) { return nil }
    return abs(gap) + 2 * offset
  }
}
