import DocumentModel

/// A character of the page with what was said about it.
struct TextLayerCharacter {
  let scalar: Unicode.Scalar
  let left: Double
  let top: Double
  let right: Double
  let bottom: Double
  /// Index into the runs of attributes; nil where none covers it.
  let run: Int?
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
  init(_ characters: [TextLayerCharacter], runs: [TextLayerRun], fonts: [Font], isConsistent: Bool) {
    var words: [TextLayerWord] = []
    var (count, unmapped) = (0, 0)
    var line: [[TextLayerCharacter]] = []
    var word: [TextLayerCharacter] = []
    var joins: [Bool] = []
    var lineNumber = 0

    func endWord(joinsNext: Bool) {
      guard !word.isEmpty else { return }
      let em = Self.em(of: word[0], runs)
      let pieces = RightToLeftWords.pieces(of: word).flatMap { WordGaps.pieces(of: $0, em: em) }
      line.append(contentsOf: pieces)
      joins.append(contentsOf: pieces.dropLast().map { _ in false })
      joins.append(joinsNext)
      word.removeAll(keepingCapacity: true)
    }
    func endLine() {
      endWord(joinsNext: false)
      guard !line.isEmpty else { return }
      let turn = LineDirection(of: line)
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
            let isSpacing = Self.isLetterSpacing(last, character, runs, fonts)
            if !isSpacing || !Self.sameStyle(last.run, character.run, runs) { endWord(joinsNext: isSpacing) }
          }
        }
        if let last = word.last, !Self.sameStyle(last.run, character.run, runs) {
          let em = max(Self.em(of: last, runs), Self.em(of: character, runs))
          endWord(joinsNext: Self.isRightToLeft(last, character) || !WordGaps.part(last, character, em: em))
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

  private static func isLetterSpacing(
    _ last: TextLayerCharacter, _ next: TextLayerCharacter, _ runs: [TextLayerRun], _ fonts: [Font]
  ) -> Bool {
    let isMonospaced = [last.run, next.run].allSatisfy { run in
      guard let run, let font = runs[run].font else { return false }
      return fonts[font].monospaced
    }
    return isMonospaced && WordGaps.isLetterSpacing(last, next)
  }

  private static func isRightToLeft(_ a: TextLayerCharacter, _ b: TextLayerCharacter) -> Bool {
    RightToLeftWords.isRightToLeft(a.scalar) || RightToLeftWords.isRightToLeft(b.scalar)
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
    self.init(
      text: String(text), box: BoundingBox(left: sane(left), top: sane(top), right: sane(right), bottom: sane(bottom)),
      font: run?.font, size: run?.size ?? 0, color: run?.color, underlined: run?.underlined ?? false, turn: turn,
      joinsNext: joinsNext, line: line)
  }
}
