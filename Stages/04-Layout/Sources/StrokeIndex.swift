import DocumentModel

/// Tells whether a line is made of letters' strokes: it lies within a word, or runs through the letters of several.
struct StrokeIndex {
  private let words: [BoundingBox]
  /// How far the tallest word reaches.
  private let tallest: Double

  private static let slack = 1.0  // points: boxes and pixels do not meet exactly
  private static let through = 0.55  // of the line's length: more letters around it, and it is their strokes
  private static let core = 0.22  // of a word's height at both edges: rules above and below text run there

  init(_ words: [BoundingBox]) {
    self.words = words.sorted { ($0.top, $0.left) < ($1.top, $1.left) }
    // One huge word must not make every look-up read the whole page.
    let heights = words.map(\.height).sorted()
    tallest = heights.isEmpty ? 0 : min(heights[heights.count - 1], 8 * heights[heights.count / 2])
  }

  func holds(_ line: RulingLine) -> Bool {
    let box = line.box
    var low = 0
    var high = words.count
    while low < high {
      let middle = (low + high) / 2
      if words[middle].top < box.top - tallest - Self.slack { low = middle + 1 } else { high = middle }
    }
    var covered = 0.0
    while low < words.count, words[low].top <= box.bottom + Self.slack {
      let word = words[low]
      low += 1
      if word.contains(box, tolerance: Self.slack), !isEdge(line, of: word) { return true }
      covered += length(of: line, through: word)
    }
    return covered > Self.through * line.length
  }

  /// An underline or an overline within the word's box.
  private func isEdge(_ line: RulingLine, of word: BoundingBox) -> Bool {
    guard line.axis == .horizontal, line.length > 0.8 * word.width, word.width > 2 * word.height else { return false }
    return line.position < word.top + Self.core * word.height || line.position > word.bottom - Self.core * word.height
  }

  private func length(of line: RulingLine, through word: BoundingBox) -> Double {
    switch line.axis {
    case .horizontal:
      let margin = Self.core * word.height
      guard line.position > word.top + margin, line.position < word.bottom - margin else { return 0 }
      return max(0, min(line.end, word.right) - max(line.start, word.left))
    case .vertical:
      guard line.position > word.left, line.position < word.right else { return 0 }
      return max(0, min(line.end, word.bottom) - max(line.start, word.top))
    }
  }
}
