import Contracts
import DocumentModel

/// What the layout of the pages read says of the document.
struct DocumentFacts {
  /// A fact by its name in rule files.
  enum Name: String, Decodable, Sendable, CaseIterable {
    case pages
    /// Height of the first page over its width.
    case ratio
    case tables, figures, headings, footnotes
    /// Labels with their values, per page.
    case keyValues = "key-values"
    /// Words with a colon after them, per hundred words.
    case labels
    /// Words per page.
    case words
    /// Most columns on a page.
    case columns
    /// Numbers with two decimals or behind a currency, per hundred words.
    case amounts
    /// References in brackets ([3], (Smith, 2003)), per page.
    case citations
    /// Places to fill in (runs of underscores or dots, empty boxes), per page.
    case blanks
    /// Machine-readable lines of passports and identity cards.
    case machineLines = "machine-lines"
    /// Share of the words that stand in paragraphs of three full lines or more.
    case prose
    /// Share of the words that stand in list items.
    case lists
    /// The prevailing size of letters, in points.
    case size
  }

  private(set) var values: [Name: Double] = [:]
  private var words = 0
  private var proseWords = 0
  private var listWords = 0
  private var pagesRead = 0
  private var sizes: [Double: Int] = [:]

  init(pages: Int) { values[.pages] = Double(pages) }

  subscript(name: Name) -> Double { values[name] ?? 0 }

  mutating func read(_ page: AssemblyOutput) {
    pagesRead += 1
    if values[.ratio] == nil, page.size.width > 0 { values[.ratio] = page.size.height / page.size.width }
    values[.columns] = max(self[.columns], Double(page.columns.count))
    for element in page.elements {
      switch element.kind {
      case .table: values[.tables, default: 0] += 1
      case .figure: values[.figures, default: 0] += 1
      case .heading, .title: values[.headings, default: 0] += 1
      case .footnote: values[.footnotes, default: 0] += 1
      case .keyValue: values[.keyValues, default: 0] += 1
      default: break
      }
    }
  }

  /// - Parameters:
  ///   - text: an element's or a cell's own.
  ///   - tokens: those of the text.
  mutating func read(_ text: String, _ tokens: [TextToken], of element: Element) {
    words += tokens.count
    sizes[element.typography.size, default: 0] += tokens.count
    let lines = element.typography.lines
    if element.kind == .paragraph, lines >= 3, tokens.count >= lines * Self.fullLine { proseWords += tokens.count }
    if element.kind == .listItem { listWords += tokens.count }
    let signs = TextSigns(text)
    values[.amounts, default: 0] += Double(signs.amounts)
    values[.labels, default: 0] += Double(signs.labels)
    values[.citations, default: 0] += Double(signs.citations)
    values[.blanks, default: 0] += Double(signs.blanks)
    values[.machineLines, default: 0] += Double(signs.machineLines)
  }

  private static let fullLine = 7  // tokens: addresses and lists of goods have shorter lines

  /// Turns sums into shares and means; to be called once, after the last page.
  mutating func finish() {
    let pages = Double(max(1, pagesRead))
    let words = Double(max(1, words))
    for name in [Name.keyValues, .citations, .blanks] { values[name] = self[name] / pages }
    for name in [Name.amounts, .labels] { values[name] = self[name] * 100 / words }
    values[.words] = Double(self.words) / pages
    values[.prose] = Double(proseWords) / words
    values[.lists] = Double(listWords) / words
    values[.size] = sizes.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
  }
}
