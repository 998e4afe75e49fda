import Contracts
import DocumentModel

extension PageAssembler {
  /// Gives every list item its marker and level, in the order of the page.
  func numberLists(_ drafts: inout [ElementDraft]) {
    var levels = ListLevels()
    for index in drafts.indices {
      let draft = drafts[index]
      switch draft.kind {
      case .listItem:
        let (level, reading) = levels.item(draft.readings, indent: draft.indent, column: draft.column)
        drafts[index].list = ListMarker(
          ordered: reading?.ordinal != nil, marker: reading?.marker ?? "", level: level, ordinal: reading?.ordinal,
          textLeft: draft.textLeft)
      // Furniture and notes stand outside the flow and end no list.
      case .pageHeader, .pageFooter, .pageNumber, .footnote: break
      case .paragraph, .formula, .code, .figure, .caption:
        levels.interrupt(indent: UprightFrame(page: page.size, turn: page.turn).upright(draft.box).left)
      default: levels.interrupt(indent: nil)
      }
    }
  }

  /// Where the text behind a marker begins: its wrapped lines tell it, else the first word after the marker.
  func textLeft(_ lines: [TextLine], marker: Int) -> Double? {
    guard marker > 0, let first = lines.first, first.turn == .none, first.direction == .leftToRight else { return nil }
    let wrapped = lines.first { $0.baseline > first.baseline + Self.sameLine * first.size }
    // The marker may be a line of its own beside the text.
    let next = lines.flatMap(\.words).dropFirst(joiner.words(ofMarker: marker, lines).count).first
    return wrapped?.textBox(page.words).left ?? next.map { page.words[$0].box.left }
  }

  /// Parts a list region into items: lines whose marker goes on from one above and that stand no further in than it, and
  /// the first lines of the lists within an item that a colon announces.
  func splitList(_ lines: [TextLine]) -> [[TextLine]] {
    guard let first = lines.first else { return [] }
    // Lists within lists, the innermost last.
    var open = [(marks: MarkerReading.all(opening(first)), indent: typography.indent(first))]
    let dashes = dashedIndents(lines)
    var before = first
    return LineGroups.split(lines) { line in
      defer { before = line }
      let own = MarkerReading.all(opening(line))
      guard !own.isEmpty, let marks = open.last?.marks, !marks.isEmpty else { return false }
      let indent = typography.indent(line)
      if let list = open.lastIndex(where: { indent <= $0.indent + Self.tolerance && Self.goOn($0.marks, own) }) {
        open.removeLast(open.count - list - 1)
        open[list].marks = own
        return true
      }
      if let inner = own.first(where: { $0.ordinal == 1 && $0.dress != .bare }), announces(before),
        let outer = open.last,
        indent > outer.indent + Self.tolerance, !marks.contains(where: inner.isAlike)
      {
        open.append((own, indent))
        return true
      }
      // A wrapped line may well begin with a dash; with a bullet it begins an item of an inner list.
      guard
        own[0].isBulletProper && marks[0] != own[0]
          || dashes[own[0].marker]?.contains(where: { abs($0 - indent) <= Self.tolerance }) ?? false
      else { return false }
      open[open.count - 1].marks = own
      return true
    }
  }

  private func announces(_ line: TextLine) -> Bool { line.words.last.map { vocabulary.texts[$0].last == ":" } ?? false }

  /// Whether a marker may stand behind another in one list.
  private static func goOn(_ marks: [MarkerReading], _ own: [MarkerReading]) -> Bool {
    own.contains { reading in
      marks.contains { mark in
        guard reading.isAlike(mark) else { return false }
        guard let a = mark.ordinal, let b = reading.ordinal else { return true }
        return b == a + 1
      }
    }
  }

  /// Where dashes and the like begin two lines and more: one alone may be a wrapped line's.
  private func dashedIndents(_ lines: [TextLine]) -> [String: [Double]] {
    var found: [String: [Double]] = [:]
    for line in lines {
      guard let own = MarkerReading.all(opening(line)).first, own.ordinal == nil, !own.isBulletProper else { continue }
      found[own.marker, default: []].append(typography.indent(line))
    }
    return found.mapValues { indents in
      indents.filter { indent in indents.count { abs($0 - indent) <= Self.tolerance } > 1 }
    }
  }

  /// Whether a numbered text ends with a way back to its mark.
  func isEndNote(_ lines: [TextLine]) -> Bool {
    guard let first = lines.first, let last = lines.last?.words.last, BackLink.ends(vocabulary.texts[last]) else {
      return false
    }
    return footnoteMark(first) != nil
  }

  func startsBullet(_ line: TextLine) -> Bool {
    MarkerReading.all(opening(line)).first.map { $0.ordinal == nil } ?? false
  }

  /// The first words of a line as text: enough to read a marker.
  func opening(_ line: TextLine) -> String {
    var text = ""
    for word in line.words.prefix(4) {
      text += vocabulary.texts[word]
      if !page.words[word].joinsNext { text += " " }
    }
    return text.last == " " ? String(text.dropLast()) : text
  }

  /// The mark that a footnote's first line begins with, and how many scalars it takes.
  func footnoteMark(_ line: TextLine) -> FootnoteMark? {
    guard let word = line.words.first else { return nil }
    let raised = joiner.styles.style(of: word, on: line).contains(.superscript)
    return FootnoteMark(vocabulary.texts[word], opening: opening(line), raised: raised)
  }

  private static let sameLine = 0.5  // of the size: pieces of one line stand on one baseline
  private static let tolerance = 3.0  // points: markers set flush right or on tab stops
}
