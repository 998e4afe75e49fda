import DocumentModel

/// Joins words and lines to runs of text, keeping for every word where it begins.
struct RunJoiner {
  let page: PageMaterial
  let styles: WordStyles
  let links: LinkIndex
  let vocabulary: PageVocabulary
  let joinHyphens: Bool

  /// The runs of some lines.
  ///
  /// - Parameters:
  ///   - lines: in reading order.
  ///   - without: a style that is the element's own and no emphasis.
  ///   - marker: how many scalars at the start are a list marker or a footnote's mark, told elsewhere.
  ///   - breaks: the lines after which a line feed stands in the place of a space.
  ///   - condensing: whether dots that lead to a number are told as one sign.
  func runs(
    _ lines: [TextLine], without: TextStyle = [], marker: Int = 0, breaks: Set<Int> = [], condensing: Bool = false
  ) -> [TextRun] {
    var pieces: [RunPiece] = []
    var skip = marker
    for (number, line) in lines.enumerated() {
      let leaders =
        condensing ? LeaderDots(line.words, next: beyond(line, lines, number), texts: vocabulary.texts).told : [:]
      for (place, word) in line.words.enumerated() {
        var text = leaders[word] ?? vocabulary.texts[word]
        if skip > 0 {
          let length = text.unicodeScalars.count
          if length <= skip {
            skip -= length
            continue
          }
          text = String(text.unicodeScalars.dropFirst(skip))
          skip = 0
        }
        var link = links.target(of: page.words[word])
        var gap: String
        let style = styles.style(of: word, on: line).subtracting(without)
        let isBreak = place == 0 && breaks.contains(number - 1)
        if !isBreak,
          let address = DividedAddress.joined(text, link, startsLine: place == 0, style: style, after: pieces)
        {
          (gap, link) = ("", address.link)
        } else if let last = pieces.last, last.leads {
          gap = leaders[word] == "" ? "" : " "
        } else {
          gap = self.gap(before: text, of: word, startsLine: place == 0, after: &pieces)
          if isBreak, gap == " " { gap = "\n" }
        }
        pieces.append(
          RunPiece(
            word: word, text: text, style: style, link: link, gap: gap,
            isSmall: page.words[word].size <= WordStyles.smallest * line.size,
            leads: leaders[word].map { $0.isEmpty || $0 == LeaderDots.sign } ?? false))
      }
    }
    if let last = pieces.indices.last { pieces[last].text = Self.hyphenated(pieces[last].text) }
    EmphasisNoise.remove(from: &pieces)
    return Self.grouped(pieces)
  }

  /// The words of the next line, where that is a piece of the same printed one.
  private func beyond(_ line: TextLine, _ lines: [TextLine], _ number: Int) -> [Int] {
    guard number + 1 < lines.count, case let next = lines[number + 1], next.turn == line.turn,
      abs(next.baseline - line.baseline) < Self.sameLine * line.size
    else { return [] }
    return next.words
  }

  private static let sameLine = 0.3  // of the size

  /// The words that some scalars at the start are read from; the last of them may go on behind the marker.
  func words(ofMarker length: Int, _ lines: [TextLine]) -> [Int] {
    var rest = length
    var words: [Int] = []
    for word in lines.lazy.flatMap(\.words) {
      guard rest > 0 else { break }
      words.append(word)
      rest -= vocabulary.texts[word].unicodeScalars.count
    }
    return words
  }

  /// What parts a word from the one before; a line-break hyphen is taken off the latter.
  private func gap(before text: String, of word: Int, startsLine: Bool, after pieces: inout [RunPiece]) -> String {
    guard let last = pieces.indices.last, !text.isEmpty else { return "" }
    let before = pieces[last]
    guard !before.text.isEmpty else { return before.gap.isEmpty ? "" : " " }
    if UnspacedScript.joins(before.text, text) {
      let limit =
        text.unicodeScalars.first.map(UnspacedScript.partsPhrases) ?? false ? Self.phraseGap : Self.unspacedGap
      return startsLine || joins(before.word, word) || isClose(before.word, word, within: limit) ? "" : " "
    }
    guard startsLine else {
      if before.text.unicodeScalars.last == "\u{AD}" {
        pieces[last].text = String(before.text.unicodeScalars.dropLast())
      }
      let isInitial =
        pieces.count == 1
        && InitialLetter.belongs(
          before.text, page.words[before.word], to: text, page.words[word], seen: vocabulary.contains)
      let isWhole = joins(before.word, word) || overlap(before, text, word)
      return isWhole || isInitial || isTight(text, of: word, after: before) ? "" : " "
    }
    let verdict = joinHyphens ? LineBreakHyphen.verdict(before.text, text, seen: vocabulary.contains) : .space
    switch verdict {
    case .space:
      pieces[last].text = Self.hyphenated(before.text)
      return " "
    case .keep:
      pieces[last].text = Self.hyphenated(before.text)
      return ""
    case .drop:
      pieces[last].text = String(before.text.unicodeScalars.dropLast())
      return ""
    }
  }

