import DocumentModel

/// Finds stretches of a page whose lines keep to common left edges with white before them: columns whose cells may hold
/// several lines, stand in the middle of their rows, and be no farther from each other than words are.
enum WrappedAreas {
  struct Area {
    /// Printed lines from top to bottom, each from left to right.
    let lines: [[TableWord]]
    /// x of the left edges of columns but the first, ascending.
    let stops: [Double]
  }

  /// A left edge, and the first and last line of those that keep to it.
  private struct Stop {
    let x: Double
    let first: Int
    let last: Int
    let starts: Int
  }

  private static let sameEdge = 0.8  // points
  private static let leastStarts = 3  // lines that begin at an edge
  private static let mostStops = 64  // edges looked at, those of most lines first
  private static let mostRuns = 128  // stretches of lines at edges: each is compared with each
  private static let farthestStart = 6.0  // ems between two lines at one edge
  private static let longestCell = 40.0  // ems, where another cell goes on beside
  private static let leastWhite = 0.1  // ems before an edge
  private static let wideSpace = 1.35  // of an ordinary space: words that stand under words have no more before them
  private static let veryWideSpace = 3.5  // the same, before some: justified lines stretch their spaces
  private static let space = 0.27  // ems, in common type
  private static let fixedSpace = 0.6  // ems, where both neighbours are in fixed-width type
  private static let whiteAbove = 1.2, whiteBelow = 0.5  // ems to a line that has no word at an edge
  private static let apart = 0.5  // ems between two edges

  /// - Parameter words: of the page or of one of its columns.
  static func areas(_ words: [TableWord]) -> [Area] {
    let lines = TextRow.rows(of: words, wordGap: .infinity).map(\.words)
    guard lines.count >= leastStarts, let em = words.map(\.size).median else { return [] }
    let stops = stops(lines, em: em)
    var found: [(lines: ClosedRange<Int>, stops: [Double])] = []
    for seed in stops where !found.contains(where: { $0.lines.overlaps(seed.first...seed.last) }) {
      var kept = [seed]
      for stop in stops where !kept.contains(where: { abs($0.x - stop.x) < apart * em }) {
        let common = min(seed.last, stop.last) - max(seed.first, stop.first) + 1
        if 2 * common >= seed.last - seed.first + 1 { kept.append(stop) }
      }
      let edges = kept.map(\.x).sorted()
      found.append((extended(common(kept), lines, edges, em: em), edges))
    }
    return found.map { Area(lines: Array(lines[$0.lines]), stops: $0.stops) }
      // The entries of a chapter are no lines of one cell.
      .filter { !ContentsPages($0.lines).areContents() }
  }

  /// The lines that most of the edges reach over, about those of the first.
  private static func common(_ stops: [Stop]) -> ClosedRange<Int> {
    let firsts = stops.map(\.first).sorted(), lasts = stops.map(\.last).sorted()
    let first = firsts[firsts.count / 2], last = lasts[(lasts.count - 1) / 2]
    return first < last ? first...last : stops[0].first...stops[0].last
  }

  private static func stops(_ lines: [[TableWord]], em: Double) -> [Stop] {
    var starts: [(x: Double, line: Int, gap: Double, before: Double)] = []
    for (index, line) in lines.enumerated() {
      for (position, word) in line.enumerated() {
        guard position > 0 else {
          starts.append((word.box.left, index, .infinity, -.infinity))
          continue
        }
        let before = line[position - 1]
        let gap = word.box.left - before.box.right
        if before.joinsNext, gap < leastWhite * em { continue }
        let usual = (before.monospaced && word.monospaced ? fixedSpace : space) * word.size
        starts.append((word.box.left, index, gap / max(usual, 0.1), before.box.right))
      }
    }
    starts.sort { ($0.x, $0.line) < ($1.x, $1.line) }
    var edges: [ArraySlice<(x: Double, line: Int, gap: Double, before: Double)>] = []
    var first = 0
    while first < starts.count {
      var end = first + 1
      while end < starts.count, starts[end].x - starts[first].x <= sameEdge { end += 1 }
      if end - first >= leastStarts { edges.append(starts[first..<end]) }
      first = end
    }
    edges.sort { ($0.count, $1[$1.startIndex].x) > ($1.count, $0[$0.startIndex].x) }
    return edges.prefix(mostStops).flatMap { stops($0, lines, em: em) }
      .sorted { ($0.starts, $1.x, $1.first) > ($1.starts, $0.x, $0.first) }.prefix(mostRuns).map { $0 }
  }

