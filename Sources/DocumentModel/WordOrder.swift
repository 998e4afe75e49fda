/// The reading order of the words on one line: a word-wise use of the bidirectional rules.
///
/// Source: Unicode Standard Annex 9, rule L2, with words for levels; numbers go with the words before them.
package enum WordOrder {
  /// Which way a word's letters run.
  package enum Script: Sendable { case leftToRight, rightToLeft, neutral }

  /// What the order needs to know of a word.
  package struct Word: Sendable {
    package let script: Script
    /// Unicode scalars.
    package let letters: Int
    package let digits: Int

    package init(_ text: String) {
      var (letters, right, left, digits) = (0, 0, 0, 0)
      for scalar in text.unicodeScalars {
        letters += 1
        if (0x30...0x39).contains(scalar.value) {
          digits += 1
        } else if scalar.isLetter {
          if scalar.isRightToLeft { right += 1 } else { left += 1 }
        }
      }
      self.letters = letters
      self.digits = digits
      script = right > left ? .rightToLeft : left > 0 ? .leftToRight : .neutral
    }
  }

  /// Whether most letters of words are read from right to left.
  package static func isRightToLeft(_ words: some Sequence<Word>) -> Bool {
    let (right, left) = letters(of: words)
    return right > left
  }

  private static func letters(of words: some Sequence<Word>) -> (right: Int, left: Int) {
    var (right, left) = (0, 0)
    for word in words {
      switch word.script {
      case .rightToLeft: right += word.letters
      case .leftToRight: left += word.letters
      case .neutral: break
      }
    }
    return (right, left)
  }

  /// - Parameters:
  ///   - words: of a line, left to right.
  ///   - page: how the text around the line is read.
  /// - Returns: indices into the words, in reading order, and how the line is read.
  package static func read(
    _ words: [Word], on page: ReadingDirection = .leftToRight
  ) -> (order: [Int], direction: ReadingDirection) {
    let (right, left) = letters(of: words)
    guard right > 0 else {
      // A number with the full stop of its sentence is read as the page is; a row of numbers may be a sum.
      let isTurned = page == .rightToLeft && left == 0 && words.count { $0.digits > 0 } <= 1
      return isTurned ? (words.indices.reversed(), .rightToLeft) : (Array(words.indices), .leftToRight)
    }
    let isRightToLeft = right > left
    let base: Script = isRightToLeft ? .rightToLeft : .leftToRight
    var ordered: [Int] = []
    var run: [Int] = []
    var waiting: [Int] = []
    // Runs against the base direction are reversed; neutral words belong to such a run only between two of its words.
    for word in isRightToLeft ? words.indices.reversed() : Array(words.indices) {
      switch words[word].script {
      case base:
        ordered += run.reversed() + waiting + [word]
        (run, waiting) = ([], [])
      case .neutral:
        if run.isEmpty { ordered.append(word) } else { waiting.append(word) }
      default:
        run += waiting + [word]
        waiting = []
      }
    }
    ordered += run.reversed() + waiting
    return (ordered, isRightToLeft ? .rightToLeft : .leftToRight)
  }
}
