/// Parts right-to-left words that Poppler runs together.
///
/// On a page that reads from right to left Poppler turns a line's words round, but asks the wrong neighbour whether a
/// space follows, and loses it. The places tell: within a word they run rightwards, since Poppler keeps letters in
/// visual order, and jump back at the start of the next.
enum RightToLeftWords {
  private static let spaceShare = 0.1  // of the letters' height: Poppler's own least gap between words

  static func pieces(of word: [TextLayerCharacter]) -> [[TextLayerCharacter]] {
    guard word.contains(where: { isRightToLeft($0.scalar) }) else { return [word] }
    var pieces: [[TextLayerCharacter]] = []
    var start = 0  // of the piece being gathered
    var left = word[0].left  // its leftmost edge, over runs that touch
    for index in word.indices.dropFirst() {
      let (before, now) = (word[index - 1], word[index])
      guard now.left < before.left else { continue }
      // The next run ends where its letters stop running rightwards.
      var end = index
      while end + 1 < word.count, word[end + 1].left >= word[end].left { end += 1 }
      if left - word[end].right > spaceShare * (now.bottom - now.top) {
        pieces.append(Array(word[start..<index]))
        start = index
      }
      left = now.left
    }
    return pieces + [Array(word[start...])]
  }

  /// Hebrew, Arabic and their neighbours with their presentation forms.
  static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
    default: false
    }
  }
}
