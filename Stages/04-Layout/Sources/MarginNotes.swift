import DocumentModel

/// Finds short notes in the margin beside the lines of paragraphs, as manuals name in it what a paragraph is about and
/// editions number every fifth line.
///
/// Read along the row, such a note tears the sentence that it stands beside. It is known by that: the line beside it goes
/// on from the line above, whose last word left no room for its first. Where some do, all beside the text are notes. What
/// labels the entries of a list stays with them, for these begin on lines of their own. What stands on lines of its own
/// beside a letter, as names and telephones do, is a column.
struct MarginNotes {
  struct Note {
    /// From top to bottom.
    var segments: [Segment]
    /// A word of the line beside the first of them.
    let beside: Int
    /// Whether it is nothing but the number of that line.
    let isNumber: Bool
  }

  private(set) var notes: [Note] = []
  /// The text's lines begin here and end there.
  let edges: (left: Double, right: Double)

  private let em: Double

  private static let tallest = 7.5  // em: more is a column
  private static let nextLine = 1.5  // em
  private static let leastTorn = 1.0 / 3  // of the notes at one side: labels stand beside lines that begin something
  private static let mostBeside = 1.0 / 3  // of the lines: more have labels
  private static let mostWidth = 0.4  // of the lines' width: more is a column
  private static let mostNotes = 200  // a page
  private static let countedLine = 5  // editions number each fifth line, or tenth
  private static let leastCount = 3  // lines, where each is numbered

  init?(_ segments: [Segment], placed: [PlacedWord], values: [Int?]) {
    let sizes = segments.map(\.size).sorted()
    em = sizes.isEmpty ? 10 : sizes[sizes.count / 2]
    guard let lines = MarginLines(segments, placed: placed, em: em) else { return nil }
    edges = lines.edges
    notes =
      notes(lines.left, onLeft: true, lines, placed, values) + notes(lines.right, onLeft: false, lines, placed, values)
    guard !notes.isEmpty, notes.count <= Self.mostNotes else { return nil }
  }

  private func notes(
    _ segments: [Segment], onLeft: Bool, _ lines: MarginLines, _ placed: [PlacedWord], _ values: [Int?]
  ) -> [Note] {
    let stacks = stacks(segments).compactMap { stack -> (segments: [Segment], lines: Range<Int>)? in
      guard let box = stack.lazy.map(\.box).union() else { return nil }
      let beside = lines.beside(box)
      return beside.isEmpty ? nil : (stack, beside)
    }
    let all = stacks.reduce(0) { $0 + $1.lines.count }
    guard Double(all) <= Self.mostBeside * Double(lines.lines.count) else { return [] }
    let likely = stacks.filter { stack in
      guard let box = stack.segments.lazy.map(\.box).union(), box.height <= Self.tallest * em else { return false }
      return box.width <= Self.mostWidth * (edges.right - edges.left)
        && !stack.segments.contains { $0.isBullet || placed[$0.words[0]].isLabel }
    }
    let level = likely.count { lines.isLevel($0.segments[0], with: $0.lines.lowerBound) }
    guard 2 * level >= likely.count else { return [] }
    let torn = likely.count { stack in
      stack.lines.contains { onLeft ? lines.goesOn(at: $0) : lines.isFull($0) && lines.goesOn(at: $0 + 1) }
    }
    guard torn > 0, Double(torn) >= Self.leastTorn * Double(stacks.count) else { return [] }
    let found = likely.filter { lines.isText($0.lines.lowerBound) }.map { stack in
      Note(
        segments: stack.segments, beside: lines.lines[stack.lines.lowerBound][0].words[0],
        isNumber: stack.segments.allSatisfy { $0.words.count == 1 && values[$0.words[0]] != nil })
    }
    return Self.plausible(found, placed, values)
  }

  /// What stands below each other as lines do.
  private func stacks(_ segments: [Segment]) -> [[Segment]] {
    var stacks: [[Segment]] = []
    for segment in segments {
      if let last = stacks.last?.last, segment.baseline - last.baseline <= Self.nextLine * em {
        stacks[stacks.count - 1].append(segment)
      } else {
        stacks.append([segment])
      }
    }
    return stacks
  }

  /// Numbers among them that count lines upwards, in fives or each; others number what they stand beside.
  private static func plausible(_ notes: [Note], _ placed: [PlacedWord], _ values: [Int?]) -> [Note] {
    var last = 0
    return notes.filter { note in
      guard note.isNumber else {
        return note.segments.contains { $0.words.contains { placed[$0].sense.script != .neutral } }
      }
      let own = note.segments.compactMap { values[$0.words[0]] }
      let steps = zip(own, own.dropFirst()).map { $1 - $0 }
      let isCount =
        own.count >= leastCount ? steps.allSatisfy { $0 == 1 } : own.count == 1 && own[0].isMultiple(of: countedLine)
      guard isCount, own[0] > last else { return false }
      last = own[own.count - 1]
      return true
    }
  }
}

extension MarginNotes {
  private static let firstLine = 0.5  // em: further in begins a paragraph
  private static let room = 0.7  // em: a space, and what a ragged line leaves

  /// Puts notes between the paragraphs: before the one that they stand beside, or, where that heads the page and may go on
  /// from the one before, behind it.
  func put(into blocks: [DraftBlock], placed: [PlacedWord], rules: RuleIndex) -> [DraftBlock] {
    var blocks = blocks
    for note in notes where !note.isNumber {
      guard let at = blocks.firstIndex(where: { $0.lines.contains { $0.words.contains(note.beside) } }),
        let line = blocks[at].lines.firstIndex(where: { $0.words.contains(note.beside) })
      else { continue }
      let lines = blocks[at].lines
      let isHead = !blocks[..<at].contains { !$0.isNote && $0.lines.count > 1 }
      var cut = line
      while cut > 0, !beginsParagraph(cut, of: lines, placed) { cut -= 1 }
      if isHead, cut == 0 {
        cut = line + 1
        while cut < lines.count, !beginsParagraph(cut, of: lines, placed) { cut += 1 }
      }
      let piece = PageCut.Piece(segments: note.segments, strip: blocks[at].strip)
      var own = BlockBuilder.blocks(of: piece, placed: placed, rules: rules)
      for index in own.indices { own[index].isNote = true }
      let parts = [lines[..<cut], lines[cut...]].compactMap { part in
        part.lazy.map(\.box).union().map { DraftBlock(lines: Array(part), box: $0, strip: piece.strip) }
      }
      blocks.replaceSubrange(at...at, with: cut == 0 ? own + parts : parts.prefix(1) + own + parts.dropFirst())
    }
    return blocks
  }

  private func beginsParagraph(_ at: Int, of lines: [DraftLine], _ placed: [PlacedWord]) -> Bool {
    guard at > 0 else { return true }
    if abs(lines[at].baseline - lines[at - 1].baseline) < Self.firstLine * em { return false }
    return lines[at].box.left > edges.left + Self.firstLine * em
      || lines[at - 1].box.right + Self.room * em + MarginLines.opening(of: lines[at].words, placed) <= edges.right
  }
}
