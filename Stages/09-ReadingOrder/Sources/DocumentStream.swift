import Contracts
import DocumentModel
import StageKit

/// The stream as it grows page by page. Of pages gone by it keeps ids, and the ends of texts that may go on.
struct DocumentStream {
  private var entries: [OpenEntry] = []
  private var furniture: [ElementID] = []
  private var missing: [MissingPage] = []
  /// The text of the body that may go on.
  private var text: TextTail?
  /// Whether a float, a column or a page has come after it.
  private var parted = false
  private var table: TableTail?
  private var listing: ListingTail?
  private var footnote: TextTail?
  private var logos = RunningLogos()
  private var lists = ListFlow()
  private var endNotes = EndNotes()
  private let options: ReadingOrderOptions

  /// An entry that may still take elements, captions and footnotes.
  private struct OpenEntry {
    var elements: [ElementID]
    var joins: [ReadingEntry.Join] = []
    var captions: [ElementID] = []
    var footnotes: [ElementID] = []
    var listLevel: Int?
  }

  init(_ options: ReadingOrderOptions) { self.options = options }

  var output: ReadingOrderOutput {
    ReadingOrderOutput(
      entries: entries.map {
        ReadingEntry(
          elements: $0.elements, joins: $0.joins, captions: $0.captions, footnotes: $0.footnotes,
          listLevel: $0.listLevel)
      }, furniture: furniture, missing: missing)
  }

  /// A page that could not be read: nothing is joined over it.
  mutating func skip(_ page: Int, _ code: GapCode) {
    missing.append(MissingPage(page: page, code: code))
    (text, table, listing, footnote) = (nil, nil, nil, nil)
    lists.interrupt()
  }

  mutating func append(_ number: Int, _ page: AssemblyOutput) {
    let flow = PageFlow(page)
    var place = PagePlace(number: number, page: page)
    let repeated = logos.repeated(on: page)
    furniture += (flow.furniture + repeated.sorted()).map(place.id)
    // Over a page that the job leaves out nothing is joined either.
    if let text, text.page < number - 1 { self.text = nil }
    if let table, table.page < number - 1 { self.table = nil }
    if let footnote, footnote.page < number - 1 { self.footnote = nil }
    parted = true
    for index in flow.body {
      // A logo that is told already leaves its caption to be read by itself.
      for told in repeated.contains(index) ? flow.captions[index] ?? [] : [index] { body(told, flow, &place) }
    }
    // Asides are read after the flow and neither continue it nor stop it.
    let kept = (text, table, listing, parted, lists)
    (text, listing) = (nil, nil)
    for index in flow.aside where !repeated.contains(index) {
      // What stands turned goes on in nothing, and nothing in it.
      let isTurned = page.elements[index].isTurned
      if isTurned { text = nil }
      body(index, flow, &place)
      if isTurned { text = nil }
    }
    (text, table, listing, parted, lists) = kept
    for index in flow.footnotes { note(index, &place) }
    let references = place.references()
    for (entry, notes) in references { entries[entry].footnotes += notes }
    let led = Set(references.flatMap(\.notes))
    let leadingBack = place.notes.filter { BackLink.ends(page.elements[$0.id.index].text) && !led.contains($0.id) }
    for (entry, note) in endNotes.answers(to: leadingBack) { entries[entry].footnotes.append(note) }
    endNotes.add(place.unanswered())
  }

  private mutating func body(_ index: Int, _ flow: PageFlow, _ place: inout PagePlace) {
    let element = place.page.elements[index]
    let captions = flow.captions[index] ?? []
    let id = place.id(index)
    if place.page.isInMargin(element) {
      // It stands beside the text, and neither continues nor stops it.
      place.note(open(id), of: element, captions: [])
      parted = true
      return
    }
    if options.joinParagraphs, let tail = listing, tail.goesOn(in: element, page: place.number, output: place.page) {
      extend(tail.entry, id, .lines)
      place.note(tail.entry, of: element, captions: [])
      listing = ListingTail(element, entry: tail.entry, page: place.number, output: place.page, after: tail)
      (table, parted, place.hasBody) = (nil, true, true)
      return
    }
    listing = nil
    if element.kind.isFloat {
      if options.joinTables, let tail = table,
        let join = tail.join(element, captions: captions.map { place.page.elements[$0] }, output: place.page),
        !place.hasBody
      {
        extend(tail.entry, id, join)
        entries[tail.entry].captions += captions.map(place.id)
        table = tail.continued(by: element, join, page: place.number, output: place.page)
        place.note(tail.entry, of: element, captions: captions)
      } else {
        let entry = open(id)
        entries[entry].captions = captions.map(place.id)
        table = TableTail(element, entry: entry, page: place.number, output: place.page)
        place.note(entry, of: element, captions: captions)
      }
      parted = true
      place.hasBody = true
      return
    }
    // An orphaned caption floats like what it belongs to, and a listing with a caption like a figure.
    if element.kind == .caption || flow.listings.contains(index) {
      let entry = open(id)
      place.note(entry, of: element, captions: [])
      listing = ListingTail(element, entry: entry, page: place.number, output: place.page)
      parted = true
      return
    }
    table = nil
    place.hasBody = true
    let entries = entries.count
    let entry = read(element, id, on: place)
    listing = ListingTail(element, entry: entry, page: place.number, output: place.page)
    place.note(entry, of: element, captions: [])
    // What goes on with an earlier text begins nothing.
    guard self.entries.count > entries else { return }
    if element.kind == .listItem {
      self.entries[entry].listLevel = lists.item(element, page: place.number, output: place.page)
    } else {
      self.entries[entry].listLevel = lists.text(element, page: place.number, output: place.page)
    }
  }

  /// Joins a text to the one it continues, or opens an entry for it.
  private mutating func read(_ element: Element, _ id: ElementID, on place: PagePlace) -> Int {
    let turned =
      text.map { $0.page != place.number || $0.column != element.column || element.box.top < $0.top } ?? false
    defer { parted = false }
    if options.joinParagraphs, let tail = text, let join = Continuation.join(tail, element, parted: parted || turned) {
      extend(tail.entry, id, join)
      text = TextTail(element, entry: tail.entry, page: place.number)
      return tail.entry
    }
    let entry = open(id)
    let goesOn = element.kind == .paragraph || element.kind == .listItem
    text = goesOn ? TextTail(element, entry: entry, page: place.number) : nil
    return entry
  }

  private mutating func note(_ index: Int, _ place: inout PagePlace) {
    let element = place.page.elements[index]
    let id = place.id(index)
    if options.joinParagraphs, let tail = footnote, tail.page == place.number - 1,
      let join = Continuation.join(tail, element, parted: true)
    {
      extend(tail.entry, id, join)
      footnote = TextTail(element, entry: tail.entry, page: place.number)
    } else {
      let entry = open(id)
      footnote = TextTail(element, entry: entry, page: place.number)
      if let mark = element.footnoteMark { place.notes.append((mark, id)) }
    }
  }

  private mutating func open(_ id: ElementID) -> Int {
    entries.append(OpenEntry(elements: [id]))
    return entries.count - 1
  }

  private mutating func extend(_ entry: Int, _ id: ElementID, _ join: ReadingEntry.Join) {
    entries[entry].elements.append(id)
    entries[entry].joins.append(join)
  }
}
