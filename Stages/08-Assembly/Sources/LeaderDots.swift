import DocumentModel

/// Dots that lead the eye from a title to the number of its page, told as one sign: `Methods … 12`.
struct LeaderDots {
  /// For the words that hold such dots, what is told in place of their text: of a row of single dots the first word tells
  /// the sign, and the others nothing.
  private(set) var told: [Int: String] = [:]

  private static let fewest = 5  // dots: an ellipsis has three or four
  static let sign = "…"

  /// - Parameter words: of one line, from left to right.
  init(_ words: [Int], texts: [String]) {
    var row: [Int] = []
    var dots = 0
    func close() {
      if dots >= Self.fewest {
        for (place, word) in row.enumerated() { told[word] = place == 0 ? Self.sign : "" }
      }
      (row, dots) = ([], 0)
    }
    for word in words {
      let text = texts[word]
      if !text.isEmpty, text.allSatisfy(Self.isDot) {
        row.append(word)
        dots += text.reduce(0) { $0 + ($1 == "…" ? 3 : 1) }
        continue
      }
      close()
      if let condensed = Self.condensed(text) { told[word] = condensed }
    }
    close()
  }

  /// `Methods......12` as `Methods … 12`; nil where no dots lead anywhere.
  private static func condensed(_ text: String) -> String? {
    guard text.utf8.count > fewest, let first = text.firstIndex(where: isDot) else { return nil }
    let tail = text[first...].drop(while: isDot)
    guard text.distance(from: first, to: tail.startIndex) >= fewest, !tail.contains(where: isDot) else { return nil }
    let head = text[..<first]
    return head + (head.isEmpty ? "" : " ") + sign + (tail.isEmpty ? "" : " ") + tail
  }

  private static func isDot(_ character: Character) -> Bool { LeaderSign.isLeader(character) }
}
