import DocumentModel

/// Finds the numbers that count a page's lines in its margin, as review copies and critical editions have them.
///
/// They count up by one step on an x of their own, all the way down the text that they stand beside. A listing numbers
/// its own rows only, a list and a table number what is not set as running text, and a footnote's mark touches it.
struct LineNumbers {
  /// Positions in the placed words, one list for each column of numbers, from top to bottom.
  private(set) var columns: [[Int]] = []

  private let words: [PlacedWord]
  /// Words that are no numbers, by their middle.
  private let text: [PlacedWord]
  private let middles: [Double]
  private let tallest: Double

  private static let aligned = 0.8  // points between edges of numbers of one column
  private static let steps = [1, 2, 3, 4, 5, 10]
  private static let mostMissed = 6  // numbers in a row that were not read, or stand by no line
  private static let leastNumbers = 5
  private static let leastSteps = 3  // numbers, where only some lines have one
  private static let strange = 0.15  // words in the way, for each number
  private static let nibble = 1.0  // points: how far a letter may reach into the numbers' column
  private static let reach = 6.0  // em between a number and its line
  private static let touching = 0.3  // em: a mark stands closer
  private static let beside = 0.5  // of the numbers have a line
  private static let leastSmallFromOne = 12  // numbers: slides count fewer items in small type
  private static let besideGrid = 0.05  // where they stand at one distance: they run on over pictures and empty lines
  private static let alone = 0.85  // of the numbers on their x
  private static let mostRows = 1.3  // for each number
  private static let mostRowsOfSmall = 2.0  // for each number in smaller type: formulas have none
  private static let otherRow = 0.5  // em
  private static let wander = 0.05  // of the distance
  private static let covered = 0.6  // of the words stand beside the numbers
  private static let coveredBesideOthers = 0.2
  private static let coveredFromOne = 0.8  // where they begin with one, as a listing does, unless prose is numbered
  private static let codeWords = 3  // words next to the number that tell code from text
  private static let mostLed = 0.2  // of the lines end in dots that lead to the number
  private static let sameSize = 0.1  // of the size
  private static let small = 0.85  // of the size of the text
  private static let justified = 0.4  // of the lines end at one edge
  private static let widestSpace = 1.8  // em between words of running text
  private static let unbroken = 0.7  // of the lines have no wider gap
  private static let leastWords = 4  // of a line in the middle of them: names of items are shorter
  private static let mostNumbers = 4_000  // a page: more is a table

  private let leaders: Set<Int>

  /// - Parameters:
  ///   - values: for each word the number it is, if it is one.
  ///   - leaders: the words, by their index in the page's, that are dots and no more: they lead to the page of an entry.
  init(_ words: [PlacedWord], values: [Int?], leaders: Set<Int>) {
    self.words = words
    self.leaders = leaders
    let numbers = words.indices.filter { values[$0] != nil }
    text = words.indices.filter { values[$0] == nil }.map { words[$0] }.sorted { $0.box.midY < $1.box.midY }
    middles = text.map(\.box.midY)
    let heights = text.map(\.box.height).sorted()
    tallest = heights.isEmpty ? 0 : 1.5 * heights[heights.count * 9 / 10]
    guard numbers.count >= Self.leastSteps, numbers.count <= Self.mostNumbers, !text.isEmpty else { return }
    let chains = [\BoundingBox.right, \BoundingBox.left].flatMap { clusters(numbers, $0) }
      .map { (chain: longestChain($0, values), cluster: $0) }
      .filter { isAlone($0.chain, in: $0.cluster) }.map(\.chain).sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
    // Where one column is numbered, the next may begin further down and be numbered all the same.
    var taken: Set<Int> = []
    for covered in [Self.covered, Self.coveredBesideOthers] where covered == Self.covered || !columns.isEmpty {
      for chain in chains
      where taken.isDisjoint(with: chain) && isLikeOthers(chain, values)
        && numbersLines(chain, values, covered: covered)
      {
        columns.append(chain)
        taken.formUnion(chain)
      }
    }
  }

