import DocumentModel

/// Finds where columns begin that stand no farther from the one before than words do: spreadsheets leave two points between
/// a number that ends its cell and the text that begins the next.
enum CommonEdges {
  private static let leastRows = 5
  private static let share = 0.6  // of the rows with words on both sides
  private static let sameEdge = 0.8  // points
  private static let differentWords = 3, differentEnds = 3
  private static let commonEnd = 0.6  // of the rows: words that stand under equal words have the same before them
  private static let outliers = 0.06  // of the rows: names of columns and sums run across
  private static let mostEdges = 64

  /// - Returns: x at which a phrase that reaches over it is two.
  static func breaks(_ rows: [TextRow]) -> [Double] {
    guard rows.count >= leastRows else { return [] }
    var joints: [(left: TableWord, right: TableWord)] = []
    for phrase in rows.lazy.flatMap(\.phrases) {
      for (left, right) in zip(phrase.words, phrase.words.dropFirst())
      where !left.joinsNext && left.box.right < right.box.left {
        joints.append((left, right))
      }
    }
    joints.sort { ($0.right.box.left, $0.right.index) < ($1.right.box.left, $1.right.index) }
    var edges: [ArraySlice<(left: TableWord, right: TableWord)>] = []
    var first = 0
    while first < joints.count {
      var end = first + 1
      while end < joints.count, joints[end].right.box.left - joints[first].right.box.left <= sameEdge { end += 1 }
      if end - first >= leastRows { edges.append(joints[first..<end]) }
      first = end
    }
    return edges.sorted { $0.count > $1.count }.prefix(mostEdges).compactMap { edge in
      guard let x = edge.first?.right.box.left, areNumbers(edge) || areRagged(edge) else { return nil }
      let beside = rows.count { row in
        (row.words.first?.box.right ?? .infinity) <= x && (row.words.last?.box.right ?? x) > x
      }
      let crossing = rows.count { row in
        row.words.contains { $0.box.left < x - sameEdge && $0.box.right > x + sameEdge }
      }
      guard Double(edge.count) >= share * Double(beside), Double(crossing) <= outliers * Double(rows.count) else {
        return nil
      }
      return x
    }
  }

  private static let leastCodes = 3

  /// Where columns of currencies end, as tables of rates have them: amounts have one currency, or stand right behind it.
  ///
  /// - Returns: x between the codes and the numbers behind them.
  static func codes(_ rows: [TextRow], wordGap: Double) -> [Double] {
    var joints: [(code: TableWord, number: TableWord)] = []
    for phrase in rows.lazy.flatMap(\.phrases) {
      for (left, right) in zip(phrase.words, phrase.words.dropFirst())
      where left.value == .sign && left.text.count > 1 && right.value.isNumeric
        && right.box.left - left.box.right > wordGap * max(min(left.size, right.size), 1)
      {
        joints.append((left, right))
      }
    }
    joints.sort { ($0.code.box.left, $0.code.index) < ($1.code.box.left, $1.code.index) }
    var found: [Double] = []
    var first = 0
    while first < joints.count {
      var end = first + 1
      while end < joints.count, joints[end].code.box.left - joints[first].code.box.left <= codeEdge { end += 1 }
      let column = joints[first..<end]
      if Set(column.map(\.code.text)).count >= leastCodes, let right = column.map(\.code.box.right).max(),
        let left = column.map(\.number.box.left).min(), right < left
      {
        found.append((right + left) / 2)
      }
      first = end
    }
    return found
  }

  private static let codeEdge = 2.0  // points: recognised letters begin where their ink does

  /// Different numbers that end alike, with text behind them; no markers of a list.
  private static func areNumbers(_ edge: ArraySlice<(left: TableWord, right: TableWord)>) -> Bool {
    let ends = edge.map(\.left.box.right)
    guard let least = ends.min(), let most = ends.max(), most - least <= sameEdge else { return false }
    return edge.allSatisfy { $0.left.value == .number && !Refusals.isMarker($0.left.text) }
      && edge.count { $0.right.value == .text } * 2 > edge.count
      && Set(edge.map(\.left.text)).count >= differentWords
  }

  /// Words that begin alike wherever the words before them end.
  private static func areRagged(_ edge: ArraySlice<(left: TableWord, right: TableWord)>) -> Bool {
    let ends = edge.map(\.left.box.right).sorted()
    var (different, longest, run) = (1, 1, 1)
    for (a, b) in zip(ends, ends.dropFirst()) {
      run = b - a <= sameEdge ? run + 1 : 1
      if run == 1 { different += 1 }
      longest = max(longest, run)
    }
    return different >= differentEnds && Double(longest) <= commonEnd * Double(ends.count)
  }
}
