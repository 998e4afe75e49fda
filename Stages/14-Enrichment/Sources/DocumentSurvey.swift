import Contracts
import DocumentModel

/// One walk over the text that gathers what languages, keywords and summary are made of.
struct DocumentSurvey {
  private(set) var languages = LanguageTally()
  private(set) var keywords = KeywordTally()
  private(set) var sentences = SentencePool()

  /// - Parameter progress: told each entry's index.
  init(_ entries: [ReadingEntry], sections: SectionsOutput, reader: ElementReader, progress: (Int) -> Void) throws {
    let headings = Set(sections.headings.map(\.entry) + (sections.title.map { [$0] } ?? []))
    let contents = Set(sections.contents)
    var opensSection = false
    var inReferences = false
    var paragraph = 0
    for (index, entry) in entries.enumerated() {
      progress(index)
      guard let first = entry.elements.first, !contents.contains(index) else { continue }
      let element = try reader.element(first)
      guard Self.read(element.kind) else { continue }
      let text = Array(try EntryText(entry, reader: reader).text.unicodeScalars)
      let words = TextWord.words(of: text)
      let isHeading = headings.contains(index) || element.kind == .heading || element.kind == .title
      if isHeading { inReferences = ReferenceHeading.matches(words) }
      let found = LanguageIdentifier.language(of: text, words: words.lazy.map(\.key))
      if let found, !isHeading { languages.add(found, letters: words.reduce(0) { $0 + $1.range.count }) }
      guard !inReferences else { continue }
      let language = isHeading ? languages.main ?? found : found ?? languages.main
      let ranges = SentenceSplitter.sentences(of: text)
      keywords.add(
        words, of: text, entry: index, language: language, isHeading: isHeading,
        starts: Self.starts(ranges, words))
      if isHeading {
        opensSection = true
      } else if element.kind == .paragraph {
        sentences.add(
          text, sentences: ranges, words: words, entry: index, stops: keywords.stopWords(of: language),
          opensSection: opensSection, paragraph: paragraph)
        opensSection = false
        paragraph += 1
      }
    }
    // Where nothing but headings and tables is written, a heading must do.
    if languages.main == nil { try addHeadings(entries, headings: headings, reader: reader) }
  }

  private mutating func addHeadings(_ entries: [ReadingEntry], headings: Set<Int>, reader: ElementReader) throws {
    for index in headings.sorted().prefix(Self.mostHeadings) where entries.indices.contains(index) {
      let text = Array(try EntryText(entries[index], reader: reader).text.unicodeScalars)
      let words = TextWord.words(of: text)
      if let language = LanguageIdentifier.language(of: text, words: words.map(\.key)) {
        languages.add(language, letters: text.count)
      }
    }
  }

  /// Where the first word of each sentence begins.
  private static func starts(_ sentences: [Range<Int>], _ words: [TextWord]) -> Set<Int> {
    var starts: Set<Int> = []
    var next = 0
    for sentence in sentences {
      while next < words.count, words[next].range.lowerBound < sentence.lowerBound { next += 1 }
      if next < words.count { starts.insert(words[next].range.lowerBound) }
    }
    return starts
  }

  private static func read(_ kind: RegionKind) -> Bool {
    switch kind {
    case .title, .heading, .paragraph, .listItem, .caption, .footnote, .keyValue: true
    case .table, .figure, .formula, .code, .pageHeader, .pageFooter, .pageNumber: false
    }
  }

  private static let mostHeadings = 200  // headings: enough to tell a language
}
