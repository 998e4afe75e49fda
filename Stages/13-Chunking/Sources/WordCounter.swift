import DocumentModel

/// Counts what white space parts; in writing without spaces every letter is a word.
struct WordCounter: TokenCounter {
  func count(_ text: ArraySlice<Unicode.Scalar>) -> Int {
    var words = 0
    var inside = false
    for scalar in text {
      if scalar.isSpace {
        inside = false
      } else if UnspacedScript.contains(scalar), scalar.isLetter {
        words += 1
        // What follows, a full stop or a bracket, clings to the letter.
        inside = true
      } else if !inside {
        words += 1
        inside = true
      }
    }
    return words
  }
}
