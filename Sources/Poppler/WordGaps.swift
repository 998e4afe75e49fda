/// Parts words that Poppler runs together because it puts no white space between distant fragments of one line.
///
/// Cells of a table and tab stops come that way: "Low-performing", "34%" and "3%" as one word over three columns.
/// Distances are between boxes and along either axis, so text of any turn is treated alike.
enum WordGaps {
  private static let space = 0.3  // em: wider than kerning and Poppler's own gap within a word, narrower than a tab
  private static let tab = 1.0  // em: no letter-spacing is as wide
  private static let narrowest = 0.6  // of a letter's width: below it no space of monospaced type, in tight columns too
  private static let beyondSpacing = 1.6  // of the word's middle gap: what letter-spacing itself may vary by

  /// Whether two neighbours stand too far apart for one word, whatever the rest of the word is like.
  static func part(_ last: TextLayerCharacter, _ next: TextLayerCharacter, em: Double) -> Bool {
    gap(last, next) > space * em
  }

  /// Whether two neighbours in monospaced type stand closer than the space of such type, which is as wide as a letter.
  ///
  /// Listings spread their letters over columns, and Poppler takes what it finds between them for spaces.
  static func isLetterSpacing(_ last: TextLayerCharacter, _ next: TextLayerCharacter) -> Bool {
    let advance = last.right - last.left
    let gap = next.left - last.right
    return advance > 0 && gap > -narrowest * advance && gap < narrowest * advance
      && abs(next.bottom - last.bottom) < narrowest * advance
  }

  /// The word cut at its gaps; letter-spaced words, whose gaps are all alike, stay whole.
  ///
  /// - Parameter em: the font size in points.
  static func pieces(of word: [TextLayerCharacter], em: Double) -> [[TextLayerCharacter]] {
    guard word.count > 1 else { return [word] }
    let isRightToLeft = word.contains { RightToLeftWords.isRightToLeft($0.scalar) }
    let gaps = zip(word, word.dropFirst()).map { isRightToLeft ? forwardGap($0, $1) : gap($0, $1) }
    guard let widest = gaps.max(), widest > space * em else { return [word] }
    let middle = max(gaps.sorted()[gaps.count / 2], 0)
    // A right-to-left word steps back within itself: only what no spacing explains parts it.
    let least = isRightToLeft ? tab * em : max(space * em, min(beyondSpacing * middle, tab * em))
    var pieces: [[TextLayerCharacter]] = [[word[0]]]
    for (index, gap) in gaps.enumerated() {
      if gap > least { pieces.append([]) }
      pieces[pieces.count - 1].append(word[index + 1])
    }
    return pieces
  }

  /// The distance of two boxes along the axis on which they are farther apart; negative where they overlap.
  private static func gap(_ a: TextLayerCharacter, _ b: TextLayerCharacter) -> Double {
    max(a.left - b.right, forwardGap(a, b))
  }

  /// The same without steps leftwards.
  private static func forwardGap(_ a: TextLayerCharacter, _ b: TextLayerCharacter) -> Double {
    max(b.left - a.right, max(b.top - a.bottom, a.top - b.bottom))
  }
}
