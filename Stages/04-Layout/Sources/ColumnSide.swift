import DocumentModel

/// The rows of text on one side of a corridor, as far as the next corridor.
struct ColumnSide {
  struct Row {
    var baseline: Double
    var left: Double
    var right: Double
    var covered: Double
    var words: Int
    var letters: Int
    var digits: Int
    var endsInColon: Bool
  }

  let rows: [Row]
  let size: Double
  /// Whether all is in fixed-width type, whose white is part of the text.
  let isMonospaced: Bool

  /// - Parameter segments: those of the side, in any order.
  init(_ segments: [Segment]) {
    var rows: [Row] = []
    for segment in segments.sorted(by: { ($0.baseline, $0.box.left) < ($1.baseline, $1.box.left) }) {
      if let last = rows.last, abs(last.baseline - segment.baseline) <= 0.35 * segment.size {
        if segment.box.right > last.right { rows[rows.count - 1].endsInColon = segment.endsInColon }
        rows[rows.count - 1].left = min(last.left, segment.box.left)
        rows[rows.count - 1].right = max(last.right, segment.box.right)
        rows[rows.count - 1].covered += segment.box.width
        rows[rows.count - 1].words += segment.words.count
        rows[rows.count - 1].letters += segment.letters
        rows[rows.count - 1].digits += segment.digits
      } else {
        rows.append(
          Row(
            baseline: segment.baseline, left: segment.box.left, right: segment.box.right, covered: segment.box.width,
            words: segment.words.count, letters: segment.letters, digits: segment.digits,
            endsInColon: segment.endsInColon))
      }
    }
    self.rows = rows
    let sizes = segments.map(\.size).sorted()
    size = sizes.isEmpty ? 0 : sizes[sizes.count / 2]
    isMonospaced = segments.allSatisfy(\.monospaced)
  }

  var medianWords: Int { Self.median(rows.map(\.words)) }
  var medianLetters: Int { Self.median(rows.map(\.letters)) }

  var digitShare: Double {
    let letters = rows.reduce(0) { $0 + $1.letters }
    return letters == 0 ? 0 : Double(rows.reduce(0) { $0 + $1.digits }) / Double(letters)
  }

  /// The share of rows that end as a label does.
  var labelShare: Double {
    rows.isEmpty ? 0 : Double(rows.count(where: \.endsInColon)) / Double(rows.count)
  }

  /// How much of its width the usual row covers; the width is that of the ninth widest row in ten.
  var fill: Double {
    guard !rows.isEmpty else { return 0 }
    let left = rows.map(\.left).min() ?? 0
    let rights = rows.map(\.right).sorted()
    let width = rights[(rights.count * 9) / 10] - left
    return width <= 0 ? 0 : rows.reduce(0) { $0 + min($1.covered, width) } / (width * Double(rows.count))
  }

  var width: Double { (rows.map(\.right).max() ?? 0) - (rows.map(\.left).min() ?? 0) }

  /// The share of rows that begin within half an em of a place.
  func flushShare(left: Double) -> Double {
    rows.isEmpty ? 0 : Double(rows.count { abs($0.left - left) <= 0.5 * size }) / Double(rows.count)
  }

  /// The share of rows that begin within half an em of the place where most do.
  var commonStartShare: Double { commonShare(rows.map(\.left)) }

  /// The share of rows that end within half an em of the place where most do.
  var commonEndShare: Double { commonShare(rows.map(\.right)) }

  private func commonShare(_ places: [Double]) -> Double {
    let places = places.sorted()
    var most = 0
    var first = 0
    for index in places.indices {
      while places[index] - places[first] > 0.5 * size { first += 1 }
      most = max(most, index - first + 1)
    }
    return rows.isEmpty ? 0 : Double(most) / Double(rows.count)
  }

  /// Whether it holds numbers and nothing else: pages of contents.
  var isNumbers: Bool { !rows.isEmpty && rows.count { $0.digits == $0.letters } * 5 >= rows.count * 4 }

  func flushShare(right: Double) -> Double {
    rows.isEmpty ? 0 : Double(rows.count { abs($0.right - right) <= 0.5 * size }) / Double(rows.count)
  }

  /// The share of this side's rows that have a row of the other on the same baseline.
  func levelShare(with other: ColumnSide) -> Double {
    guard !rows.isEmpty else { return 0 }
    var level = 0
    var at = 0
    for row in rows {
      let slack = 0.22 * size
      while at < other.rows.count, other.rows[at].baseline < row.baseline - slack { at += 1 }
      if at < other.rows.count, other.rows[at].baseline <= row.baseline + slack { level += 1 }
    }
    return Double(level) / Double(rows.count)
  }

  private static func median(_ values: [Int]) -> Int { values.isEmpty ? 0 : values.sorted()[values.count / 2] }
}
