import Contracts
import DocumentModel

/// Who takes each word of the page, so that none is told twice and none is lost.
///
/// Tables come first, then figures, then regions in their order; what nobody claims becomes text of its own.
struct WordOwnership {
  enum Owner: Hashable {
    case dropped
    case table(Int)
    case figure(Int)
    case region(Int)
    case nobody
  }

  /// For each word of the page.
  private(set) var owners: [Owner]
  /// For each word the line it stands on, where it stands on one.
  let lineOf: [Int?]
  /// For each line its words; a word that two lines name is left to the first.
  private let lineWords: [[Int]]

  init(_ page: PageMaterial) {
    owners = Array(repeating: .nobody, count: page.words.count)
    var lineOf = [Int?](repeating: nil, count: page.words.count)
    lineWords = page.lines.enumerated().map { index, line in
      line.words.filter { word in
        guard lineOf[word] == nil else { return false }
        lineOf[word] = index
        return true
      }
    }
    self.lineOf = lineOf
    for dropped in page.dropped { owners[dropped.word] = .dropped }
    for (index, table) in page.tables.enumerated() {
      for cell in table.cells { for word in cell.words { claim(word, .table(index)) } }
    }
    for (index, figure) in page.figures.enumerated() where figure.kind != .decoration {
      for line in figure.lines { for word in page.lines[line].words { claim(word, .figure(index)) } }
    }
    for (index, region) in page.regions.enumerated() {
      for line in region.lines { for word in page.lines[line].words { claim(word, .region(index)) } }
    }
  }

  private mutating func claim(_ word: Int, _ owner: Owner) {
    if owners[word] == .nobody { owners[word] = owner }
  }

  /// The words of some lines that one owner has, line by line, without the lines that are left empty.
  func lines(_ indices: [Int], of owner: Owner, in page: PageMaterial) -> [TextLine] {
    var taken: Set<Int> = []
    return indices.compactMap { index in
      guard taken.insert(index).inserted else { return nil }
      let line = page.lines[index]
      let words = lineWords[index].filter { owners[$0] == owner }
      return words.isEmpty ? nil : TextLine(words: words, line: line)
    }
  }

  /// The words of a cell that its table has, line by line; no word twice.
  func lines(ofCell words: [Int], table: Int, in page: PageMaterial, told: inout Set<Int>) -> [TextLine] {
    var found: [TextLine] = []
    var current: Int?
    for word in words where owners[word] == .table(table) && told.insert(word).inserted {
      if let line = lineOf[word] {
        if line == current {
          found[found.count - 1].words.append(word)
        } else {
          found.append(TextLine(words: [word], line: page.lines[line]))
        }
      } else {
        found.append(TextLine(word: word, page.words[word]))
      }
      current = lineOf[word]
    }
    return found
  }

  /// Non-dropped words that nobody claims, line by line; words on no line stand each for itself.
  func unclaimed(in page: PageMaterial) -> [TextLine] {
    var found: [TextLine] = []
    for (index, line) in page.lines.enumerated() {
      let words = lineWords[index].filter { owners[$0] == .nobody }
      if !words.isEmpty { found.append(TextLine(words: words, line: line)) }
    }
    for (index, word) in page.words.enumerated() where owners[index] == .nobody && lineOf[index] == nil {
      found.append(TextLine(word: index, word))
    }
    return found
  }
}
