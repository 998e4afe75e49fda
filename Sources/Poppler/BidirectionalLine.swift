import DocumentModel

/// A line's letters in the order in which they are read, from the order in which they stand.
///
/// The way back from what the Unicode Standard Annex 9 leads to. Where several texts lead to the same line, the likelier
/// one is told: "Sheaf 3" beside right-to-left text is read from its left.
struct BidirectionalLine {
  let letters: [EmbeddedText.Letter]
  /// Which of them are signs that stand in right-to-left order.
  let turned: [Int]

  private enum Kind { case right, left, number, sign }

  private static let spaceShare = 0.1  // of the letters' height: Poppler's own least gap between words

  /// A line of a page that reads from right to left is one of another language if it has so many times as many words of
  /// that.
  private static let another = 2

  /// - Parameters:
  ///   - words: of the line, from left to right, with their letters from left to right.
  ///   - boxes: of the page's letters.
  init(words: [[EmbeddedText.Letter]], _ boxes: [BoundingBox]) {
    var standing: [EmbeddedText.Letter] = []
    for (index, word) in words.enumerated() {
      if index > 0, Self.part(words[index - 1], word, boxes) {
        standing.append(EmbeddedText.Letter(scalar: " ", rectangle: nil))
      }
      standing += word
    }
    let kinds = Self.kinds(of: standing.map(\.scalar))
    let right = words.count { $0.contains { $0.scalar.isRightToLeft } }
    let left = words.count { $0.contains { $0.scalar.isLetter } } - right
    let isAnother = left > Self.another * right
    let order = isAnother ? Self.leftToRight(kinds) : Self.rightToLeft(kinds)
    letters = order.map { standing[$0] }
    // Within what is read from the left the order goes up.
    turned =
      isAnother
      ? []
      : order.indices.filter { place in
        kinds[order[place]] == .sign && !(place > 0 && order[place - 1] + 1 == order[place])
          && !(place + 1 < order.count && order[place + 1] == order[place] + 1)
      }
  }

  /// Whether there is room for a space between two words beside each other.
  private static func part(_ a: [EmbeddedText.Letter], _ b: [EmbeddedText.Letter], _ boxes: [BoundingBox]) -> Bool {
    guard let left = a.lazy.compactMap({ $0.rectangle.map { boxes[$0] } }).union(),
      let right = b.lazy.compactMap({ $0.rectangle.map { boxes[$0] } }).union()
    else { return false }
    return max(right.left - left.right, left.left - right.right) > spaceShare * right.height
  }

  private static func kinds(of scalars: [Unicode.Scalar]) -> [Kind] {
    var kinds = scalars.map { scalar -> Kind in
      if scalar.isRightToLeft, !scalar.isNumeral { return .right }
      return scalar.isNumeral ? .number : scalar.isLetter ? .left : .sign
    }
    for index in kinds.indices where kinds[index] == .sign {
      let before = index > 0 ? kinds[index - 1] : .sign
      let after = index + 1 < kinds.count ? kinds[index + 1] : .sign
      let isInside = before == .number && after == .number && joints.contains(scalars[index])
      let isUnit =
        before == .number && closing.contains(scalars[index])
        || (before == .number || after == .number) && scalars[index].category == .currencySymbol
      if isInside || isUnit { kinds[index] = .number }
    }
    bindBrackets(&kinds, scalars)
    return kinds
  }

  /// Brackets behind a left-to-right word belong to it if nothing else stands in them: `f(x)`. Rule N0.
  private static func bindBrackets(_ kinds: inout [Kind], _ scalars: [Unicode.Scalar]) {
    var open: [(place: Int, isBound: Bool)] = []
    var strong = Kind.right
    for (place, scalar) in scalars.enumerated() {
      switch kinds[place] {
      case .right: (open, strong) = ([], .right)
      case .left: strong = .left
      case .number: break
      case .sign:
        if "([{".unicodeScalars.contains(scalar) {
          open.append((place, strong == .left))
        } else if ")]}".unicodeScalars.contains(scalar), let last = open.popLast(), last.isBound {
          (kinds[last.place], kinds[place]) = (.left, .left)
        }
      }
    }
  }

  private static let joints: Set<Unicode.Scalar> = [".", ",", ":", "/", "-", "–", "'", "’", "\u{66B}", "\u{66C}"]
  private static let closing: Set<Unicode.Scalar> = ["%", "‰", "°", "\u{66A}"]

  /// From the right; numbers, and what begins with a left-to-right letter and ends with such or a number, from their left.
  private static func rightToLeft(_ kinds: [Kind]) -> [Int] {
    var runs: [Range<Int>] = []
    var at = 0
    while at < kinds.count {
      var end = at + 1
      switch kinds[at] {
      case .number: while end < kinds.count, kinds[end] == .number { end += 1 }
      case .left:
        var next = end
        while next < kinds.count, kinds[next] != .right {
          if kinds[next] != .sign { end = next + 1 }
          next += 1
        }
      case .right, .sign: break
      }
      runs.append(at..<end)
      at = end
    }
    return runs.reversed().flatMap { Array($0) }
  }

  /// From the left; what begins and ends with a right-to-left letter from its right, numbers in it from their left.
  private static func leftToRight(_ kinds: [Kind]) -> [Int] {
    var order: [Int] = []
    var at = 0
    while at < kinds.count {
      var end = at + 1
      if kinds[at] == .right {
        var next = end
        while next < kinds.count, kinds[next] != .left {
          if kinds[next] == .right { end = next + 1 }
          next += 1
        }
        order += rightToLeft(Array(kinds[at..<end])).map { at + $0 }
      } else {
        order.append(at)
      }
      at = end
    }
    return order
  }
}
