import DocumentModel

/// The rows of a page of running text with one left edge.
struct MarginLines {
  /// The segments of each line within the text's edges, left to right; never empty.
  private(set) var lines: [[Segment]] = []
  /// What stands outside all of the text, from top to bottom.
  private(set) var left: [Segment] = []
  private(set) var right: [Segment] = []
  let edges: (left: Double, right: Double)
  private let placed: [PlacedWord]
  private let em: Double
  private let pitch: Double

  private static let leastLines = 6
  private static let sameRow = 0.3  // em
  private static let sameEdge = 0.3  // em
  private static let level = 0.15  // em: what smaller type on the same line differs by
  private static let leastGap = 0.5  // em between a note and the text
  private static let longLine = 12.0  // em: shorter may be anything
  private static let ofOneEdge = 0.4  // of the long lines begin at one x
  private static let widestIndent = 3.0  // em
  private static let samePitch = 0.15  // of the distance of lines
  private static let sameSize = 0.1  // of the size
  private static let letters = 0.5  // em above the baseline
  private static let space = 0.2  // em: the narrowest between words

  init?(_ segments: [Segment], placed: [PlacedWord], em: Double) {
    (self.placed, self.em) = (placed, em)
    let long = segments.filter { $0.isLevel && $0.box.width >= Self.longLine * em }
    guard long.count >= Self.leastLines, let outer = long.lazy.map(\.box).union(),
      let start = Self.mode(long.map(\.box.left), em), Double(start.count) >= Self.ofOneEdge * Double(long.count)
    else { return nil }
    let ends = long.filter { abs($0.box.left - start.value) <= Self.sameEdge * em }.map(\.box.right)
    guard let end = Self.mode(ends, em) else { return nil }
    let isJustified = Double(end.count) >= Self.ofOneEdge * Double(ends.count)
    let edges = (left: start.value, right: isJustified ? end.value : ends.max() ?? end.value)
    self.edges = edges
    let slack = Self.sameEdge * em
    for row in Self.rows(segments, em) {
      left += row.filter { $0.box.right <= outer.left - Self.leastGap * em }
      right += row.filter { $0.box.left >= outer.right + Self.leastGap * em }
      let text = row.filter { $0.box.right >= edges.left - slack && $0.box.left <= edges.right + slack }
      if !text.isEmpty { lines.append(text) }
    }
    let steps = zip(lines, lines.dropFirst()).map { $1[0].baseline - $0[0].baseline }.sorted()
    guard lines.count >= Self.leastLines else { return nil }
    pitch = steps[steps.count / 2]
  }

  /// The lines whose letters stand at the height of a note.
  func beside(_ note: BoundingBox) -> Range<Int> {
    let first = lines.partitioningIndex { $0[0].baseline >= note.top }
    let end = lines.partitioningIndex { $0[0].baseline - Self.letters * em > note.bottom }
    return first..<max(first, end)
  }

  /// Whether a note stands on a line of the text.
  func isLevel(_ note: Segment, with at: Int) -> Bool { abs(note.baseline - lines[at][0].baseline) <= Self.level * em }

  /// Whether a line is as far below the one before as lines usually are.
  func isNext(_ at: Int) -> Bool {
    at > 0 && abs(lines[at][0].baseline - lines[at - 1][0].baseline - pitch) <= Self.samePitch * pitch
  }

  /// Whether a line goes on from the one before: flush left, close to it, and without room for its first word there.
  func goesOn(at: Int) -> Bool {
    guard lines.indices.contains(at), isNext(at), abs(start(at) - edges.left) <= Self.sameEdge * em,
      start(at - 1) - edges.left <= Self.widestIndent * em, !isCode(at), !isCode(at - 1),
      let last = lines[at - 1].last?.words.last, !placed[last].endsInStop,
      let first = lines[at].first
    else { return false }
    let end = lines[at - 1].map(\.box.right).max() ?? 0
    return end + Self.space * em + Self.opening(of: first.words, placed) > edges.right
  }

  /// How wide the first word of a line is, with what the source sets to it without a space.
  static func opening(of words: [Int], _ placed: [PlacedWord]) -> Double {
    guard let first = words.first else { return 0 }
    let end = words.first { !placed[$0].joinsNext } ?? first
    return placed[end].box.right - placed[first].box.left
  }

  /// Whether a line is set in the text's size, as no heading is.
  func isText(_ at: Int) -> Bool { abs(lines[at][0].size - em) <= Self.sameSize * em }

  /// Whether a line ends where justified lines do.
  func isFull(_ at: Int) -> Bool {
    abs((lines[at].map(\.box.right).max() ?? 0) - edges.right) <= Self.sameEdge * em
  }

  private func start(_ at: Int) -> Double { lines[at][0].box.left }

  private func isCode(_ at: Int) -> Bool { lines[at].allSatisfy(\.monospaced) }

  private static func rows(_ segments: [Segment], _ em: Double) -> [[Segment]] {
    var rows: [[Segment]] = []
    for segment in segments.sorted(by: { ($0.baseline, $0.box.left) < ($1.baseline, $1.box.left) }) {
      if let last = rows.last?.first, segment.baseline - last.baseline <= sameRow * em {
        rows[rows.count - 1].append(segment)
      } else {
        rows.append([segment])
      }
    }
    return rows.map { $0.sorted { $0.box.left < $1.box.left } }
  }

  /// The value that most others are close to, and how many.
  private static func mode(_ values: [Double], _ em: Double) -> (value: Double, count: Int)? {
    let sorted = values.sorted()
    var best: (value: Double, count: Int)?
    var first = 0
    for (at, value) in sorted.enumerated() {
      while value - sorted[first] > sameEdge * em { first += 1 }
      if at - first + 1 > best?.count ?? 0 { best = (sorted[(first + at) / 2], at - first + 1) }
    }
    return best
  }
}
