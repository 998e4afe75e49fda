import DocumentModel

/// Runs of text as one line of Markdown.
struct MarkdownText {
  let labels: FootnoteLabels
  var inCell = false

  /// A line that begins a block.
  func block(_ runs: [InlineRun]) -> TracedText {
    let line = line(runs)
    // A bracket of ours opens a link or a mark, and what we style begins nothing.
    guard let first = runs.oneLine.first, first.link.flatMap(Self.target) == nil, first.note == nil,
      !first.style.contains(.code)
    else { return line }
    return MarkdownEscape.lineStart(line)
  }

  /// - Returns: empty for text without a letter.
  func line(_ runs: [InlineRun]) -> TracedText {
    var output: TracedText = ""
    let pieces = Self.pieces(runs.oneLine)
    var index = 0
    while index < pieces.count {
      let piece = pieces[index]
      var end = index + 1
      if let link = piece.link, let target = Self.target(link) {
        while end < pieces.count, pieces[end].link == link { end += 1 }
        var text: TracedText = ""
        // White space at a link's ends is none of it.
        var (first, last) = (index, end)
        while first < last, pieces[first].text.string == " " { first += 1 }
        while last > first, pieces[last - 1].text.string == " " { last -= 1 }
        append(pieces, first..<last, to: &text, inLink: true)
        let lead = first > index ? " " : "", trail = last < end ? " " : ""
        output += text.isEmpty ? TracedText(lead) : "\(lead)[\(text)](\(target))\(trail)"
      } else {
        while end < pieces.count, pieces[end].link.flatMap(Self.target) == nil { end += 1 }
        append(pieces, index..<end, to: &output, inLink: false)
      }
      index = end
    }
    return output
  }

  private func append(_ pieces: [InlineRun], _ range: Range<Int>, to output: inout TracedText, inLink: Bool) {
    var index = range.lowerBound
    while index < range.upperBound {
      if let nest = EmphasisNest(pieces, index..<range.upperBound) {
        append(nest, pieces, to: &output, inLink: inLink)
        index = nest.range.upperBound
        continue
      }
      let end = Self.stretch(pieces, index..<range.upperBound)
      append(pieces, index..<end, stretch: Self.emphasis(pieces[index]), to: &output, inLink: inLink)
      index = end
    }
  }

  /// `**all of it, *this* as well**`.
  private func append(_ nest: EmphasisNest, _ pieces: [InlineRun], to output: inout TracedText, inLink: Bool) {
    var text: TracedText = ""
    for part in nest.parts {
      var inner: TracedText = ""
      for index in part {
        let after = index + 1 < pieces.count ? pieces[index + 1] : nil
        inner += Self.shifted(escaped(pieces[index], after, before: output, inLink: inLink), pieces[index].style)
      }
      if Self.emphasis(pieces[part.lowerBound]) == [.bold, .italic] {
        // Beside another asterisk nothing is sure.
        let after = pieces[part.upperBound].text.unicodeScalars.first
        let isFree = after != "*" && !Self.hasMarkup(pieces[part.upperBound])
        inner = Self.marked(
          inner, nest.inner, holds: isFree && Self.holds(inner, before: text.unicodeScalars.last, after: after))
      }
      text += inner
    }
    let next = nest.range.upperBound < pieces.count ? pieces[nest.range.upperBound] : nil
    output += Self.marked(text, nest.outer, holds: Self.holds(text, before: output.unicodeScalars.last, next: next))
  }

  /// Whether its text begins with a tag.
  private static func hasMarkup(_ piece: InlineRun) -> Bool {
    !piece.style.isDisjoint(with: [.superscript, .subscript])
  }

  private static func marked(_ text: TracedText, _ emphasis: TextStyle, holds: Bool) -> TracedText {
    let stars = emphasis == .bold ? "**" : emphasis == .italic ? "*" : "***"
    let (open, close) = holds ? (stars, stars) : tags(emphasis)
    return "\(open)\(text)\(close)"
  }

  private static func emphasis(_ piece: InlineRun) -> TextStyle { piece.style.intersection([.bold, .italic]) }

  /// Where a stretch of equal emphasis ends: letters with their scripts, and the spaces between them.
  private static func stretch(_ pieces: [InlineRun], _ range: Range<Int>) -> Int {
    let start = range.lowerBound
    let emphasis = emphasis(pieces[start])
    func belongs(_ index: Int) -> Bool {
      let piece = pieces[index]
      return self.emphasis(piece) == emphasis && !piece.style.contains(.code) && piece.note == nil
    }
    guard !emphasis.isEmpty, belongs(start) else { return start + 1 }
    var end = start + 1
    while end < range.upperBound {
      if belongs(end) {
        end += 1
      } else if pieces[end].text.string == " ", end + 1 < range.upperBound, belongs(end + 1) {
        end += 2
      } else {
        break
      }
    }
    return end
  }

  /// An address as Markdown takes it; places inside the document have none.
  private static func target(_ link: String) -> String? {
    guard let address = LinkAddress.outside(link) else { return nil }
    return address.contains("(") || address.contains(")") ? "<\(address)>" : address
  }

  /// Neighbours in code as one: between fences nothing is emphasised, and two of them side by side would need tags.
  private static func joinedCode(_ runs: [InlineRun]) -> [InlineRun] {
    var joined: [InlineRun] = []
    for run in runs {
      if let last = joined.last, run.style.contains(.code), last.style.contains(.code), run.link == last.link,
        run.note == nil, last.note == nil, (run.style.symmetricDifference(last.style)).isSubset(of: [.bold, .italic])
      {
        joined[joined.count - 1].text += run.text
      } else {
        joined.append(run)
      }
    }
    return joined
  }

