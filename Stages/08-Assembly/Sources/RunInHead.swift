import DocumentModel

/// A numbered heading that its paragraph goes on behind: `3.3.1 Barycentric.` in italics, then plain text.
enum RunInHead {
  private static let mostWords = 12  // the number among them: headings are brief
  private static let leastParts = 2  // of the number: "1." begins items and sentences, "3.1" next to nothing else
  private static let mostDigits = 3  // of a part: more are quantities
  private static let mostLines = 2
  private static let marks: TextStyle = [.bold, .italic]

  /// Parts a paragraph's lines into the heading's and those of the text behind it.
  ///
  /// - Parameters:
  ///   - style: how a word on its line is set, against what is usual on the page.
  ///   - text: a word's letters.
  /// - Returns: nil where the paragraph begins with no such heading.
  static func parts(
    of lines: [TextLine], style: (Int, TextLine) -> TextStyle, text: (Int) -> String
  ) -> (head: [TextLine], rest: [TextLine])? {
    guard let first = lines.first, first.words.count > 1, isNumber(text(first.words[0])) else { return nil }
    let own = style(first.words[1], first).intersection(marks)
    guard !own.isEmpty, text(first.words[1]).first?.isUppercase == true else { return nil }
    var head: [TextLine] = []
    var seen = 0
    for (number, line) in lines.prefix(mostLines).enumerated() {
      for (place, word) in line.words.enumerated() where number > 0 || place > 0 {
        guard style(word, line).intersection(marks) != own else { continue }
        // Here the plain text begins; what stands before it ends like a heading.
        let last = place > 0 ? line.words[place - 1] : lines[number - 1].words.last
        guard seen + place <= mostWords, let last, let end = text(last).last, end == "." || end == ":" else {
          return nil
        }
        var (before, after) = (line, line)
        before.words = Array(line.words[..<place])
        after.words = Array(line.words[place...])
        return (head + (place > 0 ? [before] : []), [after] + lines[(number + 1)...])
      }
      seen += line.words.count
      head.append(line)
    }
    return nil
  }

  /// `3.1`, `2.4.1.`
  private static func isNumber(_ word: String) -> Bool {
    var parts = word.split(separator: ".", omittingEmptySubsequences: false)
    if parts.last?.isEmpty == true { parts.removeLast() }
    return parts.count >= leastParts
      && parts.allSatisfy { part in
        !part.isEmpty && part.utf8.count <= mostDigits && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
      }
  }
}
