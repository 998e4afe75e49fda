import DocumentModel

/// Takes the last lines of a title that is broken over lines off the grid below it.
struct TitleLines {
  /// All words of the page, ascending by the y of their middle.
  let page: [TableWord]

  /// The grid from its first row on that the title does not go on in.
  func taken(off grid: GridDraft) -> GridDraft {
    var grid = grid
    for _ in 0..<Self.most {
      guard grid.rows > 2, let words = GridTrim.loneWords(grid, row: 0), goesOn(words, grid),
        let rest = grid.keeping(rows: 1..<grid.rows)
      else { return grid }
      grid = rest
    }
    return grid
  }

  /// The line above is set alike, had no room for the first word, and a title begins in it or little higher.
  private func goesOn(_ words: [TableWord], _ grid: GridDraft) -> Bool {
    guard let word = words.first, let right = grid.columnEdges.last else { return false }
    let reach = Double(Self.most) * Self.farthest * word.size
    let first = page.partitioningIndex { $0.box.midY >= word.box.midY - reach }
    let near = page[first...].prefix { $0.box.midY < word.box.top }.filter {
      $0.box.left > grid.columnEdges[0] - Self.beside && $0.box.right < right + Self.beside
    }
    let above = TextRow.rows(of: near, wordGap: .infinity)
    guard let line = above.last, let head = line.words.first, above.contains(where: { CaptionWords.begin($0) })
    else { return false }
    return head.bold == word.bold && abs(head.size - word.size) <= Self.sizeStep
      && line.words.prefix(Self.numberWords).contains { abs($0.box.left - word.box.left) <= Self.edge }
      && word.box.midY - line.box.midY <= Self.farthest * word.size
      && line.box.right + Self.space * word.size + word.box.width > right - Self.slack * word.size
  }

  private static let most = 4  // lines of a title
  private static let farthest = 1.5  // of the size from line to line
  private static let numberWords = 4  // words: lines may hang under the text after "Table A - 2."
  private static let beside = 20.0  // points: titles may begin and end a little outside
  private static let sizeStep = 0.5  // points
  private static let edge = 3.0  // points: letters' side bearings
  private static let space = 0.2  // of the size: the narrowest space a line is set with
  private static let slack = 0.5  // of the size: what a ragged line may leave beyond the word that did not fit
}
