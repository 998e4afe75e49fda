import DocumentModel
import Leptonica
import Tesseract

/// The stretches of lines that hold words read with doubt, each with the sure words beside it.
enum DoubtfulRuns {
  static let doubt = 0.85  // confidence: of the words above it one in a hundred is wrong, below it one in three

  private static let reach = 1.5  // letters' heights: what stands further off is another column

  /// Runs of neighbours within a line, in reading order.
  ///
  /// A doubtful word is looked at with the words on its sides, since the engine reads a word alone worse than in company.
  ///
  /// - Parameter letterHeight: pixels of the engine's image.
  static func find(in words: [RecognizedWord], letterHeight: Double) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var line = 0
    while line < words.count {
      var end = line + 1
      while end < words.count, words[end].line == words[line].line { end += 1 }
      runs += find(inLine: line..<end, of: words, gap: reach * letterHeight)
      line = end
    }
    return runs
  }

  private static func find(inLine line: Range<Int>, of words: [RecognizedWord], gap: Double) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for index in line where isDoubtful(words[index]) {
      var (start, end) = (index, index + 1)
      if start > line.lowerBound, isClose(words[start - 1], words[start], gap) { start -= 1 }
      if end < line.upperBound, isClose(words[end - 1], words[end], gap) { end += 1 }
      if let last = runs.last,
        last.upperBound > start || last.upperBound == start && isClose(words[start - 1], words[start], gap)
      {
        runs[runs.count - 1] = last.lowerBound..<end
      } else {
        runs.append(start..<end)
      }
    }
    return runs
  }

  /// Text that stands upright in the engine's image, read with little confidence.
  static func isDoubtful(_ word: RecognizedWord) -> Bool { word.turn == .none && word.confidence.value < doubt }

  private static func isClose(_ word: RecognizedWord, _ next: RecognizedWord, _ gap: Double) -> Bool {
    next.turn == .none && word.turn == .none && Double(next.box.left - word.box.right) < gap
  }
}
