import DocumentModel

/// A cell's words as text: lines joined by a space, line-break hyphens resolved.
struct CellText {
  /// How often the page has a word whole.
  private let known: [String: Int]

  init(words: [TableWord]) {
    var known: [String: Int] = [:]
    for word in words where word.text.unicodeScalars.last.map({ !LineBreakHyphen.isHyphen($0) }) ?? false {
      known[LineBreakHyphen.core(word.text).lowercased(), default: 0] += 1
    }
    self.known = known
  }

  /// Words in reading order: line by line.
  static func ordered(_ words: [TableWord]) -> [[TableWord]] {
    TextRow.rows(of: words, wordGap: .infinity).map { row in
      guard row.words.contains(where: \.text.holdsRightToLeft) else { return row.words }
      return WordOrder.read(row.words.map { WordOrder.Word($0.text) }).order.map { row.words[$0] }
    }
  }

  func text(_ words: [TableWord]) -> (text: String, words: [Int]) {
    var text = ""
    var indices: [Int] = []
    for line in Self.ordered(words) {
      for (place, word) in line.enumerated() {
        indices.append(word.index)
        if text.isEmpty {
          text = word.text
        } else if place == 0 {
          join(&text, nextLine: word.text)
        } else {
          let before = line[place - 1]
          text += before.joinsNext && before.index + 1 == word.index ? word.text : " " + word.text
        }
      }
    }
    return (text, indices)
  }

  /// As running text is joined (`LineBreakHyphen`). What begins the next line is no word that the page has elsewhere.
  private func join(_ text: inout String, nextLine word: String) {
    let start = text.lastIndex(of: " ").map { text.index(after: $0) } ?? text.startIndex
    let next = LineBreakHyphen.core(word).lowercased()
    let verdict = LineBreakHyphen.verdict(String(text[start...]), word) { (known[$0] ?? 0) > ($0 == next ? 1 : 0) }
    switch verdict {
    case .space: text += " " + word
    case .keep: text += word
    case .drop: text = String(text.unicodeScalars.dropLast()) + word
    }
  }
}