  private func isLikeOthers(_ chain: [Int], _ values: [Int?]) -> Bool {
    guard let other = columns.first else { return true }
    return step(chain, values) == step(other, values)
      && abs(words[chain[0]].size - words[other[0]].size) <= Self.sameSize * words[other[0]].size
  }

  private func clusters(_ numbers: [Int], _ edge: KeyPath<BoundingBox, Double>) -> [[Int]] {
    var clusters: [[Int]] = []
    for index in numbers.sorted(by: { (words[$0].box[keyPath: edge], $0) < (words[$1].box[keyPath: edge], $1) }) {
      if let last = clusters.last?.last,
        words[index].box[keyPath: edge] - words[last].box[keyPath: edge] <= Self.aligned
      {
        clusters[clusters.count - 1].append(index)
      } else {
        clusters.append([index])
      }
    }
    return clusters.filter { $0.count >= Self.leastSteps }
  }

  /// The most numbers that count up by one step on the way down; few may be missing.
  private func longestChain(_ cluster: [Int], _ values: [Int?]) -> [Int] {
    let down = cluster.sorted { (words[$0].box.midY, $0) < (words[$1].box.midY, $1) }
    var best: [Int] = []
    for step in Self.steps {
      var ends: [Int: Int] = [:]  // by value: the last place it stands at
      var length = [Int](repeating: 1, count: down.count)
      var before = [Int?](repeating: nil, count: down.count)
      for (place, index) in down.enumerated() {
        guard let value = values[index] else { continue }
        for missed in 1...Self.mostMissed {
          guard let end = ends[value - step * missed], length[end] >= length[place] else { continue }
          (length[place], before[place]) = (length[end] + 1, end)
        }
        if let known = ends[value], length[known] >= length[place] { continue }
        ends[value] = place
      }
      guard let last = length.indices.max(by: { (length[$0], $1) < (length[$1], $0) }), length[last] > best.count else {
        continue
      }
      best = []
      var at: Int? = last
      while let place = at {
        best.append(down[place])
        at = before[place]
      }
      best.reverse()
    }
    return best
  }

  /// Whether hardly another number stands among them: pages in a table of contents come twice and leave gaps.
  private func isAlone(_ chain: [Int], in cluster: [Int]) -> Bool {
    guard let first = chain.first, let last = chain.last else { return false }
    let range = words[first].box.midY...words[last].box.midY
    let among = cluster.count { range.contains(words[$0].box.midY) }
    return Double(chain.count) >= Self.alone * Double(among)
  }

  private func step(_ chain: [Int], _ values: [Int?]) -> Int {
    zip(chain, chain.dropFirst()).compactMap { a, b in values[b].flatMap { next in values[a].map { next - $0 } } }.min()
      ?? 1
  }

  private func numbersLines(_ chain: [Int], _ values: [Int?], covered: Double) -> Bool {
    let step = step(chain, values)
    guard let first = chain.first.flatMap({ values[$0] }),
      chain.count >= (step == 1 ? Self.leastNumbers : Self.leastSteps),
      let strip = chain.lazy.map({ words[$0].box }).union()
    else { return false }
    let pitch = (words[chain[chain.count - 1]].box.midY - words[chain[0]].box.midY) / Double(chain.count - 1)
    let (top, bottom) = (lowerBound(strip.top - pitch), lowerBound(strip.bottom + pitch))
    let around = text[top..<bottom]
    // The first line may stand below the title and the names of the authors.
    let countsFromOne = step == 1 && first == 1
    guard Double(around.count) >= covered * Double(text.count - (countsFromOne ? top : 0)) else { return false }
    let own = strip.left + Self.nibble..<max(strip.right - Self.nibble, strip.left + Self.nibble + 0.1)
    let inTheWay = around.count { $0.box.left < own.upperBound && $0.box.right > own.lowerBound }
    guard Double(inTheWay) <= 1 + Self.strange * Double(chain.count) else { return false }
    let beside = isEven(chain, pitch) && step == 1 ? Self.besideGrid : Self.beside
    let isOfPage = !countsFromOne || Double(around.count) >= Self.coveredFromOne * Double(text.count)
    return [true, false].contains { isOnRight in
      let lines = chain.compactMap { line(beside: words[$0], textIsOnRight: isOnRight) }
      guard Double(lines.count) >= beside * Double(chain.count), !lines.isEmpty else { return false }
      let led = lines.count { ((isOnRight ? $0.first : $0.last)?.index).map(leaders.contains) ?? false }
      guard Double(led) <= Self.mostLed * Double(lines.count) else { return false }
      let monospaced = lines.count {
        (isOnRight ? $0.prefix(Self.codeWords) : $0.suffix(Self.codeWords)).allSatisfy(\.monospaced)
      }
      guard 2 * monospaced < lines.count else { return false }
      let isSmall = isSmall(chain, lines)
      guard step > 1 || numbersEach(chain, strip, around, textIsOnRight: isOnRight, isSmall: isSmall) else {
        return false
      }
      let areMany = !countsFromOne || chain.count >= Self.leastSmallFromOne
      return isOfPage && isSmall && areMany || isRunningText(lines)
    }
  }

