import Contracts
import DocumentModel
import StageKit

/// What was found in the document: facts, and for each phrase where it first stands.
struct DocumentReading {
  private(set) var facts: DocumentFacts
  /// By phrase of the rule book.
  private(set) var found: [Int: Provenance] = [:]
  /// Lines that name a kind of document, the largest type first.
  private(set) var titleLines: [TitleLine] = []
  /// The beginning of the text, for a language model.
  private(set) var beginning = ""

  /// - Parameters:
  ///   - pages: which pages to read, ascending.
  ///   - titles: elements that stage 10 takes for the title or a heading.
  init(
    _ source: EveryPage<AssemblyOutput>, pages: [Int], titles: Set<ElementID>, book: RuleBook,
    context: any StageContext
  ) throws {
    facts = DocumentFacts(pages: source.pages.count)
    for (done, number) in pages.enumerated() {
      guard let page = try source.load(page: number).value else { continue }
      facts.read(page)
      for (index, element) in page.elements.enumerated() {
        let id = ElementID(page: number, index: index)
        let heading = element.kind == .title || element.kind == .heading || titles.contains(id)
        let first = number == source.pages.first
        let isLetterhead = first && Self.isLetterhead(element, on: page)
        for part in ElementPart.parts(of: element) {
          read(
            part, of: element, id, first: first, heading: heading, isLetterhead: isLetterhead,
            prominent: first && (heading || Self.isProminent(part, on: page)), book)
        }
      }
      context.progress(Double(done + 1) / Double(pages.count))
    }
    facts.finish()
    // What is set no larger than the text and is no heading either is no title.
    let body = facts[.size]
    titleLines = titleLines.filter { $0.isHeading || $0.size >= body * Self.larger }.enumerated()
      .sorted { (-$0.element.size, $0.offset) < (-$1.element.size, $1.offset) }.map(\.element)
  }

  private mutating func read(
    _ part: ElementPart, of element: Element, _ id: ElementID, first: Bool, heading: Bool, isLetterhead: Bool,
    prominent: Bool, _ book: RuleBook
  ) {
    let tokens = TextToken.tokens(of: part.text)
    facts.read(part.text, tokens, of: element)
    if beginning.utf8.count < Self.mostBeginning { beginning += part.text + "\n" }
    let words = tokens.count { !$0.isNumber }
    let colons = Self.colons(part.text, after: tokens)
    let isAbout = tokens.first.map { Self.subjects.contains($0.folded) && colons.contains(0) } ?? false
    let matches = book.index.matches(in: tokens)
    if prominent, part.text.utf8.count <= Self.mostProminent {
      let named = matches.filter { book.isTitle(book.owners[$0.phrase]) }
      if let title = TitleLine(
        part.text, tokens, named, size: element.typography.size, isHeading: heading || isLetterhead)
      {
        titleLines.append(title)
      }
    }
    for match in matches where found[match.phrase] == nil {
      let holds =
        switch book.places[match.phrase] {
        case .anywhere: true
        case .first: first
        case .prominent: prominent
        case .title: prominent && !isAbout
        case .heading: heading && words <= match.tokens.count + 1
        case .label: match.tokens.count == tokens.count || colons.contains(match.tokens.upperBound - 1)
        }
      guard holds else { continue }
      let range =
        tokens[match.tokens.lowerBound].range.lowerBound..<tokens[match.tokens.upperBound - 1].range.upperBound
      found[match.phrase] = Provenance(page: id.page, box: part.box, element: id, words: part.words(in: range))
    }
  }

  /// The tokens that a colon follows, at once or after a space.
  private static func colons(_ text: String, after tokens: [TextToken]) -> Set<Int> {
    var found: Set<Int> = []
    var token = -1
    for (offset, scalar) in text.unicodeScalars.enumerated() {
      while token + 1 < tokens.count, tokens[token + 1].range.upperBound <= offset { token += 1 }
      if scalar == ":" || scalar == "：", token >= 0 { found.insert(token) }
    }
    return found
  }

  /// A short text in the upper half of the page.
  private static func isProminent(_ part: ElementPart, on page: AssemblyOutput) -> Bool {
    part.text.utf8.count <= mostProminent && part.box.midY < page.size.height / 2
  }

  /// A narrow table at the top of the page without amounts: names and titles beside each other, whose sizes no one
  /// told.
  private static func isLetterhead(_ element: Element, on page: AssemblyOutput) -> Bool {
    guard let table = element.table, table.columns <= letterheadColumns else { return false }
    return element.box.top < page.size.height * letterheadArea
      && table.cells.allSatisfy { TextSigns($0.text).amounts == 0 }
  }

  /// What stands before the matter of a letter, folded.
  private static let subjects: Set<String> = [
    "re", "ref", "subject", "regarding", "betreff", "betrifft", "betr", "objet", "concerne", "asunto", "assunto",
    "betreft", "onderwerp", "oggetto",
  ]
  private static let letterheadColumns = 2
  private static let letterheadArea = 0.25  // of the page's height
  private static let larger = 1.15  // times the prevailing size of letters
  private static let mostProminent = 60  // bytes: a line, not a sentence
  private static let mostBeginning = 8_000  // bytes: some two pages, well within any model's window
}