  /// Whether a closing mark stands as close as a letter: what parts it is the slant or the script before it.
  private func isTight(_ text: String, of word: Int, after before: RunPiece) -> Bool {
    guard let mark = text.first, AddressBreak.closing.contains(mark) else { return false }
    let (left, right) = (page.words[before.word], page.words[word])
    guard left.turn == .none, right.turn == .none else { return false }
    let gap = right.box.left - left.box.right
    return abs(gap) < Self.narrowest * max(left.size, right.size)
  }

  /// Whether the source sets the second word to the first without a space; a word between them may stand elsewhere.
  private func joins(_ a: Int, _ b: Int) -> Bool {
    page.words[a].joinsNext && (b == a + 1 || isClose(a, b, within: Self.narrowest))
  }

  /// Whether a text layer sets a word over the end of the one before, as the lowered letter of "TeX": a space has width.
  private func overlap(_ before: RunPiece, _ text: String, _ word: Int) -> Bool {
    guard let end = before.text.unicodeScalars.last, let start = text.unicodeScalars.first,
      end.isLetter, start.isLetter || start.category == .nonspacingMark
    else { return false }
    let (left, right) = (page.words[before.word], page.words[word])
    guard left.source == .textLayer, right.source == .textLayer, left.turn == .none, right.turn == .none else {
      return false
    }
    let size = min(left.size, right.size)
    return right.box.left > left.box.left && right.box.right > left.box.right
      && left.box.right - right.box.left > Self.overlapping * size
      && left.box.verticalOverlap(right.box) > Self.beside * min(left.box.height, right.box.height)
  }

  private static let overlapping = 0.1  // of the size: slanted letters reach over a space by less
  private static let beside = 0.5  // of the lower box: words of two lines overlap by less

  private static let narrowest = 0.15  // of the size: no space of a justified line is as narrow

  /// A soft hyphen that is printed, at the end of a line that is not joined, becomes a plain one.
  private static func hyphenated(_ text: String) -> String {
    text.unicodeScalars.last == "\u{AD}" ? String(text.unicodeScalars.dropLast()) + "-" : text
  }

  /// Whether two words of a script without spaces stand as close as letters do.
  private func isClose(_ a: Int, _ b: Int, within limit: Double) -> Bool {
    let (left, right) = (page.words[a], page.words[b])
    let gap = max(left.box.left, right.box.left) - min(left.box.right, right.box.right)
    return gap < limit * max(left.size, right.size)
  }

  private static let phraseGap = 0.12  // of the size: letters stand closer, and the space of a phrase is a real one
  private static let unspacedGap = 0.5  // of the size: Han letters fill their square, a real space is a whole one

  private static func grouped(_ pieces: [RunPiece]) -> [TextRun] {
    var runs: [TextRun] = []
    var text = ""
    var length = 0
    var words: [Int] = []
    var starts: [Int] = []
    func close(_ piece: RunPiece) {
      runs.append(TextRun(text: text, style: piece.style, link: piece.link, words: words, starts: starts))
      (text, length, words, starts) = ("", 0, [], [])
    }
    for (index, piece) in pieces.enumerated() {
      if index > 0 {
        let before = pieces[index - 1]
        if before.style == piece.style && before.link == piece.link {
          text += piece.gap
          length += piece.gap.unicodeScalars.count
        } else {
          // The space goes to the plainer side, so that marks of emphasis and links stand tight around their words.
          let here = before.markup <= piece.markup
          if here { text += piece.gap }
          close(before)
          if !here {
            text = piece.gap
            length = piece.gap.unicodeScalars.count
          }
        }
      }
      words.append(piece.word)
      starts.append(length)
      text += piece.text
      length += piece.text.unicodeScalars.count
    }
    if let last = pieces.last { close(last) }
    return runs
  }
}
