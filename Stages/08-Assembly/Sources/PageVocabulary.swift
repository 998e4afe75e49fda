import DocumentModel

/// The page's words as told, and which of them occur whole: what decides whether a hyphen belongs to a word.
struct PageVocabulary {
  /// For each word of the page its normalised text.
  let texts: [String]
  private let whole: Set<String>

  init(_ page: PageMaterial) {
    texts = page.words.map { WordText.normalised($0.text) }
    var whole: Set<String> = []
    // What stands on either side of a hyphen at a line's end is itself the question.
    var halves: Set<Int> = []
    for (index, line) in page.lines.enumerated() {
      guard let word = line.words.last, let last = texts[word].unicodeScalars.last, LineBreakHyphen.isHyphen(last)
      else { continue }
      halves.insert(word)
      if index + 1 < page.lines.count, let next = page.lines[index + 1].words.first { halves.insert(next) }
    }
    for (index, text) in texts.enumerated() where text.utf8.count > 3 && !halves.contains(index) {
      let core = LineBreakHyphen.core(text).lowercased()
      whole.insert(core.contains("\u{2010}") ? core.split(separator: "\u{2010}").joined(separator: "-") : core)
    }
    self.whole = whole
  }

  func contains(_ word: String) -> Bool { whole.contains(word) }
}
