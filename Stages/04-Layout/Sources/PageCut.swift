import DocumentModel

/// Cuts a page into pieces that are read one after the other.
///
/// A recursive XY-cut led by whitespace: the tallest corridor that is a gutter parts its band into left and right; what
/// stands above and below it is cut by itself. No gutter, no cut.
struct PageCut {
  /// Segments that are read from top to bottom, and the column they stand in.
  struct Piece {
    var segments: [Segment]
    /// The strip between gutters; nil where the piece spans the page.
    let strip: BoundingBox?
  }

  private(set) var pieces: [Piece] = []
  /// The gutters that were used.
  private(set) var gutters: [BoundingBox] = []

  private let obstacles: [BoundingBox]
  private let rules: RuleIndex
  let rightToLeft: Bool
  let em: Double

  private static let leastWidth = 0.8  // em: narrower white is a river
  private static let tall = 20.0  // em: no river runs through so many rows
  private static let tallWidth = 0.45  // em: what pokes into a gutter leaves that much of it
  private static let ruledWidth = 0.3  // em: white on both sides of a drawn line
  private static let leastHeight = 3.2  // em: three rows
  private static let alongShare = 0.6  // of a side's rows
  static let otherRow = 0.5  // em
  private static let asideWidth = 0.5  // of the text's width, and of its lines'
  private static let titleSize = 1.5  // of all that stands beside it, and of its own text
  private static let asideSize = 0.12  // of the text's size: recognised sizes wander by less
  private static let asideLetters = 0.3  // of the text's letters
  private static let apart = 1.5  // em: between the pages of contents and the next column of them
  private static let mostEnds = 4  // corridors right of one: that of the pages is next to it
  private static let levelPages = 0.8  // of them, with their titles
  private static let deepest = 12  // cuts within the sides of cuts
  private static let mostCuts = 80  // on a page: a glossary has a band of columns for each letter
  private static let mostJudged = 24  // corridors looked at per cut: the tallest decide

  /// - Parameters:
  ///   - segments: of one turn, in the reading frame, sorted by top.
  ///   - obstacles: images and horizontal rules that no gutter crosses.
  init(
    _ segments: [Segment], obstacles: [BoundingBox], rules: RuleIndex, rightToLeft: Bool, lookForColumns: Bool
  ) {
    self.obstacles = obstacles
    self.rules = rules
    self.rightToLeft = rightToLeft
    em = Self.usualSize(segments)
    if lookForColumns, let byline = BylineGrid(segments, obstacles: obstacles, em: em) {
      // By identity, for a tall letter may stand beside the grid without being of it.
      let taken = Set(byline.bands.joined().joined().map { $0.words[0] })
      let rest = segments.filter { !taken.contains($0.words[0]) }
      let middle = (byline.top + byline.bottom) / 2
      cut(rest.filter { $0.box.midY < middle }, strip: nil, depth: 0)
      for stack in byline.bands.flatMap({ rightToLeft ? $0.reversed() : $0 }) {
        pieces.append(Piece(segments: stack, strip: nil))
      }
      cut(rest.filter { $0.box.midY >= middle }, strip: nil, depth: 0)
    } else if lookForColumns {
      cut(segments, strip: nil, depth: 0)
    } else if !segments.isEmpty {
      pieces = [Piece(segments: segments, strip: nil)]
    }
  }

  private mutating func cut(_ segments: [Segment], strip: BoundingBox?, depth: Int) {
    guard !segments.isEmpty else { return }
    guard depth < Self.deepest, gutters.count < Self.mostCuts, let gutter = gutter(in: segments) else {
      pieces.append(Piece(segments: segments, strip: strip))
      return
    }
    gutters.append(gutter)
    var above: [Segment] = []
    var below: [Segment] = []
    var left: [Segment] = []
    var right: [Segment] = []
    for segment in segments {
      if segment.box.midY < gutter.top {
        above.append(segment)
      } else if segment.box.midY > gutter.bottom {
        below.append(segment)
      } else if segment.box.midX < gutter.midX {
        left.append(segment)
      } else {
        right.append(segment)
      }
    }
    let heading =
      rightToLeft
      ? headingBelow(&right, beside: left, above: below, gutter)
      : headingBelow(&left, beside: right, above: below, gutter)
    below = heading + below
    above +=
      rightToLeft
      ? restAbove(&right, beside: left, below: above, gutter) : restAbove(&left, beside: right, below: above, gutter)
    cut(above, strip: strip, depth: depth)
    for side in Self.ordered(left, right, rightToLeft: rightToLeft) {
      cut(side, strip: side.lazy.map(\.box).union(), depth: depth + 1)
    }
    cut(below, strip: strip, depth: depth)
  }

  /// From the reading side; but a narrow side-bar with little text is read after the text it stands beside, and a narrow
  /// box beside the page's title after that.
  private static func ordered(_ left: [Segment], _ right: [Segment], rightToLeft: Bool) -> [[Segment]] {
    let (first, second) = rightToLeft ? (right, left) : (left, right)
    return isAside(first, of: second) || isBesideTitle(first, second) ? [second, first] : [first, second]
  }

  private static func isBesideTitle(_ side: [Segment], _ text: [Segment]) -> Bool {
    guard let own = side.lazy.map(\.box).union(), let main = text.lazy.map(\.box).union(), let head = text.first,
      let largest = side.map(\.size).max()
    else { return false }
    return own.width < asideWidth * main.width && head.size >= titleSize * max(largest, usualSize(text))
      && head.box.top <= own.top
  }

