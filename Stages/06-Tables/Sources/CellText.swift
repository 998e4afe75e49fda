import DocumentModel

/// A cell's words as text: lines joined by a space, line-break hyphens resolved.
struct CellText {
  /// Words with a hyphen inside, and words without, as the page has them; lower case.
  private let known: Set<String>

  init(words: [TableWord]) { known = Set(words.map { $0.text.lowercased() }) }

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

  /// A hyphen before a capital or a digit stays and joins; one between lower-case letters goes unless the page spells
  /// the word with it.
  private func join(_ text: inout String, nextLine word: String) {
    if text.hasSuffix("-"), let next = word.first, next.isUppercase || next.isNumber,
      text.dropLast().last?.isLetter == true
    {
      text += word
      return
    }
    guard text.hasSuffix("-") || text.hasSuffix("\u{00AD}"), let next = word.first, next.isLowercase,
      text.dropLast().last?.isLowercase == true
    else {
      text += " " + word
      return
    }
    let start = text.lastIndex(of: " ").map { text.index(after: $0) } ?? text.startIndex
    let head = text[start...]
    if head.hasSuffix("-"), known.contains((head + word).lowercased()) {
      text += word
    } else {
      text.removeLast()
      text += word
    }
  }
}
