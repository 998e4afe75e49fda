import DocumentModel

/// The page's words as told, and which of them occur whole: what decides whether a hyphen belongs to a word.
struct PageVocabulary {
  /// For each word of the page its normalised text.
  let texts: [String]
  private let whole: Set<String>

  init(_ page: PageMaterial) {
    texts = page.words.map { WordText.normalised($0.text) }
    var whole: Set<String> = []
    let ends = Set(page.lines.compactMap(\.words.last))
    for (index, text) in texts.enumerated() where text.utf8.count > 3 {
      // A word that ends its line in a hyphen is itself the question.
      if ends.contains(index), let last = text.unicodeScalars.last, LineBreakHyphen.isHyphen(last) { continue }
      let core = LineBreakHyphen.core(text).lowercased()
      whole.insert(core.contains("\u{2010}") ? core.split(separator: "\u{2010}").joined(separator: "-") : core)
    }
    self.whole = whole
  }

  func contains(_ word: String) -> Bool { whole.contains(word) }
}
