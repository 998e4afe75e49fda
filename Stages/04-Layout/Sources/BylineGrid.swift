import DocumentModel

/// The names of several authors side by side under a title: stacks of centred lines, read one after the other.
///
/// They stand between the title and the first line that begins where the lines of the text begin; white parts the bands of
/// a grid, and its columns. What is not centred may be a form or a table, and stays as it is.
struct BylineGrid {
  /// From the top; in each band the stacks from left to right.
  private(set) var bands: [[[Segment]]] = []
  /// What the grid takes of the page's height.
  private(set) var top = 0.0
  private(set) var bottom = 0.0

  private static let titleSize = 1.2  // of the text's size
  private static let highest = 0.5  // of the height that the page's text takes: a title stands above
  private static let centred = 2.0  // em: how far the title's middle may be from the page's
  private static let axis = 0.6  // em: how far the middles of a stack's lines may be apart
  private static let longLine = 25  // letters: such lines tell where text begins
  private static let usualStart = 0.1  // of the long lines
  private static let sameStart = 1.0  // points
  private static let near = 8  // segments: two or three rows of stacks
  private static let stripe = 0.8  // em of white between bands: lines of a stack stand closer
  private static let columnGap = 1.0  // em of white between stacks
  private static let widestGap = 5.0  // em of white: more ends the grid
  private static let mostDigits = 0.25  // of the letters: streets and years have fewer
  private static let mostRows = 12  // of a stack
  private static let mostSegments = 200

  /// - Parameters:
  ///   - segments: of the whole page, sorted by top.
  ///   - em: the size that most letters have.
  init?(_ segments: [Segment], obstacles: [BoundingBox], em: Double) {
    guard let page = segments.lazy.map(\.box).union(),
      let title = segments.firstIndex(where: { $0.size >= Self.titleSize * em && $0.letters > 3 }),
      segments[title].box.midY < page.top + Self.highest * page.height
    else { return nil }
    let starts = Self.starts(of: segments)
    let below = segments[(title + 1)...].drop { $0.box.top < segments[title].box.bottom - em / 2 }
    var zone: [Segment] = []
    var end = segments[title].box.bottom
    for (place, segment) in zip(below.indices, below) {
      // A centred line may begin there too, but not two of them.
      let next = below[(place + 1)...].prefix(Self.near)
      let isText =
        !segment.isLevel
        || starts.contains { abs($0 - segment.box.left) <= Self.sameStart }
          && next.contains { abs($0.box.left - segment.box.left) <= Self.sameStart }
      let isBarred = obstacles.contains {
        $0.top >= end - em && $0.bottom <= segment.box.top + em && $0.width > page.width / 2
      }
      guard !isText, !isBarred, segment.box.top - end <= Self.widestGap * em, zone.count < Self.mostSegments else {
        break
      }
      zone.append(segment)
      end = max(end, segment.box.bottom)
    }
    self.init(zone: zone, middle: page.midX, em: em)
  }

  private init?(zone: [Segment], middle: Double, em: Double) {
    for band in Self.bands(of: zone).flatMap(Self.withoutHead) {
      let stacks = Self.stacks(of: band).map(Self.rows)
      // A line by itself is centred on the page; a heading of the first column below the grid is not.
      guard stacks.allSatisfy(Self.isCentred),
        stacks.count == 1
          ? stacks[0].contains(where: { abs($0.box.midX - middle) <= Self.centred * em })
          : stacks.allSatisfy(Self.isOfNames)
      else { break }
      bands.append(stacks.map { $0.flatMap(\.segments) })
    }
    // What stands in one stack over and under the grid is text like any other.
    bands = Array(bands.drop { $0.count == 1 })
    while bands.last?.count == 1 { bands.removeLast() }
    guard !bands.isEmpty, let box = bands.joined().joined().lazy.map(\.box).union()
    else { return nil }
    (top, bottom) = (box.top, box.bottom)
  }

  /// Where several long lines begin.
  private static func starts(of segments: [Segment]) -> [Double] {
    let lefts = segments.filter { $0.letters >= longLine }.map(\.box.left).sorted()
    var starts: [Double] = []
    var first = 0
    for index in lefts.indices {
      while lefts[index] - lefts[first] > sameStart { first += 1 }
      let count = index - first + 1
      guard count >= 2, Double(count) >= usualStart * Double(lefts.count) else { continue }
      if let last = starts.last, lefts[index] - last <= sameStart { continue }
      starts.append(lefts[index])
    }
    return starts
  }

  /// Parted by stripes of white, from the top.
  private static func bands(of zone: [Segment]) -> [[Segment]] {
    var bands: [[Segment]] = []
    var bottom = -Double.infinity
    for segment in zone {
      if bands.isEmpty || segment.box.top - bottom >= stripe * segment.size { bands.append([]) }
      bands[bands.count - 1].append(segment)
      bottom = max(bottom, segment.box.bottom)
    }
    return bands
  }

  /// Parted by white from the band's top to its bottom, from the left.
  private static func stacks(of band: [Segment]) -> [[Segment]] {
    var stacks: [[Segment]] = []
    var right = -Double.infinity
    for segment in band.sorted(by: { ($0.box.left, $0.box.top) < ($1.box.left, $1.box.top) }) {
      if segment.box.left - right >= columnGap * segment.size { stacks.append([]) }
      stacks[stacks.count - 1].append(segment)
      right = max(right, segment.box.right)
    }
    return stacks.map { $0.sorted { ($0.box.top, $0.box.left) < ($1.box.top, $1.box.left) } }
  }

  /// A name over stacks of its own makes a band: one author of two houses.
  private static func withoutHead(_ band: [Segment]) -> [[Segment]] {
    let rows = rows(of: band)
    for head in 0...mostHead where head < rows.count {
      let rest = rows[head...].flatMap(\.segments)
      let stacks = stacks(of: rest).map(Self.rows)
      guard stacks.count > 1, stacks.allSatisfy({ isOfNames($0) && isCentred($0) }) else { continue }
      return head == 0 ? [band] : [rows[..<head].flatMap(\.segments), rest]
    }
    return [band]
  }

  private static let mostHead = 3  // rows

  private static func rows(of stack: [Segment]) -> [(segments: [Segment], box: BoundingBox)] {
    var rows: [(segments: [Segment], box: BoundingBox)] = []
    for segment in stack.sorted(by: { ($0.baseline, $0.box.left) < ($1.baseline, $1.box.left) }) {
      if let last = rows.last, last.box.verticalOverlap(segment.box) > segment.box.height / 2 {
        rows[rows.count - 1].segments.append(segment)
        rows[rows.count - 1].box = last.box.union(segment.box)
      } else {
        rows.append(([segment], segment.box))
      }
    }
    return rows
  }

  /// Whether a stack has several lines, of words and without gaps.
  private static func isOfNames(_ rows: [(segments: [Segment], box: BoundingBox)]) -> Bool {
    let all = rows.flatMap(\.segments)
    let digits = all.reduce(0) { $0 + $1.digits }
    return rows.count > 1 && Double(all.count) <= mostPieces * Double(rows.count)
      && Double(digits) <= mostDigits * Double(all.reduce(0) { $0 + $1.letters })
  }

  private static let mostPieces = 1.5  // for each line: a raised mark may stand apart

  private static func isCentred(_ rows: [(segments: [Segment], box: BoundingBox)]) -> Bool {
    let size = rows.first?.segments.first?.size ?? 0
    guard let low = rows.map(\.box.midX).min(), let high = rows.map(\.box.midX).max(), rows.count <= mostRows else {
      return false
    }
    return high - low <= 2 * axis * size
  }
}
