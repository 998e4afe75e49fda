import DocumentModel

/// Runs of text as one line of Markdown.
struct MarkdownText {
  let labels: FootnoteLabels
  var inCell = false

  /// A line that begins a block.
  func block(_ runs: [InlineRun]) -> String {
    let line = line(runs)
    // A bracket of ours opens a link or a mark, and what we style begins nothing.
    guard let first = runs.oneLine.first, first.link == nil, first.note == nil, !first.style.contains(.code) else {
      return line
    }
    return MarkdownEscape.lineStart(line)
  }

  /// - Returns: empty for text without a letter.
  func line(_ runs: [InlineRun]) -> String {
    var output = ""
    let pieces = Self.pieces(runs.oneLine)
    var index = 0
    while index < pieces.count {
      let piece = pieces[index]
      var end = index + 1
      if let link = piece.link, let target = Self.target(link) {
        while end < pieces.count, pieces[end].link == link { end += 1 }
        var text = ""
        for place in index..<end { append(pieces[place], after: pieces, place, to: &text, inLink: true) }
        output += "[\(text)](\(target))"
      } else {
        append(piece, after: pieces, index, to: &output, inLink: false)
      }
      index = end
    }
    return output
  }

  /// An address as Markdown takes it; places inside the document have none.
  private static func target(_ link: String) -> String? {
    guard !link.hasPrefix("#"), !link.isEmpty else { return nil }
    let address = PercentEncoding.address(link)
    return address.contains("(") || address.contains(")") ? "<\(address)>" : address
  }

  /// Markup holds only where no white space stands inside its ends, so that is taken out of styled runs.
  private static func pieces(_ runs: [InlineRun]) -> [InlineRun] {
    runs.flatMap { run -> [InlineRun] in
      guard !run.style.isEmpty, run.text != " " else {
        var plain = run
        if run.text == " " { plain.style = [] }
        return [plain]
      }
      var core = Substring(run.text)
      var parts: [InlineRun] = []
      if core.hasPrefix(" ") {
        parts.append(InlineRun(" ", link: run.link))
        core = core.dropFirst()
      }
      let trails = core.hasSuffix(" ")
      if trails { core = core.dropLast() }
      if !core.isEmpty { parts.append(InlineRun(String(core), style: run.style, link: run.link, note: run.note)) }
      if trails { parts.append(InlineRun(" ", link: run.link)) }
      return parts
    }
  }

  private func append(
    _ piece: InlineRun, after pieces: [InlineRun], _ index: Int, to output: inout String, inLink: Bool
  ) {
    if let note = piece.note, !inLink {
      output += "[^\(labels.refer(to: note, mark: piece.text))]"
      return
    }
    let next = index + 1 < pieces.count ? pieces[index + 1] : nil
    let emphasis = piece.style.intersection([.bold, .italic])
    let isPlain = piece.style.isEmpty
    var place = MarkdownEscape.Place(inCell: inCell, inLink: inLink)
    // Inside markup both neighbours are letters as far as escapes go: an escape too many does no harm.
    place.before = isPlain ? output.unicodeScalars.last : "x"
    place.after = isPlain ? next?.text.unicodeScalars.first : "x"
    if isPlain, let next, !next.style.isEmpty { place.after = "x" }
    place.meetsBracket = next.map { $0.note != nil || ($0.link != nil && $0.link != piece.link) } ?? false
    var text = MarkdownEscape.text(piece.text, place)
    if piece.style.contains(.code) {
      // Two fences side by side would be one; a bracket in a link's code may end the link.
      let needsTag = output.hasSuffix("`") || (inLink && (piece.text.contains("[") || piece.text.contains("]")))
      output += needsTag ? "<code>\(text)</code>" : Self.code(piece.text, inCell: inCell)
      return
    }
    if piece.style.contains(.superscript) { text = "<sup>\(text)</sup>" }
    if piece.style.contains(.subscript) { text = "<sub>\(text)</sub>" }
    guard !emphasis.isEmpty else {
      output += text
      return
    }
    let stars = emphasis == .bold ? "**" : emphasis == .italic ? "*" : "***"
    if Self.holds(text, before: output.unicodeScalars.last, next: next) {
      output += stars + text + stars
    } else {
      let (open, close) = Self.tags(emphasis)
      output += open + text + close
    }
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
  private static func holds(_ text: String, before: Unicode.Scalar?, next: InlineRun?) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return false }
    if before == "*" { return false }
    let after: Unicode.Scalar? = next.flatMap {
      $0.style.isEmpty || $0.text == " " ? $0.text.unicodeScalars.first : "x"
    }
    let beforeLoose = before.map { MarkdownEscape.isSpace($0) || MarkdownEscape.isPunctuation($0) } ?? true
    let afterLoose = after.map { MarkdownEscape.isSpace($0) || MarkdownEscape.isPunctuation($0) } ?? true
    if let next, !next.style.isDisjoint(with: [.bold, .italic]) { return false }
    return (!MarkdownEscape.isPunctuation(first) || beforeLoose) && (!MarkdownEscape.isPunctuation(last) || afterLoose)
  }

  /// A code span whose fence is longer than any run of backticks in it.
  private static func code(_ text: String, inCell: Bool) -> String {
    let fence = String(repeating: "`", count: Backticks.longest(text) + 1)
    let pad = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
    let inner = inCell ? text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") : text
    return fence + pad + inner + pad + fence
  }
}
