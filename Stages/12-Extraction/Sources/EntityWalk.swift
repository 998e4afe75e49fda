import Contracts
import DocumentModel
import StageKit

/// Walks the reading order for entities, positions and pairs of tables; keeps a few pages at a time.
struct EntityWalk {
  private let reader: ElementReader
  private let words: PageCache<OCROutput>
  private let scanner: EntityScanner
  private let items: LineItemReader?
  private let isForm: Bool
  private let options: ExtractionOptions
  private(set) var entities: [ExtractedEntity] = []
  private(set) var lineItems: [ItemReading] = []
  private(set) var pairs: [KeyValuePair] = []

  init(
    _ pages: EveryPage<AssemblyOutput>, words: EveryPage<OCROutput>, dates: DateOrder, items: LineItemReader?,
    isForm: Bool, options: ExtractionOptions
  ) {
    reader = ElementReader(pages)
    self.words = PageCache(words)
    scanner = EntityScanner(dates: dates)
    self.items = items
    self.isForm = isForm
    self.options = options
  }

  mutating func read(_ order: ReadingOrderOutput, progress: (Double) -> Void) throws {
    for (index, entry) in order.entries.enumerated() {
      try text(of: entry)
      for id in entry.elements {
        if let table = try reader.element(id).table { try read(table, id) }
      }
      for id in entry.captions { try text(of: ReadingEntry(elements: [id])) }
      if index % Self.step == 0 { progress(Double(index) / Double(order.entries.count)) }
    }
    for id in order.furniture { try text(of: ReadingEntry(elements: [id])) }
  }

  private mutating func text(of entry: ReadingEntry) throws {
    guard options.entities, entities.count < Self.most else { return }
    let joined = try EntryText(entry, reader: reader)
    guard !joined.text.isEmpty else { return }
    let text = Scalars(joined.text)
    for finding in scanner.findings(in: text) {
      guard let first = joined.words(in: finding.range).first ?? entry.elements.first.map({ ($0, []) }) else {
        continue
      }
      try add(finding, text.text(finding.range), first.element, first.words, within: nil)
    }
  }

  private mutating func read(_ table: ElementTable, _ id: ElementID) throws {
    if let items { lineItems += items.items(table, id) }
    if options.pairs { pairs += TablePairs.pairs(table, of: try reader.element(id), id, isForm: isForm) }
    guard options.entities else { return }
    for cell in table.cells where entities.count < Self.most {
      let text = Scalars(cell.text)
      for finding in scanner.findings(in: text) {
        try add(finding, text.text(finding.range), id, cell.runs.flatMap(\.words), within: cell.box)
      }
    }
  }

  private mutating func add(
    _ finding: Finding, _ text: String, _ id: ElementID, _ indices: [Int], within box: BoundingBox?
  ) throws {
    let page = try words.page(id.page).value?.words ?? []
    let read = indices.filter { page.indices.contains($0) }.map { page[$0] }
    let doubt = read.isEmpty ? 1 : read.reduce(0) { $0 + $1.confidence.value } / Double(read.count)
    let place = try box ?? read.map(\.box).union() ?? reader.element(id).box
    entities.append(
      ExtractedEntity(
        kind: finding.kind, text: text, value: finding.value, currency: finding.currency,
        confidence: Score(finding.confidence * (0.6 + 0.4 * doubt)),
        provenance: Provenance(page: id.page, box: place, element: id, words: indices)))
  }

  private static let most = 100_000  // entities of a document: a bound for bank statements gone mad
  private static let step = 64  // entries between two ticks
}
