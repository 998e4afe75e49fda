import DocumentModel

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
    if word.contains(where: { $0.scalar.isRightToLeft }) { return turnedPieces(of: word, em: em) }
    let gaps = zip(word, word.dropFirst()).map { gap($0, $1) }
    guard let widest = gaps.max(), widest > space * em else { return [word] }
    let middle = max(gaps.sorted()[gaps.count / 2], 0)
    let least = max(space * em, min(beyondSpacing * middle, tab * em))
    var pieces: [[TextLayerCharacter]] = [[word[0]]]
    for (index, gap) in gaps.enumerated() {
      if gap > least { pieces.append([]) }
      pieces[pieces.count - 1].append(word[index + 1])
    }
    return pieces
  }

  /// A right-to-left word steps back within itself where it holds a number: its gaps are those between neighbours by
  /// place, and only what no spacing explains parts it.
  static func turnedPieces(of word: [TextLayerCharacter], em: Double) -> [[TextLayerCharacter]] {
    let places = word.indices.sorted { (word[$0].left, $0) < (word[$1].left, $1) }
    var part = [Int](repeating: 0, count: word.count)
    var (reach, parts) = (word[places[0]].right, 0)
    for place in places {
      if word[place].left - reach > tab * em { parts += 1 }
      reach = max(reach, word[place].right)
      part[place] = parts
    }
    guard parts > 0 else { return [word] }
    var pieces: [[TextLayerCharacter]] = []
    for index in word.indices {
      if index == 0 || part[index] != part[index - 1] { pieces.append([]) }
      pieces[pieces.count - 1].append(word[index])
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
