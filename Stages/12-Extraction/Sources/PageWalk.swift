import Contracts
import DocumentModel
import StageKit

/// Walks the pages once for what is read from their lines.
struct PageWalk {
  /// What a walk found.
  struct Survey {
    var dates = DateOrder()
    /// The pages that fields are read from.
    var pages: [PageText] = []
    var pairs: [KeyValuePair] = []
    /// What only places tell, to be believed where nothing else tells of the same value.
    var placed: [KeyValuePair] = []
  }

  private let words: EveryPage<OCROutput>
  private let layout: EveryPage<LayoutOutput>

  init(_ words: EveryPage<OCROutput>, _ layout: EveryPage<LayoutOutput>) {
    self.words = words
    self.layout = layout
  }

  /// - Parameters:
  ///   - wanted: whether fields will be read, so that pages are to be kept.
  ///   - isForm: whether labels and values are looked for where only their places tell them.
  func survey(_ options: ExtractionOptions, wanted: Bool, isForm: Bool) throws -> Survey {
    var survey = Survey()
    survey.dates = DateOrder(options.dateOrder)
    let numbers = words.pages
    let kept = wanted ? Set(numbers.prefix(options.pages) + numbers.suffix(2)) : []
    for number in numbers {
      guard let read = try words.load(page: number).value, let lines = try layout.load(page: number).value else {
        continue
      }
      let page = PageText(number: number, words: read, layout: lines)
      for segment in page.segments { survey.dates.read(segment.scalars, tokens: segment.tokens) }
      if options.pairs {
        let found = PairFinder(page).pairs()
        if let form = FormPairs(page, read) {
          survey.pairs += form.pairs() + found.filter { !form.tells($0) }
        } else {
          survey.pairs += found
        }
        if isForm { survey.placed += PlacedPairs(page).pairs() }
      }
      if kept.contains(number) { survey.pages.append(page) }
    }
    return survey
  }
}