  /// Whether there are not many more rows than numbers: the entries of a list have several.
  private func numbersEach(
    _ chain: [Int], _ strip: BoundingBox, _ around: ArraySlice<PlacedWord>, textIsOnRight: Bool, isSmall: Bool
  ) -> Bool {
    var rows = 0
    var last = -Double.infinity
    for word in around {
      let gap = textIsOnRight ? word.box.left - strip.right : strip.left - word.box.right
      guard gap > 0, gap <= Self.reach * word.size else { continue }
      if word.box.midY - last > Self.otherRow * word.size { rows += 1 }
      last = word.box.midY
    }
    return Double(rows) <= (isSmall ? Self.mostRowsOfSmall : Self.mostRows) * Double(chain.count)
  }

  /// Whether numbers stand at one distance, whatever stands beside them.
  private func isEven(_ chain: [Int], _ pitch: Double) -> Bool {
    zip(chain, chain.dropFirst()).allSatisfy { a, b in
      abs(words[b].box.midY - words[a].box.midY - pitch) <= Self.wander * pitch
    }
  }

  /// The words of the line beside a number, from left to right.
  private func line(beside number: PlacedWord, textIsOnRight: Bool) -> [PlacedWord]? {
    let y = number.box.midY
    let level = text[lowerBound(y - tallest)..<lowerBound(y + tallest)].prefix(Self.mostBeside)
      .filter { $0.box.top < y && $0.box.bottom > y }
    let side = level.filter { textIsOnRight ? $0.box.left > number.box.right : $0.box.right < number.box.left }
      .sorted { $0.box.left < $1.box.left }
    guard let nearest = textIsOnRight ? side.first : side.last else { return nil }
    let gap = textIsOnRight ? nearest.box.left - number.box.right : number.box.left - nearest.box.right
    // A superscript of the line is not the line.
    guard gap >= Self.touching * number.size, gap <= Self.reach * nearest.size else { return nil }
    return side
  }

  private static let mostBeside = 200  // words looked at beside a number: a line of print has thirty

  private func isSmall(_ chain: [Int], _ lines: [[PlacedWord]]) -> Bool {
    let sizes = lines.flatMap { $0.map(\.size) }.sorted()
    let own = chain.map { words[$0].size }.sorted()
    return own[own.count / 2] <= Self.small * sizes[sizes.count / 2]
  }

  /// Whether lines run without gaps to one edge: no list and no table does but one whose items have names of one length.
  private func isRunningText(_ lines: [[PlacedWord]]) -> Bool {
    let lengths = lines.map(\.count).sorted()
    guard lengths[lengths.count / 2] >= Self.leastWords else { return false }
    let whole = lines.count { line in
      zip(line, line.dropFirst()).allSatisfy { $1.box.left - $0.box.right <= Self.widestSpace * $0.size }
    }
    let ends = lines.compactMap { $0.last?.box.right }
    guard let edge = ends.max(), let size = lines.first?.first?.size else { return false }
    let full = ends.count { edge - $0 <= size }
    return Double(whole) >= Self.unbroken * Double(lines.count) && Double(full) >= Self.justified * Double(lines.count)
  }

  private func lowerBound(_ y: Double) -> Int { middles.partitioningIndex { $0 >= y } }
}
