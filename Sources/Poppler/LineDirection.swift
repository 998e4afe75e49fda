import DocumentModel

/// Which way the letters of a line run, from the way their places progress.
struct LineDirection {
  private let prevailing: QuarterTurn
  private let isRightToLeft: Bool

  /// - Parameter isRightToLeft: whether the page is: signs around a number stand on its other side then.
  init(of words: [[TextLayerCharacter]], isRightToLeft: Bool) {
    self.isRightToLeft = isRightToLeft
    var votes: [QuarterTurn: Int] = [:]
    for word in words { if let turn = Self.progress(word, isRightToLeft) { votes[turn, default: 0] += word.count } }
    guard !votes.isEmpty else {
      prevailing = Self.letterSpaced(words.flatMap(\.self)) ?? .none
      return
    }
    // The most letters win; among equals the smaller turn.
    prevailing = QuarterTurn.allCases.max { (votes[$0] ?? 0, -$0.rawValue) < (votes[$1] ?? 0, -$1.rawValue) } ?? .none
  }

  private static let alike = 0.02  // of the extent: what rounding makes of equal boxes

  /// The turn of a line whose letters stand so far apart that each is a word of its own, as stamps in the margin do.
  ///
  /// Boxes are as thick as the font is high, and as long as their letter is wide: so letters that are stacked upright
  /// are told from those that lie, whose boxes are all of one width.
  private static func letterSpaced(_ letters: [TextLayerCharacter]) -> QuarterTurn? {
    guard let turn = progress(letters), turn == .left || turn == .right else { return nil }
    let widths = letters.map { $0.right - $0.left }
    guard let least = widths.min(), let most = widths.max() else { return nil }
    return most - least <= alike * most ? turn : nil
  }

  /// The word's own progress, or that of the line where it has only one letter.
  func turn(of word: [TextLayerCharacter]) -> QuarterTurn { Self.progress(word, isRightToLeft) ?? prevailing }

  /// From the first to the last letter; nil where they stand on one another.
  private static func progress(_ word: [TextLayerCharacter], _ isRightToLeft: Bool = false) -> QuarterTurn? {
    let letters = isRightToLeft ? word.filter { $0.scalar.isLetter || $0.scalar.isNumeral } : word
    guard let first = letters.first, let last = letters.last, letters.count > 1 else { return nil }
    let across = (last.left + last.right - first.left - first.right) / 2
    let down = (last.top + last.bottom - first.top - first.bottom) / 2
    guard max(abs(across), abs(down)) > 0.1 else { return nil }
    if abs(across) >= abs(down) {
      // Letters of a right-to-left script run leftwards on an upright line.
      return across > 0 || word.contains { $0.scalar.isRightToLeft } ? QuarterTurn.none : .half
    }
    return down > 0 ? .right : .left
  }
}
