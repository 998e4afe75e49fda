import DocumentModel

/// A character of the page with what was said about it.
struct TextLayerCharacter {
  var scalar: Unicode.Scalar
  let left: Double
  var top: Double
  let right: Double
  var bottom: Double
  /// Index into the runs of attributes; nil where none covers it.
  let run: Int?

  /// The same place with another letter.
  func with(_ scalar: Unicode.Scalar) -> TextLayerCharacter {
    var other = self
    other.scalar = scalar
    return other
  }
}

/// A run of equal attributes.
struct TextLayerRun: Hashable {
  let font: Int?
  let size: Double
  let color: String?
  let underlined: Bool
}

extension TextLayer {
  /// Cuts characters into words at white space, line ends, wide gaps and changes of font, size or colour.
  ///
  /// - Parameter isRightToLeft: whether the page is: its letters come in reading order, with spaces where there is room.
  init(
    _ characters: [TextLayerCharacter], runs: [TextLayerRun], fonts: [Font], isRightToLeft: Bool = false,
    isConsistent: Bool
  ) {
    var words: [TextLayerWord] = []
    var (count, unmapped) = (0, 0)
    var line: [[TextLayerCharacter]] = []
    var word: [TextLayerCharacter] = []
    var joins: [Bool] = []
    var lineNumber = 0
    let listed = Self.listed(runs, fonts)

    func endWord(joinsNext: Bool) {
      guard !word.isEmpty else { return }
      let em = Self.em(of: word[0], runs)
      let pieces = isRightToLeft ? WordGaps.turnedPieces(of: word, em: em) : WordGaps.pieces(of: word, em: em)
      line.append(contentsOf: pieces)
      joins.append(contentsOf: pieces.dropLast().map { _ in isRightToLeft })
      joins.append(joinsNext)
      word.removeAll(keepingCapacity: true)
    }
    func endLine() {
      endWord(joinsNext: false)
      guard !line.isEmpty else { return }
      let turn = LineDirection(of: line, isRightToLeft: isRightToLeft)
      for (index, word) in line.enumerated() {
        words.append(
          TextLayerWord(
            word, runs: runs, turn: turn.turn(of: word), joinsNext: joins[index], line: lineNumber))
      }
      line.removeAll(keepingCapacity: true)
      joins.removeAll(keepingCapacity: true)
      lineNumber += 1
    }

    var isSpaced = false
    for character in characters {
      if character.scalar == "\n" {
        endLine()
        isSpaced = false
      } else if character.scalar.isSpace {
        isSpaced = true
      } else {
        if isSpaced {
          isSpaced = false
          if let last = word.last {
            let isSpacing =
              [last, character].allSatisfy { $0.run.map(listed.contains) ?? false }
              && WordGaps.isLetterSpacing(last, character)
            if !isSpacing || !Self.sameStyle(last.run, character.run, runs) {
              endWord(joinsNext: isSpacing || Self.areSmallCapitals(last, character, runs))
            }
          }
        }
        if let last = word.last, !Self.sameStyle(last.run, character.run, runs) {
          let em = max(Self.em(of: last, runs), Self.em(of: character, runs))
          endWord(
            joinsNext: isRightToLeft || Self.isRightToLeft(last, character) || !WordGaps.part(last, character, em: em))
        }
        word.append(character)
        count += 1
        if Self.isUnmapped(character.scalar) { unmapped += 1 }
      }
    }
    endLine()
    self.init(
      words: words, fonts: fonts, characterCount: count, unmappedCount: unmapped, isConsistent: isConsistent)
  }

  private static func sameStyle(_ a: Int?, _ b: Int?, _ runs: [TextLayerRun]) -> Bool {
    guard a != b else { return true }
    guard let a, let b else { return false }
    return runs[a] == runs[b]
  }

  private static let smallCapitals = 0.6...0.92  // of the size of the capital before them
  private static let capitalGap = -0.1...0.13  // em: the narrowest space of a tight line has 0.2

  /// As large as capitals where they stand between small ones: `PRE-TRAINING`, `AUTHOR'S`.
  private static let capitalMarks = Set("-‐'’,;/)".unicodeScalars)

