import DocumentModel

/// Dots that lead the eye from a title to the number of its page, told as one sign: `Methods … 12`.
///
/// Dots that lead to no number are told as printed: a form leaves them to be written on.
struct LeaderDots {
  /// For the words that hold such dots, what is told in place of their text: of a row of single dots the first word tells
  /// the sign, and the others nothing.
  private(set) var told: [Int: String] = [:]

  private static let fewest = 5  // dots: an ellipsis has three or four
  private static let mostNumbers = 8  // words: pages of an entry in an index
  private static let mostLetters = 2  // of a number: `12a`
  private static let longestUnit = 3  // letters: prices end with `EUR`
  static let sign = "…"

  /// - Parameter words: of one line, from left to right.
  /// - Parameter next: those that stand on the same line beyond a gap.
  init(_ words: [Int], next: [Int] = [], texts: [String]) {
    var row: [Int] = []
    var dots = 0
    func close(before place: Int) {
      if dots >= Self.fewest, Self.isNumber((words[place...] + next).map { texts[$0] }) {
        for (place, word) in row.enumerated() { told[word] = place == 0 ? Self.sign : "" }
      }
      (row, dots) = ([], 0)
    }
    for (place, word) in words.enumerated() {
      let text = texts[word]
      if !text.isEmpty, text.allSatisfy(Self.isDot) {
        row.append(word)
        dots += text.reduce(0) { $0 + ($1 == "…" ? 3 : 1) }
        continue
      }
      close(before: place)
      if let (head, tail) = Self.parted(text),
        Self.isNumber((tail.isEmpty ? [] : [String(tail)]) + (words[(place + 1)...] + next).map { texts[$0] })
      {
        told[word] = [String(head), Self.sign, String(tail)].filter { !$0.isEmpty }.joined(separator: " ")
      }
    }
    close(before: words.count)
  }

  /// What stands before and behind the dots of one word: `Methods......12`.
  private static func parted(_ text: String) -> (head: Substring, tail: Substring)? {
    guard text.utf8.count > fewest, let first = text.firstIndex(where: isDot) else { return nil }
    let tail = text[first...].drop(while: isDot)
    guard text.distance(from: first, to: tail.startIndex) >= fewest, !tail.contains(where: isDot) || isPrice(tail)
    else { return nil }
    return (text[..<first], tail)
  }

  /// Whether nothing but numbers of pages, or a price, ends the line.
  private static func isNumber(_ words: [String]) -> Bool {
    guard !words.isEmpty, words.count <= mostNumbers else { return false }
    var numbers = 0
    for word in words {
      let letters = word.count { $0.isLetter }
      let digits = word.count { $0.isNumber }
      let core = word.filter { $0.isLetter || $0.isNumber }
      if digits > 0 && letters <= mostLetters && !word.contains("..") || RomanNumeral.value(core) != nil {
        numbers += 1
      } else if letters > longestUnit || letters > 0 && word.contains(where: \.isLowercase) || word.contains("..") {
        return false
      }
    }
    return numbers > 0
  }

  /// `4.50`: dots within a number lead nowhere.
  private static func isPrice(_ text: Substring) -> Bool {
    text.first?.isNumber == true && text.last?.isNumber == true && !text.contains("..")
  }

  private static func isDot(_ character: Character) -> Bool { LeaderSign.isLeader(character) }
}
