import DocumentModel

/// The reading order of the words on one line: a word-wise use of the bidirectional rules.
///
/// Source: Unicode Standard Annex 9, rule L2, with words for levels; numbers go with the words before them.
enum WordOrder {
  /// - Parameter words: indices into the placed words, left to right.
  static func read(_ words: [Int], of placed: [PlacedWord]) -> (words: [Int], direction: ReadingDirection) {
    var right = 0
    var left = 0
    for word in words {
      switch placed[word].script {
      case .rightToLeft: right += placed[word].letters
      case .leftToRight: left += placed[word].letters
      case .neutral: break
      }
    }
    guard right > 0 else { return (words, .leftToRight) }
    let isRightToLeft = right > left
    let base: PlacedWord.Script = isRightToLeft ? .rightToLeft : .leftToRight
    var ordered: [Int] = []
    var run: [Int] = []
    var waiting: [Int] = []
    // Runs against the base direction are reversed; neutral words belong to such a run only between two of its words.
    for word in isRightToLeft ? words.reversed() : words {
      switch placed[word].script {
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
