import DocumentModel
import Leptonica
import Tesseract

/// Bullets that the engine read as letters or signs: it knows no round dot at a line's start, and tells `¢`, `©`, `e`
/// or `0` for one and the same.
enum BulletMarks {
  /// What stands before the first word of a line.
  private struct Start {
    let word: Int
    let text: String
    let left: Int
    let next: Int
    let height: Int
  }

  /// - Parameter found: the page's words, line by line.
  /// - Returns: the indices of words that are bullets.
  static func find(in found: [Reading.Found]) -> Set<Int> {
    let starts = starts(found).sorted { ($0.left, $0.next, $0.word) < ($1.left, $1.next, $1.word) }
    var bullets: Set<Int> = []
    var from = 0
    while from < starts.count {
      let first = starts[from]
      var end = from + 1
      while end < starts.count, starts[end].left - first.left <= reach(first) { end += 1 }
      // Of one list are those whose text begins alike too.
      let next = starts[from..<end].map(\.next).sorted()[(end - from) / 2]
      let list = starts[from..<end].filter { abs($0.next - next) <= reach($0) }
      let kinds = Set(list.map(\.text))
      if list.count >= leastItems, kinds.count > 1 || !kinds.isDisjoint(with: signs) {
        bullets.formUnion(list.map(\.word))
      }
      from = end
    }
    return bullets
  }

  private static func starts(_ found: [Reading.Found]) -> [Start] {
    found.indices.dropLast().compactMap { index in
      let (word, next) = (found[index].word, found[index + 1].word)
      let beginsLine = index == 0 || found[index - 1].word.line != word.line
      guard beginsLine, next.line == word.line, word.turn == .none,
        signs.contains(word.text) || letters.contains(word.text)
      else { return nil }
      return Start(
        word: index, text: word.text, left: word.box.left, next: next.box.left, height: max(next.box.height, 1))
    }
  }

  private static func reach(_ start: Start) -> Int { start.height * 2 / 3 }

  private static let leastItems = 3  // lines: two that begin with the same sign may be chance
  /// No sentence begins with them.
  private static let signs: Set<String> = ["¢", "©", "®", "°", "»", "«", "§", "¥", "•", "●", "*", "@", "¤"]
  /// A list of letters or numbers begins with more than one of them, and none twice.
  private static let letters: Set<String> = ["e", "o", "0", "O", "c"]
}