  private static func isAside(_ side: [Segment], of text: [Segment]) -> Bool {
    guard let own = side.lazy.map(\.box).union(), let main = text.lazy.map(\.box).union() else { return false }
    let letters = side.reduce(0) { $0 + $1.letters }
    let others = text.reduce(0) { $0 + $1.letters }
    guard own.width < asideWidth * main.width, Double(letters) < asideLetters * Double(others) else { return false }
    // The first of several columns may end early; it is as wide as they are, and of the same type.
    let sizes = (usualSize(side), usualSize(text))
    return own.width < asideWidth * lineWidth(text) || abs(sizes.0 - sizes.1) >= asideSize * sizes.1
  }

  /// The width of the line that the middle letter stands in: that of a column, however many there are.
  private static func lineWidth(_ text: [Segment]) -> Double {
    let lines = text.map { ($0.box.width, $0.letters) }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    let half = lines.reduce(0) { $0 + $1.1 } / 2
    var seen = 0
    for (width, letters) in lines {
      seen += letters
      if seen >= half { return width }
    }
    return 0
  }

  private func gutter(in segments: [Segment]) -> BoundingBox? {
    let boxes = segments.filter(\.isLevel).map(\.box)
    guard boxes.count >= 6, let bounds = boxes.union() else { return nil }
    let within = (obstacles + ItemRows.bands(segments)).filter { $0.intersects(bounds) }
    let all = (boxes + within).sorted { ($0.top, $0.left, $0.right) < ($1.top, $1.left, $1.right) }
    let corridors = CorridorSweep.corridors(
      among: all, in: bounds, leastWidth: Self.ruledWidth * em, leastHeight: Self.leastHeight * em)
    var judged = 0
    for corridor in corridors {
      guard judged < Self.mostJudged else { return nil }
      let ruled = hasRule(along: corridor)
      let least = corridor.height > Self.tall * em ? Self.tallWidth : Self.leastWidth
      guard ruled || corridor.width >= least * em else { continue }
      judged += 1
      let judged = judge(corridor, ruled: ruled, segments, corridors)
      if judged.isGutter { return judged.extent }
    }
    return nil
  }

  private func judge(_ corridor: BoundingBox, ruled: Bool, _ segments: [Segment], _ all: [BoundingBox]) -> GutterJudge {
    let beside = segments.filter { $0.box.midY >= corridor.top && $0.box.midY <= corridor.bottom }
    var left = beside.filter { $0.box.midX < corridor.midX }
    var right = beside.filter { $0.box.midX > corridor.midX }
    // The sides reach to the next corridor that runs along most of their text; below a column that ends early the gaps
    // of its last line run on through white.
    let leftRows = rows(left)
    let rightRows = rows(right)
    if !left.isEmpty {
      let ends = all.filter { $0.right < corridor.left - 2 * em && isAlong($0, leftRows) }.map(\.right)
      if let end = ends.max() {
        // The pages at the end of contents have their titles before them.
        let isPages = ColumnSide(left.filter { $0.box.midX > end }).isNumbers
        let next = isPages ? ends.filter { $0 < end - 2 * em }.max() : end
        if let next { left.removeAll { $0.box.midX <= next } }
      }
    }
    if !right.isEmpty {
      let ends = all.filter { $0.left > corridor.right && isAlong($0, rightRows) }.sorted { $0.left < $1.left }
      // The pages of contents beside more of them are a narrow column of their own: level with their titles, and apart
      // from what follows, as the numbers of a listing's lines are not.
      let pages = ends.prefix(Self.mostEnds).first { end in
        let between = ColumnSide(right.filter { $0.box.midX < end.left })
        return between.isNumbers && end.width >= Self.apart * em
          && between.levelShare(with: ColumnSide(left)) >= Self.levelPages
      }
      let end = (pages ?? ends.first { $0.left > corridor.right + 2 * em })?.left
      if let end { right.removeAll { $0.box.midX >= end } }
    }
    return GutterJudge(left: ColumnSide(left), right: ColumnSide(right), corridor: corridor, ruled: ruled)
  }

  /// The heights of the rows, sorted; the cells of a table's row count once.
  func rows(_ segments: [Segment]) -> [Double] {
    var rows: [Double] = []
    for height in segments.map(\.box.midY).sorted() where rows.last.map({ height - $0 > Self.otherRow * em }) ?? true {
      rows.append(height)
    }
    return rows
  }

  /// - Parameter rows: of a side; white below a column that ends early is not beside it.
  private func isAlong(_ corridor: BoundingBox, _ rows: [Double]) -> Bool {
    guard corridor.width >= Self.leastWidth * em else { return false }
    let beside = rows.countBelow(corridor.bottom) - rows.countBelow(corridor.top)
    return Double(beside) >= Self.alongShare * Double(rows.count)
  }

  private func hasRule(along corridor: BoundingBox) -> Bool {
    rules.verticals.contains { rule in
      rule.position > corridor.left - 1 && rule.position < corridor.right + 1
        && min(rule.end, corridor.bottom) - max(rule.start, corridor.top) >= 0.7 * corridor.height
    }
  }

  /// The size that most letters have, in points.
  private static func usualSize(_ segments: [Segment]) -> Double {
    let bySize = segments.map { ($0.size, $0.letters) }.sorted { $0.0 < $1.0 }
    let half = bySize.reduce(0) { $0 + $1.1 } / 2
    var seen = 0
    for (size, letters) in bySize {
      seen += letters
      if seen >= half { return max(size, 1) }
    }
    return 10
  }
}

extension [Double] {
  /// How many of the sorted values are lower than one.
  fileprivate func countBelow(_ value: Double) -> Int { partitioningIndex { $0 >= value } }
}
