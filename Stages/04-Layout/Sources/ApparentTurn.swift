import Contracts
import DocumentModel

/// The turn of each word, corrected where its box stands upright and its letters cannot.
///
/// Text layers do not always tell that a stamp in the margin runs upwards; a long word in a tall box does.
enum ApparentTurn {
  private static let leastLetters = 4  // shorter words may be tall by themselves
  private static let tall = 1.8  // height to width; four letters on a line are wider than high
  private static let near = 3.0  // widths: neighbours of one vertical line

  /// - Parameter kept: indices into the page's words.
  /// - Returns: one turn for each.
  static func turns(of kept: [Int], in page: OCROutput) -> [QuarterTurn] {
    var turns = kept.map { page.words[$0].turn }
    let standing = kept.indices.filter { stands(page.words[kept[$0]]) }
    guard !standing.isEmpty else { return turns }
    for place in standing { turns[place] = isRising(place, kept, page.words) ? .left : .right }
    // Short words between two of them stand in the same line.
    for (a, b) in zip(standing, standing.dropFirst()) where b - a > 1 && b - a <= 6 {
      let first = page.words[kept[a]].box
      let second = page.words[kept[b]].box
      let line = first.union(second).insetBy(-1)
      for place in (a + 1)..<b where line.contains(page.words[kept[place]].box) && line.width < near * first.width {
        turns[place] = turns[a]
      }
    }
    return turns
  }

  private static func stands(_ word: Word) -> Bool {
    let isUpright = word.turn == .none || word.turn == .half
    guard isUpright, word.box.height > tall * word.box.width else { return false }
    let scalars = word.text.unicodeScalars
    // Chinese and Japanese are set downwards with upright letters.
    return scalars.count >= leastLetters && scalars.allSatisfy { $0.value < 0x2E80 }
  }

  /// Text runs upwards where the next word of the stream stands higher.
  private static func isRising(_ place: Int, _ kept: [Int], _ words: [Word]) -> Bool {
    let own = words[kept[place]].box
    for step in [1, -1] {
      guard kept.indices.contains(place + step) else { continue }
      let other = words[kept[place + step]].box
      guard abs(other.midX - own.midX) < near * own.width else { continue }
      return (other.midY < own.midY) == (step == 1)
    }
    return true
  }
}