  /// Markup holds only where no white space stands inside its ends, so that is taken out of styled runs and links.
  private static func pieces(_ runs: [InlineRun]) -> [InlineRun] {
    joinedCode(runs).flatMap { run -> [InlineRun] in
      guard !run.style.isEmpty || run.link != nil, run.text.string != " " else {
        var plain = run
        if run.text.string == " " { plain.style = [] }
        return [plain]
      }
      var core = run.text
      var parts: [InlineRun] = []
      if core.string.hasPrefix(" ") {
        parts.append(InlineRun(" ", link: run.link))
        core = core.slice(1..<core.utf8Count)
      }
      let trails = core.hasSuffix(" ")
      if trails { core = core.slice(0..<(core.utf8Count - 1)) }
      if !core.isEmpty { parts.append(InlineRun(core, style: run.style, link: run.link, note: run.note)) }
      if trails { parts.append(InlineRun(" ", link: run.link)) }
      return parts
    }
  }

  private func append(
    _ pieces: [InlineRun], _ range: Range<Int>, stretch emphasis: TextStyle, to output: inout TracedText, inLink: Bool
  ) {
    let piece = pieces[range.lowerBound]
    let next = range.upperBound < pieces.count ? pieces[range.upperBound] : nil
    if let note = piece.note, !inLink {
      let label = labels.refer(to: note, mark: piece.text.string)
      output += "[^\(TracedText(label, piece.text.marks.first?.origin))]" as TracedText
      return
    }
    if piece.style.contains(.code) {
      // Two fences side by side would be one; a bracket in a link's code may end the link.
      let needsTag =
        output.hasSuffix("`") || (inLink && (piece.text.string.contains("[") || piece.text.string.contains("]")))
      output +=
        needsTag
        ? "<code>\(escaped(piece, next, before: output, inLink: inLink))</code>"
        : Self.code(piece.text, inCell: inCell)
      return
    }
    guard !emphasis.isEmpty else {
      output += Self.shifted(escaped(piece, next, before: output, inLink: inLink), piece.style)
      return
    }
    var text: TracedText = ""
    for index in range {
      let after = index + 1 < pieces.count ? pieces[index + 1] : nil
      text += Self.shifted(escaped(pieces[index], after, before: output, inLink: inLink), pieces[index].style)
    }
    output += Self.marked(text, emphasis, holds: Self.holds(text, before: output.unicodeScalars.last, next: next))
  }

  private func escaped(_ piece: InlineRun, _ next: InlineRun?, before output: TracedText, inLink: Bool) -> TracedText {
    let isPlain = piece.style.isEmpty
    var place = MarkdownEscape.Place(inCell: inCell, inLink: inLink)
    // Inside markup both neighbours are letters as far as escapes go: an escape too many does no harm.
    place.before = isPlain ? output.unicodeScalars.last : "x"
    place.after = isPlain ? next?.text.unicodeScalars.first : "x"
    if isPlain, let next, !next.style.isEmpty { place.after = "x" }
    place.meetsBracket = next.map { $0.note != nil || ($0.link != nil && $0.link != piece.link) } ?? false
    return MarkdownEscape.text(piece.text, place)
  }

  private static func shifted(_ text: TracedText, _ style: TextStyle) -> TracedText {
    var text = text
    if style.contains(.superscript) { text = "<sup>\(text)</sup>" }
    if style.contains(.subscript) { text = "<sub>\(text)</sub>" }
    return text
  }

  private static func tags(_ style: TextStyle) -> (String, String) {
    var (open, close) = ("", "")
    if style.contains(.bold) { (open, close) = ("<strong>", "</strong>") }
    if style.contains(.italic) { (open, close) = (open + "<em>", "</em>" + close) }
    return (open, close)
  }

  /// Whether asterisks around a text open and close there.
  ///
  /// Source: CommonMark 0.31, section 6.2, left- and right-flanking delimiter runs.
  private static func holds(_ text: TracedText, before: Unicode.Scalar?, next: InlineRun?) -> Bool {
    if let next, !next.style.isDisjoint(with: [.bold, .italic]) { return false }
    let after: Unicode.Scalar? = next.flatMap {
      $0.style.isEmpty || $0.text.string == " " ? $0.text.unicodeScalars.first : "x"
    }
    return holds(text, before: before, after: after)
  }

  private static func holds(_ text: TracedText, before: Unicode.Scalar?, after: Unicode.Scalar?) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last, before != "*" else {
      return false
    }
    let beforeLoose = before.map { MarkdownEscape.isSpace($0) || MarkdownEscape.isPunctuation($0) } ?? true
    let afterLoose = after.map { MarkdownEscape.isSpace($0) || MarkdownEscape.isPunctuation($0) } ?? true
    return (!MarkdownEscape.isPunctuation(first) || beforeLoose) && (!MarkdownEscape.isPunctuation(last) || afterLoose)
  }

  /// A code span whose fence is longer than any run of backticks in it.
  private static func code(_ text: TracedText, inCell: Bool) -> TracedText {
    let fence = String(repeating: "`", count: Backticks.longest(text.string) + 1)
    let pad = text.string.hasPrefix("`") || text.string.hasSuffix("`") ? " " : ""
    let inner = text.rewritten { scalar, _, result in
      if inCell, scalar == "|" { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return "\(fence)\(pad)\(inner)\(pad)\(fence)"
  }
}
