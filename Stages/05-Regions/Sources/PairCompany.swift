import DocumentModel

/// Lets a row be a label with its value only in company, or where white space parts the two.
enum PairCompany {
  private static let reach = 3  // rows: pairs of one form stand close

  private static let farthest = 4.5  // em between baselines

  static func check(_ rows: [TextRow], _ kinds: inout [RowKind]) {
    let pairs = kinds.indices.filter { kinds[$0] == .keyValue }
    var lonely: [Int] = []
    for (position, index) in pairs.enumerated() {
      let before = position > 0 && isNear(rows, pairs[position - 1], index)
      let after = position + 1 < pairs.count && isNear(rows, index, pairs[position + 1])
      let isParted = rows[index].cells(gap: 1.5).count == 2
      if !before && !after && !isParted || isSentence(rows, index) { lonely.append(index) }
    }
    for index in lonely { kinds[index] = .text }
  }

  private static func isNear(_ rows: [TextRow], _ a: Int, _ b: Int) -> Bool {
    b - a <= reach && rows[a].column == rows[b].column
      && abs(rows[b].baseline - rows[a].baseline) <= farthest * max(rows[a].size, rows[b].size)
  }

  /// A row that fills its line and goes on below is prose with a colon.
  private static func isSentence(_ rows: [TextRow], _ index: Int) -> Bool {
    let row = rows[index]
    guard index + 1 < rows.count, row.words.count >= 8, rows[index + 1].block == row.block else { return false }
    let next = rows[index + 1]
    return abs(next.lead - row.lead) < 1 && next.words.first?.unicodeScalars.first?.isSmall == true
  }
}
