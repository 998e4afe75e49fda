import DocumentModel

/// Poppler's text of a page with the rectangle of each letter, in the order in which it is read.
///
/// Rectangles come word by word, from left to right within a word. Letters come in reading order, as Poppler sees it: what
/// it turns round stands between marks of embedding, which have no rectangle. On a page that reads from right to left
/// each word stands in such marks, with what reads from left to right in marks of its own inside. There the words stand
/// from right to left, whatever they are, signs count to what is left-to-right, and whether a space follows is asked of
/// the wrong neighbour: so lines of such pages are put in order here, by `BidirectionalLine`.
struct EmbeddedText {
  struct Letter: Sendable, Hashable {
    var scalar: Unicode.Scalar
    /// Index of its rectangle; nil of a space that the places show.
    let rectangle: Int?
  }

  private(set) var letters: [Letter] = []
  /// Whether the page reads from right to left.
  private(set) var isRightToLeft = false
  /// Whether there are as many letters as rectangles; if not, those after the first disagreement may stand in wrong
  /// places.
  let isConsistent: Bool

  private static let (leftToRight, rightToLeft, end): (Unicode.Scalar, Unicode.Scalar, Unicode.Scalar) = (
    "\u{202A}", "\u{202B}", "\u{202C}"
  )

  /// - Parameters:
  ///   - text: in Poppler's words, marks included.
  ///   - boxes: its rectangles.
  init(_ text: String, boxes: [BoundingBox]) {
    let all = Array(text.unicodeScalars)
    let plain = all.count { !Self.isMark($0) }
    guard all.count != boxes.count, plain == boxes.count else {
      let kept = all.count == boxes.count ? all : all.filter { !Self.isMark($0) }
      isConsistent = kept.count == boxes.count
      letters = kept.prefix(boxes.count).enumerated().map { Letter(scalar: $0.element, rectangle: $0.offset) }
      return
    }
    isConsistent = true
    letters.reserveCapacity(boxes.count)
    var words: [Range<Int>] = []  // of letters in marks
    var outside = 0  // letters in no marks
    var at = 0
    while at < all.count {
      if all[at] == Self.rightToLeft {
        let close = Self.close(of: at, in: all)
        let first = letters.count
        embed(all[(at + 1)..<close])
        words.append(first..<letters.count)
        at = close + 1
      } else {
        if !Self.isMark(all[at]) {
          letters.append(Letter(scalar: all[at], rectangle: letters.count))
          if !all[at].isSpace { outside += 1 }
        }
        at += 1
      }
    }
    isRightToLeft = outside == 0 && !words.isEmpty
    if isRightToLeft { letters = Self.ordered(words, of: letters, boxes) }
  }

  /// Whether the text is of a page that reads from right to left: all its letters stand in marks.
  static func isRightToLeft(_ text: String) -> Bool {
    var depth = 0
    for scalar in text.unicodeScalars {
      if scalar == end {
        depth -= 1
      } else if isMark(scalar) {
        depth += 1
      } else if depth <= 0, !scalar.isSpace {
        return false
      }
    }
    return true
  }

  /// Marks that turn text round, or end that; they have no rectangle.
  static func isMark(_ scalar: Unicode.Scalar) -> Bool { (0x202A...0x202C).contains(scalar.value) }

  /// Where the embedding that begins there ends; the end of the text where no mark says so.
  private static func close(of start: Int, in all: [Unicode.Scalar]) -> Int {
    var depth = 0
    for at in start..<all.count {
      if all[at] == end { depth -= 1 } else if isMark(all[at]) { depth += 1 }
      if depth == 0 { return at }
    }
    return all.count
  }

  /// What stands in marks: from right to left, but for what marks inside turn back.
  private mutating func embed(_ content: ArraySlice<Unicode.Scalar>) {
    var place = letters.count + content.count { !Self.isMark($0) }  // one right of the next letter
    var at = content.startIndex
    while at < content.endIndex {
      if content[at] == Self.leftToRight {
        let close = content[at...].firstIndex(of: Self.end) ?? content.endIndex
        let group = content[(at + 1)..<close].filter { !Self.isMark($0) }
        place -= group.count
        letters += group.enumerated().map { Letter(scalar: $0.element, rectangle: place + $0.offset) }
        at = close + 1
      } else {
        if !Self.isMark(content[at]) {
          place -= 1
          letters.append(Letter(scalar: content[at], rectangle: place))
        }
        at += 1
      }
    }
  }

  /// The letters of a page that reads from right to left, line by line.
  private static func ordered(_ words: [Range<Int>], of letters: [Letter], _ boxes: [BoundingBox]) -> [Letter] {
    var told: [Letter] = []
    var turned: [Int] = []  // of what is told: signs between right-to-left letters
    var line: [[Letter]] = []
    var before = 0  // the end of the last word
    func endLine() {
      let ordered = BidirectionalLine(words: line.reversed(), boxes)
      turned += ordered.turned.map { told.count + $0 }
      told += ordered.letters
      line.removeAll(keepingCapacity: true)
    }
    for word in words {
      let breaks = letters[before..<word.lowerBound].filter { $0.scalar == "\n" }
      if !breaks.isEmpty {
        endLine()
        told += breaks
      }
      line.append(letters[word].sorted { ($0.rectangle ?? 0) < ($1.rectangle ?? 0) })
      before = word.upperBound
    }
    endLine()
    MirroredBrackets.mend(&told, at: turned)
    return told + letters[before...].filter { $0.scalar == "\n" }
  }
}
