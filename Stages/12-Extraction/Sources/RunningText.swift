import DocumentModel

/// Tells labels with their values from sentences that happen to have a colon.
struct RunningText {
  private let page: PageText

  init(_ page: PageText) { self.page = page }

  /// Whether a segment goes on with the sentence of the line above it.
  func continues(_ index: Int) -> Bool {
    let line = page.segments[index]
    guard let above = neighbour(of: index, above: true) else { return false }
    let before = page.segments[above]
    guard before.words.count >= Self.proseWords, before.box.right > line.box.left + line.box.width / 2 else {
      return false
    }
    // A label with its value right above another: "Born: 14 September 2019" | "School: Jules Ferry".
    if Self.isLabelled(before), Self.isLabelled(line), abs(before.box.left - line.box.left) < line.height,
      line.words.count < Self.fullLine
    {
      return false
    }
    // A line full of words behind the end of a sentence is in the midst of a paragraph, a short one may be a form's.
    return !Self.endsSentence(before.scalars) || line.words.count >= Self.fullLine
  }

  /// Whether what stands behind a label in its own line is a sentence, perhaps one that runs on below the label.
  func isSentence(_ index: Int, from value: Int) -> Bool {
    let line = page.segments[index]
    let words = line.starts.count { $0 >= value }
    if words > Self.longestValue { return true }
    guard line.words.count >= Self.proseWords, let below = neighbour(of: index, above: false) else { return false }
    let next = page.segments[below]
    return line.box.right > next.box.right - 2 * line.height && next.words.count >= 2
      && !next.scalars.all.contains(":")
  }

  /// Whether the words before a colon are a part of a sentence or an entry of a list of sources.
  func isClause(_ label: Scalars) -> Bool {
    let scalars = label.all
    if scalars.first == "[" || Self.schemes.contains(label.text(0..<label.count)) { return true }
    // Pieces of program text, and names of books behind those of their authors.
    let brackets = scalars.reduce(0) { $0 + ($1 == "(" ? 1 : $1 == ")" ? -1 : 0) }
    if brackets != 0 || endsSentenceWithin(label) { return true }
    guard let letter = scalars.first(where: { $0.isLetter }) else { return true }
    return letter.isSmall && scalars.count { $0.isSpace } >= Self.clauseSpaces
  }

  /// Whether a full stop stands behind a whole word: behind fewer letters it marks an abbreviation.
  private func endsSentenceWithin(_ label: Scalars) -> Bool {
    var letters = 0
    for at in 0..<label.count {
      if label[at] == ".", label.isSpace(at + 1), letters >= Self.wholeWord || label[at - 1] == ")" { return true }
      letters = label.isLetter(at) ? letters + 1 : 0
    }
    return false
  }

  /// The segment right above or below that begins at the same left edge, or at that of an indented first line.
  private func neighbour(of index: Int, above: Bool) -> Int? {
    let line = page.segments[index]
    let at = line.row + (above ? -1 : 1)
    guard page.rows.indices.contains(at) else { return nil }
    return page.rows[at].first { other in
      let found = page.segments[other]
      let gap = above ? line.box.top - found.box.bottom : found.box.top - line.box.bottom
      let step = above ? found.box.left - line.box.left : line.box.left - found.box.left
      return gap < Self.leading * line.height && step > -line.height && step < Self.indent * line.height
    }
  }

  /// Whether a line begins with a capital and has a colon after at most a few words, and something behind it.
  private static func isLabelled(_ line: PageText.Segment) -> Bool {
    guard line.scalars.all.first?.isCapital ?? false,
      let colon = line.scalars.all.firstIndex(of: ":"), colon + 2 < line.scalars.count, line.scalars.isSpace(colon + 1)
    else { return false }
    return line.starts.count { $0 < colon } <= labelWords
  }

  private static func endsSentence(_ text: Scalars) -> Bool {
    guard let last = text.all.last(where: { !$0.isSpace }) else { return true }
    return ".!?:;".unicodeScalars.contains(last)
  }

  private static let schemes: Set<String> = ["http", "https", "ftp", "urn"]  // of addresses that a space parts
  private static let wholeWord = 4  // letters
  private static let proseWords = 6  // words of a line of running text: labels and values are shorter
  private static let labelWords = 4
  private static let fullLine = 8  // words
  private static let longestValue = 14  // words behind a label in one line
  private static let clauseSpaces = 2  // in a label without a capital: "e-mail" and "cost centre" have fewer
  private static let leading = 0.8  // heights of a line between two lines of a paragraph
  private static let indent = 3.0  // heights of a line
}