  /// The stretches of lines that keep to one edge: no word stands across it.
  private static func stops(
    _ edge: ArraySlice<(x: Double, line: Int, gap: Double, before: Double)>, _ lines: [[TableWord]], em: Double
  ) -> [Stop] {
    guard let x = edge.first?.x else { return [] }
    var starts: [Int: (gap: Double, before: Double)] = [:]
    for start in edge { starts[start.line] = (start.gap, start.before) }
    var stops: [Stop] = []
    var run: [Int] = []
    var beside = 0  // lines from the run's first one on with a word left of the edge
    var besideRun = 0  // those up to its last one
    func close() {
      if let first = run.first, let last = run.last, run.count >= leastStarts, besideRun >= 2,
        isEdge(run.compactMap { starts[$0] })
      {
        stops.append(Stop(x: x, first: first, last: last, starts: run.count))
      }
      (run, beside, besideRun) = ([], 0, 0)
    }
    for (index, line) in lines.enumerated() {
      guard isFree(line, [x], em: em) else {
        close()
        continue
      }
      if starts[index] != nil {
        if let last = run.last, top(line) - top(lines[last]) > farthestStart * em,
          !isLongCell(lines[last...index], em: em)
        {
          close()
        }
        run.append(index)
      }
      if !run.isEmpty, line.contains(where: { $0.box.right <= x }) { beside += 1 }
      if run.last == index { besideRun = beside }
    }
    close()
    return stops
  }

  /// Whether lines follow each other without much white: a cell beside shorter ones.
  private static func isLongCell(_ lines: ArraySlice<[TableWord]>, em: Double) -> Bool {
    top(lines[lines.endIndex - 1]) - top(lines[lines.startIndex]) <= longestCell * em
      && zip(lines, lines.dropFirst()).allSatisfy { top($1) - bottom($0) <= whiteAbove * em }
  }

  private static let raggedStarts = 5, raggedEnds = 3  // lines, and different ends of what stands before them
  private static let commonEnd = 0.6  // of the lines: words that stand under equal words have the same before them

  /// Whether what begins at one x begins there for itself: with more than a space before it, or whatever stands before it.
  private static func isEdge(_ starts: [(gap: Double, before: Double)]) -> Bool {
    let wide = starts.count { $0.gap > wideSpace }, veryWide = starts.count { $0.gap > veryWideSpace }
    if 2 * wide >= starts.count, 3 * veryWide >= starts.count { return true }
    guard starts.count >= raggedStarts else { return false }
    let ends = starts.map(\.before).sorted()
    var (different, longest, run) = (1, 1, 1)
    for (a, b) in zip(ends, ends.dropFirst()) {
      run = a == b || b - a <= sameEdge ? run + 1 : 1
      if run == 1 { different += 1 }
      longest = max(longest, run)
    }
    return different >= raggedEnds && Double(longest) <= commonEnd * Double(starts.count)
  }

  private static func isFree(_ line: [TableWord], _ edges: [Double], em: Double) -> Bool {
    !line.contains { word in
      edges.contains { word.box.left < $0 - 0.1 && word.box.right > $0 - leastWhite * em }
    }
  }

  /// The lines with those above and below that leave white before every edge: names in the middle of columns, or set off
  /// from what they name; last lines of cells.
  private static func extended(
    _ range: ClosedRange<Int>, _ lines: [[TableWord]], _ edges: [Double], em: Double
  ) -> ClosedRange<Int> {
    var (first, last) = (range.lowerBound, range.upperBound)
    var white = edges.map { edge in
      let ends = lines[range].joined().lazy.map(\.box.right).filter { $0 <= edge }
      return max(ends.max() ?? edge - em, edge - wideWhite * em)...edge
    }
    while first > 0, top(lines[first]) - bottom(lines[first - 1]) < whiteAbove * em,
      narrow(&white, by: lines[first - 1], em: em)
    { first -= 1 }
    while last + 1 < lines.count, top(lines[last + 1]) - bottom(lines[last]) < whiteBelow * em,
      narrow(&white, by: lines[last + 1], em: em)
    { last += 1 }
    return first...last
  }

  private static let wideWhite = 3.0  // ems before an edge that a line may reach into

  /// Takes what a line leaves of the white before each edge; false where it leaves none.
  private static func narrow(_ white: inout [ClosedRange<Double>], by line: [TableWord], em: Double) -> Bool {
    var left = white
    for (index, range) in white.enumerated() {
      var (low, high) = (range.lowerBound, range.upperBound)
      for word in line where word.box.right > low && word.box.left < high {
        if word.box.midX < (range.lowerBound + range.upperBound) / 2, word.box.right < range.upperBound {
          low = max(low, word.box.right)
        } else if word.box.left >= range.lowerBound {
          high = min(high, word.box.left)
        } else {
          return false
        }
      }
      guard high - low >= leastWhite * em else { return false }
      left[index] = low...high
    }
    white = left
    return true
  }

  private static func top(_ line: [TableWord]) -> Double { line.lazy.map(\.box.top).min() ?? 0 }
  private static func bottom(_ line: [TableWord]) -> Double { line.lazy.map(\.box.bottom).max() ?? 0 }
}
