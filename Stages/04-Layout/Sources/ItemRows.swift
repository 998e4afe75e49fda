import DocumentModel

/// Rows of a table without rules that lists items with their prices: what they are, then numbers, often far away.
///
/// The white between a short name and its numbers looks like a gutter where the blocks above it, an address and a column
/// of dates, have one too.
enum ItemRows {
  private struct Row {
    var segments: [Segment]
    let baseline: Double
    let size: Double

    var box: BoundingBox { segments.lazy.map(\.box).union() ?? BoundingBox(left: 0, top: 0, right: 0, bottom: 0) }
  }

  private static let sameBaseline = 0.35  // of the size
  private static let leastCells = 3
  private static let leastNumbers = 2
  private static let digits = 0.4  // of a number's letters: a currency or a unit may stand beside it
  private static let unit = 4  // letters of a unit or a currency that has a cell of its own
  private static let longestName = 60  // letters: a line of text and a name beside it have as many
  private static let shortLine = 24  // letters: shorter lines end paragraphs
  private static let fill = 0.6  // of the way to the first number
  private static let reach = 4.5  // em from one row to the next: an item may be told of in two lines below it
  private static let headReach = 3.0  // em from the names of the columns to the first row
  private static let aligned = 1.0  // em

  /// The boxes of such tables, with the names of their columns, from top to bottom.
  static func bands(_ segments: [Segment]) -> [BoundingBox] {
    let rows = rows(segments)
    var bands: [BoundingBox] = []
    var at = 0
    while at < rows.count {
      guard isItem(rows[at]) else {
        at += 1
        continue
      }
      var members = [at]
      var others = 0  // rows that end alike, but begin with a line of text
      var next = at + 1
      while next < rows.count, rows[next].baseline - rows[members[members.count - 1]].baseline <= reach * rows[at].size
      {
        if endsAlike(rows[next], rows[at]) {
          if isItem(rows[next]) { members.append(next) } else if endsInNumbers(rows[next]) { others += 1 }
        }
        next += 1
      }
      let head = head(above: at, rows)
      if others < members.count, members.count + (head == nil ? 0 : 1) >= 2,
        let box = rows[(head ?? at)...members[members.count - 1]].lazy.map(\.box).union()
      {
        bands.append(box)
      }
      at = members[members.count - 1] + 1
    }
    return bands
  }

  private static func rows(_ segments: [Segment]) -> [Row] {
    var rows: [Row] = []
    for segment in segments.filter(\.isLevel).sorted(by: {
      ($0.baseline, $0.box.left, $0.box.right) < ($1.baseline, $1.box.left, $1.box.right)
    }) {
      if let last = rows.last, segment.baseline - last.baseline <= sameBaseline * max(last.size, segment.size) {
        rows[rows.count - 1].segments.append(segment)
      } else {
        rows.append(Row(segments: [segment], baseline: segment.baseline, size: segment.size))
      }
    }
    for index in rows.indices { rows[index].segments.sort { $0.box.left < $1.box.left } }
    return rows
  }

  /// A short name or more, then nothing but numbers and units.
  private static func isItem(_ row: Row) -> Bool {
    guard row.segments.count >= leastCells, let first = row.segments.firstIndex(where: { !isNumber($0) }),
      first <= 2, let numbers = row.segments[first...].firstIndex(where: isNumber)
    else { return false }
    let cells = row.segments[numbers...]
    return cells.count(where: isNumber) >= leastNumbers && row.segments.last.map(isNumber) == true
      && cells.allSatisfy { isNumber($0) || $0.letters <= unit }
      && !isLine(row.segments[first..<numbers], before: row.segments[numbers])
  }

  private static func endsInNumbers(_ row: Row) -> Bool {
    row.segments.count >= leastCells && row.segments.suffix(leastNumbers).allSatisfy(isNumber)
  }

  /// Whether the text before the numbers is a line of a column, which may have white in it where it is justified, and
  /// perhaps a name in the next column.
  private static func isLine(_ texts: ArraySlice<Segment>, before number: Segment) -> Bool {
    guard let left = texts.first?.box.left else { return false }
    let letters = texts.reduce(0) { $0 + $1.letters }
    let covered = texts.reduce(0) { $0 + $1.box.width }
    return letters > longestName || letters >= shortLine && covered >= fill * (number.box.left - left)
  }

  private static func isNumber(_ segment: Segment) -> Bool {
    segment.digits > 0 && Double(segment.digits) >= digits * Double(segment.letters) && segment.words.count <= 3
  }

  private static func endsAlike(_ a: Row, _ b: Row) -> Bool {
    guard let first = a.segments.last?.box, let second = b.segments.last?.box else { return false }
    let slack = aligned * max(a.size, b.size)
    return abs(first.right - second.right) <= slack || abs(first.left - second.left) <= slack
  }

  /// The row that names the columns: words over the numbers, right above.
  private static func head(above index: Int, _ rows: [Row]) -> Int? {
    guard index > 0, case let row = rows[index - 1], row.segments.count >= leastCells,
      rows[index].baseline - row.baseline <= headReach * rows[index].size,
      row.segments.allSatisfy({ $0.digits == 0 }), endsAlike(row, rows[index])
    else { return nil }
    return index - 1
  }
}
