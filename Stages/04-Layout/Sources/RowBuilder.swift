import DocumentModel

/// Segments of one piece that stand on the same height, left to right.
struct Row {
  var segments: [Segment]
  /// Of the segment with the most letters.
  var baseline: Double
  var size: Double
  var letters: Int

  var box: BoundingBox {
    segments.lazy.map(\.box).union() ?? BoundingBox(left: 0, top: 0, right: 0, bottom: 0)
  }
}

/// Gathers segments into rows by baseline, tolerant of scripts and mixed sizes.
enum RowBuilder {
  private static let levelTolerance = 0.3  // em: further apart is another row, or a script
  private static let bulletTolerance = 0.5  // em: half of what parts the baselines of the closest lines
  private static let coreShare = 0.6  // of the smaller core: scripts stand beside the letters of their row
  private static let scriptSize = 0.85  // of the row's size
  private static let scriptContrast = 1.2  // sizes: a letter that stands between two words is as large as they are
  private static let scriptGap = 1.3  // em between a script and its neighbour: a small sign may stand between them
  private static let longestMark = 6  // letters: a mark on a larger type than the page's may be no smaller than that
  private static let longestScript = 12  // letters
  private static let openRows = 6  // rows a segment may still join: more are never open on a page of text
  private static let collision = 0.3  // of the narrower: two segments so far over each other are two rows

  /// - Returns: rows from top to bottom.
  static func rows(of segments: [Segment]) -> [Row] {
    let usual = usualSize(segments)
    let sorted = segments.sorted {
      ($0.baseline, $0.box.left, $0.words[0]) < ($1.baseline, $1.box.left, $1.words[0])
    }
    var rows: [Row] = []
    // Scripts come second, when the rows they belong to are there.
    for segment in sorted where !isSmall(segment, usual) {
      place(segment, in: &rows, from: max(rows.count - openRows, 0))
    }
    rows.sort(by: isAbove)
    for segment in sorted where isSmall(segment, usual) {
      let middle = position(ofBaseline: segment.baseline, in: rows)
      place(segment, in: &rows, from: max(middle - openRows / 2, 0), to: min(middle + openRows / 2, rows.count))
      // A new row goes where it stands; it is the last one.
      if let last = rows.last, rows.count > 1, isAbove(last, rows[rows.count - 2]) {
        rows.insert(rows.removeLast(), at: position(ofBaseline: last.baseline, in: rows.dropLast()))
      }
    }
    return rows.sorted(by: isAbove)
  }

  private static func place(_ segment: Segment, in rows: inout [Row], from first: Int, to end: Int? = nil) {
    let nearest = (first..<(end ?? rows.count)).filter { joins(segment, rows[$0]) }.min {
      (abs(rows[$0].baseline - segment.baseline), $0) < (abs(rows[$1].baseline - segment.baseline), $1)
    }
    guard let nearest else {
      rows.append(Row(segments: [segment], baseline: segment.baseline, size: segment.size, letters: segment.letters))
      return
    }
    if segment.letters > rows[nearest].letters, segment.size > scriptSize * rows[nearest].size {
      (rows[nearest].baseline, rows[nearest].size) = (segment.baseline, segment.size)
      rows[nearest].letters = segment.letters
    }
    insert(segment, into: &rows[nearest].segments)
  }

  private static func isAbove(_ a: Row, _ b: Row) -> Bool {
    (a.baseline, a.segments[0].box.left) < (b.baseline, b.segments[0].box.left)
  }

  private static func isSmall(_ segment: Segment, _ usual: Double) -> Bool {
    segment.letters <= longestMark || segment.size <= scriptSize * usual && segment.letters <= longestScript
  }

  private static func position(ofBaseline baseline: Double, in rows: some RandomAccessCollection<Row>) -> Int {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[rows.index(rows.startIndex, offsetBy: middle)].baseline < baseline {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  /// The size that most letters have.
  private static func usualSize(_ segments: [Segment]) -> Double {
    var letters: [Int: Int] = [:]
    for segment in segments { letters[Int((segment.size * 4).rounded()), default: 0] += segment.letters }
    return Double(letters.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 40) / 4
  }

  private static func joins(_ segment: Segment, _ row: Row) -> Bool {
    // The small capital of a word mark stands over its neighbours, and almost on their baseline.
    if isScript(segment, of: row) { return true }
    // A list's sign comes from another font, whose estimate of where it stands is rough.
    let tolerance = segment.isBullet ? bulletTolerance : levelTolerance
    let level = abs(segment.baseline - row.baseline) <= tolerance * min(segment.size, row.size)
    if !level {
      let core = segment.core
      let rowTop = row.baseline - 0.6 * row.size
      let common = min(core.bottom, row.baseline) - max(core.top, rowTop)
      let isCore = common >= coreShare * min(core.bottom - core.top, 0.6 * row.size)
      guard isCore else { return false }
    }
    return !collides(segment, row.segments)
  }

  /// A small piece close beside a larger one whose height it shares by half.
  private static func isScript(_ segment: Segment, of row: Row) -> Bool {
    guard segment.size <= scriptSize * row.size, segment.letters <= longestScript else { return false }
    let at = position(of: segment, in: row.segments)
    return [at - 1, at].contains { place in
      guard row.segments.indices.contains(place) else { return false }
      let other = row.segments[place].box
      let gap = max(segment.box.left - other.right, other.left - segment.box.right)
      return gap < scriptGap * row.size && other.verticalOverlap(segment.box) >= 0.5 * segment.box.height
    }
  }

  /// Only the neighbours at the place of insertion can be in the way; a word that stands between their words is not.
  private static func collides(_ segment: Segment, _ others: [Segment]) -> Bool {
    let at = position(of: segment, in: others)
    for neighbour in [at - 1, at] where others.indices.contains(neighbour) {
      let other = others[neighbour]
      guard other.box.horizontalOverlap(segment.box) > collision * min(other.box.width, segment.box.width) else {
        continue
      }
      let standsBetween =
        segment.words.count == 1 && segment.size <= scriptContrast * other.size
        && other.overlap(segment.box) <= collision * segment.box.width
      if !standsBetween { return true }
    }
    return false
  }

  private static func insert(_ segment: Segment, into segments: inout [Segment]) {
    segments.insert(segment, at: position(of: segment, in: segments))
  }

  private static func position(of segment: Segment, in others: [Segment]) -> Int {
    var low = 0
    var high = others.count
    while low < high {
      let middle = (low + high) / 2
      if others[middle].box.left <= segment.box.left { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
