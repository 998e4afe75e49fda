import Contracts
import DocumentModel
import StageKit

/// Makes items of the entries of the reading order.
struct ContentReader {
  let entries: [ReadingEntry]
  let reader: ElementReader
  private let title: Int?
  /// Levels of headings by their entry.
  private let levels: [Int: Int]

  init(_ order: ReadingOrderOutput, _ sections: SectionsOutput?, reader: ElementReader) {
    entries = order.entries
    self.reader = reader
    title = sections?.title
    levels = Dictionary((sections?.headings ?? []).map { ($0.entry, $0.level) }) { first, _ in first }
  }

  /// Whether the entry has been found to be the title.
  func isTitle(_ entry: Int) -> Bool { entry == title }

  /// The title's text, where one is printed.
  func titleText() throws -> TracedText? {
    guard let title, entries.indices.contains(title) else { return nil }
    let text = try joined(entries[title]).oneLine.traced
    return text.isEmpty ? nil : text
  }

  /// - Returns: nil for an entry without elements, which only an edit leaves.
  func item(_ index: Int) throws -> ContentItem? {
    let entry = entries[index]
    guard let id = entry.elements.first else { return nil }
    let element = try reader.element(id)
    let notes = try NoteReferences(entry, reader: reader)
    let kind = try kind(of: element, index, entry, notes)
    var text: [InlineRun] = []
    // All that a table says stands in its cells, which are not read before they are written.
    if case .table = kind {} else { text = notes.mark(try joined(entry)) }
    if case .listItem = kind {
    } else if let marker = element.list?.marker, !marker.isEmpty, !text.isEmpty {
      text.insert(InlineRun(TracedText(marker, Self.origin(ofMark: element, id)) + " "), at: 0)
    }
    switch kind {
    case .code: text = text.listing
    case .paragraph, .keyValue: text = text.broken
    default: text = text.oneLine
    }
    var item = ContentItem(
      kind: kind, entry: index, id: id, text: text, direction: element.typography.direction,
      markOrigin: Self.origin(ofMark: element, id))
    switch kind {
    case .paragraph, .code, .formula: item.itemLevel = entry.listLevel
    default: break
    }
    if case .paragraph = kind {
      item.isQuote = try entry.elements.contains { try reader.element($0).isQuote ?? false }
    }
    for caption in entry.captions {
      let note = try reader.element(caption)
      let text = notes.mark(note.runs.map { InlineRun($0, of: caption) }).oneLine
      let isAbove = caption.page < id.page || (caption.page == id.page && note.box.midY < element.box.midY)
      if isAbove { item.captionsAbove.append(text) } else { item.captionsBelow.append(text) }
    }
    return item
  }

  /// Where an element's list marker or footnote mark came from.
  private static func origin(ofMark element: Element, _ id: ElementID) -> TextOrigin {
    element.markWords.map { .words($0, page: id.page, element: id.index) } ?? .made(.correction, element: id)
  }

  private func kind(of element: Element, _ index: Int, _ entry: ReadingEntry, _ notes: NoteReferences) throws
    -> ContentItem.Kind
  {
    if isTitle(index) { return .title }
    if let level = levels[index] { return .heading(level: level) }
    if let grid = try grid(of: entry, element, notes) { return .table(grid) }
    if let figure = element.figure { return .figure(figure) }
    switch element.kind {
    case .title: return .subtitle
    case .listItem: return element.list.map { .listItem($0.at(level: entry.listLevel)) } ?? .paragraph
    case .code: return .code
    case .formula: return .formula
    case .keyValue: return .keyValue
    case .footnote: return .footnote(mark: element.footnoteMark)
    case .caption: return .caption
    case .heading, .paragraph, .table, .figure, .pageHeader, .pageFooter, .pageNumber: return .paragraph
    }
  }

  /// The entry's table, its parts put together; nil for anything else.
  func grid(of entry: ReadingEntry, _ element: Element, _ notes: NoteReferences) throws -> TableGrid? {
    guard element.table != nil else { return nil }
    let parts = entry.elements.enumerated().map { place, id in
      TablePart(id: id, join: place > 0 && place - 1 < entry.joins.count ? entry.joins[place - 1] : nil)
    }
    let reader = reader
    return try TableGrid(parts, reading: { try reader.element($0).table }, text: notes.mark)
  }

  /// The entry's runs as its joins say, spaces between them and dropped hyphens gone.
  func joined(_ entry: ReadingEntry) throws -> [InlineRun] { Self.runs(of: try EntryText(entry, reader: reader)) }

  static func runs(of text: EntryText) -> [InlineRun] {
    var runs: [InlineRun] = []
    for piece in text.pieces {
      if !runs.isEmpty { runs[runs.count - 1].text += piece.lead }
      var run = InlineRun(piece.run, of: piece.element)
      if piece.length < run.text.unicodeScalars.count { run.text = run.text.scalars(0, piece.length) }
      runs.append(run)
    }
    return runs
  }
}
