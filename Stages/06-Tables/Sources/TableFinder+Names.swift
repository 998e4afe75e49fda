import Contracts
import DocumentModel

// The row of names above a net of rules.
extension TableFinder {
  private static let headedColumns = 3, headedRows = 3  // of a net: less says too little about what stands above
  private static let headLines = 3.6  // of a word's height: two lines and the white around them
  private static let headGap = 1.2  // of a word's height: from a name to the net, or to its second line
  private static let namedShare = 0.6  // of the columns
  private static let nameSlack = 1.5  // points by which a name may stand out of its column
  private static let tallest = 1.3  // of the words in the net: titles are larger

  /// The net with the row of names above it: on shaded ground no rules are seen.
  func headed(_ net: RuleNet) throws -> RuleNet {
    let xs = net.verticals.filter { $0.start <= net.box.top + RuleNet.touchTolerance }.map(\.position).sorted()
    let inside = words(in: net.box)
    guard xs.count > Self.headedColumns, let height = inside.map(\.box.height).median
    else { return net }
    if let top = try darkHead?.top(above: net.box, words: body, height: height), names(above: net, from: top, to: xs) {
      return net.extended(to: top)
    }
    var box = net.box
    box = BoundingBox(left: box.left, top: box.top - Self.headLines * height, right: box.right, bottom: box.top + 1)
    if let rule = edges.horizontals.last(where: {
      $0.position > box.top && $0.position < net.box.top - RuleNet.touchTolerance && $0.end > box.left
        && $0.start < box.right
    }) {
      box = BoundingBox(left: box.left, top: rule.position, right: box.right, bottom: box.bottom)
    }
    // Line by line upwards, as far as the words stand in columns: a title or a note runs across them.
    var top = net.box.top
    var named: Set<Int> = []
    for row in TextRow.rows(of: words(in: box), wordGap: wordGap).reversed() {
      guard let bottom = row.words.map(\.box.bottom).max(), top - bottom <= Self.headGap * height else { break }
      guard let columns = columns(of: row.words, between: xs, height: Self.tallest * height) else {
        // Names above others span their columns: the words' own places tell more of such a header.
        if let span = row.words.map(\.box).union(), span.width < Self.spanning * net.box.width { return net }
        break
      }
      named.formUnion(columns)
      top = row.words.map(\.box.top).min() ?? top
    }
    let head = BoundingBox(left: box.left, top: top, right: box.right, bottom: net.box.top)
    guard Double(named.count) >= Self.namedShare * Double(xs.count - 1) else { return net }
    // White letters are read on dark ground only, which is the table's.
    let isShaded = words(in: head).allSatisfy(\.isLight)
    let isInRegion =
      net.horizontals.count > Self.headedRows
      && page.regions.contains { $0.kind == .table && head.coverage(by: $0.box) > Self.headCover }
    guard isShaded || isInRegion else { return net }
    return net.extended(to: top - 1)
  }

  private static let side = 6.0  // points: rules closer than that are one

  /// Whether what stands on a bar above a net names its columns, in however many lines, and no name spans several.
  private func names(above net: RuleNet, from top: Double, to xs: [Double]) -> Bool {
    let head = BoundingBox(left: net.box.left, top: top, right: net.box.right, bottom: net.box.top)
    let phrases = TextRow.rows(of: words(in: head), wordGap: wordGap).flatMap(\.phrases)
    // The sides of the net may begin below it.
    let xs = ([net.box.left] + xs + [net.box.right]).filter { x in !xs.contains { $0 != x && abs($0 - x) < Self.side } }
    var named: Set<Int> = []
    for phrase in phrases {
      guard let own = columns(of: Array(phrase.words), between: xs, height: .infinity), Set(own).count == 1 else {
        return false
      }
      named.formUnion(own)
    }
    return Double(named.count) >= Self.namedShare * Double(xs.count - 1)
  }

  /// The columns that words stand in; nil where one stands across two, or is too large.
  private func columns(of words: [TableWord], between xs: [Double], height: Double) -> [Int]? {
    var columns: [Int] = []
    for word in words {
      guard let column = xs.lastIndex(where: { word.box.left >= $0 - Self.nameSlack }), column + 1 < xs.count,
        word.box.right <= xs[column + 1] + Self.nameSlack, word.box.height <= height
      else { return nil }
      columns.append(column)
    }
    return columns
  }

  private static let spanning = 0.7  // of the net's width: a name over some columns, not a line of text
  private static let headCover = 0.8  // of the names that the table's region must have
}