  /// Whether a capital and a smaller or larger one stand so close that they are one word in small capitals: Poppler parts
  /// what is set in two sizes, and takes the gap that the larger letter keeps for a space.
  private static func areSmallCapitals(
    _ last: TextLayerCharacter, _ next: TextLayerCharacter, _ runs: [TextLayerRun]
  ) -> Bool {
    let pair = [last, next]
    let isMarked =
      pair.contains { $0.scalar.properties.isUppercase } && pair.contains { capitalMarks.contains($0.scalar) }
    guard isMarked || pair.allSatisfy({ $0.scalar.properties.isUppercase || $0.scalar.isNumeral }) else { return false }
    let sizes = [em(of: last, runs), em(of: next, runs)].sorted()
    return smallCapitals.contains(sizes[0] / sizes[1]) && capitalGap.contains((next.left - last.right) / sizes[1])
      && next.top < last.bottom && last.top < next.bottom
  }

  private static let usualSizes = 6  // of monospaced type on a page: text, notes, headings and their raised letters

  /// The runs in monospaced type, whose letters listings spread over columns.
  ///
  /// None where each word has a size of its own: text layers of recognised pages, often in such type, set words one by
  /// one, as wide as they were found and however close to each other.
  private static func listed(_ runs: [TextLayerRun], _ fonts: [Font]) -> Set<Int> {
    let monospaced = runs.indices.filter { runs[$0].font.map { fonts[$0].monospaced } ?? false }
    return Set(monospaced.map { runs[$0].size }).count <= usualSizes ? Set(monospaced) : []
  }

  private static func isRightToLeft(_ a: TextLayerCharacter, _ b: TextLayerCharacter) -> Bool {
    a.scalar.isRightToLeft || b.scalar.isRightToLeft
  }

  /// The font size, or where none is told the longer side of the letter's box.
  private static func em(of character: TextLayerCharacter, _ runs: [TextLayerRun]) -> Double {
    if let run = character.run, runs[run].size > 0 { return runs[run].size }
    return max(character.right - character.left, character.bottom - character.top, 1)
  }

  private static func isUnmapped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.category {
    case .privateUse, .control, .unassigned: true
    default: scalar == "\u{FFFD}"
    }
  }
}

extension TextLayerWord {
  /// Positions beyond this are nonsense: PDF allows 14,400 points.
  private static let farthest = 20_000.0

  fileprivate init(
    _ characters: [TextLayerCharacter], runs: [TextLayerRun], turn: QuarterTurn, joinsNext: Bool, line: Int
  ) {
    var text = String.UnicodeScalarView()
    var (left, top, right, bottom) = (Double.infinity, Double.infinity, -Double.infinity, -Double.infinity)
    for character in characters {
      text.append(character.scalar)
      left = min(left, character.left)
      top = min(top, character.top)
      right = max(right, character.right)
      bottom = max(bottom, character.bottom)
    }
    func sane(_ value: Double) -> Double { min(max(value, -Self.farthest), Self.farthest) }
    let run = characters.first?.run.map { runs[$0] }
    let box = BoundingBox(left: sane(left), top: sane(top), right: sane(right), bottom: sane(bottom))
    self.init(
      text: String(text), box: Self.heightened(box, size: run?.size ?? 0, turn: turn, letters: characters.count),
      font: run?.font, size: run?.size ?? 0, color: run?.color, underlined: run?.underlined ?? false, turn: turn,
      joinsNext: joinsNext, line: line)
  }

  private static let flattest = 0.3  // of the font size: the boxes of real fonts are 0.7 and more
  private static let advances = 0.2...1.2  // of the font size: a letter's width where the font is as large as it says
  private static let (ascent, descent) = (0.75, 0.2)  // of the font size: those of most fonts

  /// The box of a word whose font claims to have hardly any height, with the height that a font of its size has.
  ///
  /// Its letters are drawn all the same: what Poppler tells is a line along their foot.
  private static func heightened(_ box: BoundingBox, size: Double, turn: QuarterTurn, letters: Int) -> BoundingBox {
    let isLevel = turn == .none || turn == .half
    let (height, length) = isLevel ? (box.height, box.width) : (box.width, box.height)
    guard height < flattest * size, advances.contains(length / (size * Double(letters))) else { return box }
    let (above, below) = (ascent * size, descent * size)
    return switch turn {
    case .none: BoundingBox(left: box.left, top: box.bottom - above, right: box.right, bottom: box.bottom + below)
    case .half: BoundingBox(left: box.left, top: box.top - below, right: box.right, bottom: box.top + above)
    case .right: BoundingBox(left: box.left - below, top: box.top, right: box.left + above, bottom: box.bottom)
    case .left: BoundingBox(left: box.right - above, top: box.top, right: box.right + below, bottom: box.bottom)
    }
  }
}
