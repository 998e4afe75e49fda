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

  /// Parts a list region into items: lines that begin with a marker like the first one's and stand no further in.
  func splitList(_ lines: [TextLine]) -> [[TextLine]] {
    guard let first = lines.first else { return [] }
    var marks = MarkerReading.all(opening(first))
    let indent = typography.indent(first)
    let dashes = dashedIndents(lines)
    return LineGroups.split(lines) { line in
      let own = MarkerReading.all(opening(line))
      guard !own.isEmpty, !marks.isEmpty else { return false }
      let sibling = own.contains { reading in
        marks.contains { mark in
          guard reading.isAlike(mark) else { return false }
          guard let a = mark.ordinal, let b = reading.ordinal else { return true }
          return b == a + 1
        }
      }
      // A wrapped line may well begin with a dash; with a bullet it begins an item of an inner list.
      let inner =
        own[0].isBulletProper && marks[0] != own[0]
        || dashes[own[0].marker]?.contains { abs($0 - typography.indent(line)) <= Self.tolerance } ?? false
      guard sibling && typography.indent(line) <= indent + Self.tolerance || inner else { return false }
      marks = own
      return true
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
