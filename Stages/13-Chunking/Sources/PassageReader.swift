import Contracts
import DocumentModel

/// Reads the entries of the reading order as passages, one at a time.
struct PassageReader {
  let entries: [ReadingEntry]
  let counter: any TokenCounter
  private let reader: ElementReader
  /// For a footnote's first element: its entry and the entry with its mark.
  private var noteOwners: [ElementID: (note: Int, owner: Int)] = [:]

  init(_ entries: [ReadingEntry], reader: ElementReader, counter: any TokenCounter) {
    self.entries = entries
    self.reader = reader
    self.counter = counter
    var owners: [ElementID: Int] = [:]
    for (index, entry) in entries.enumerated() {
      for note in entry.footnotes where owners[note] == nil { owners[note] = index }
    }
    for (index, entry) in entries.enumerated() {
      // A note that runs over a page may be named by either part; the first mark has it.
      guard let owner = entry.elements.lazy.compactMap({ owners[$0] }).first, owner != index else { continue }
      for id in entry.elements { noteOwners[id] = (index, owner) }
    }
  }

  /// Whether an entry begins a section or a document and says nothing else.
  func isLead(_ entry: Int) throws -> Bool {
    guard let kind = try kind(entry) else { return true }
    return kind == .heading || kind == .title
  }

  /// Whether an entry is a footnote that another entry brings along.
  func isBroughtAlong(_ entry: Int) throws -> Bool {
    guard try kind(entry) == .footnote else { return false }
    guard let first = entries[entry].elements.first, let found = noteOwners[first], found.note == entry else {
      return false
    }
    // A note named only by a note stands by itself, or two that name each other would both be lost.
    return try kind(found.owner) != .footnote
      && entries[found.owner].footnotes.contains { noteOwners[$0]?.note == entry }
  }

  /// The passage of an entry; nil where there is nothing in it.
  func passage(_ index: Int) throws -> Passage? {
    let entry = entries[index]
    guard let first = entry.elements.first else { return nil }
    let element = try reader.element(first)
    let captions = try entry.captions.map { try reader.element($0).text }
    let captionTokens = captions.reduce(0) { $0 + counter.count($1) }
    let (table, tablePages) = try table(entry, element)
    var text: [Unicode.Scalar] = []
    var starts = tablePages
    if table == nil, element.kind == .figure {
      starts = [Passage.PageStart(place: 0, page: first.page)]
    } else if table == nil {
      let joined = try EntryText(entry, reader: reader)
      text = Array(joined.text.unicodeScalars)
      guard !text.isEmpty || !captions.isEmpty else { return nil }
      for piece in joined.pieces where starts.last?.page != piece.element.page {
        starts.append(Passage.PageStart(place: piece.start, page: piece.element.page))
      }
    }
    let body = table.map { $0.rows.reduce(0, +) } ?? counter.count(text[...])
    return Passage(
      entry: index, role: role(entry.listLevel != nil ? .listItem : element.kind, isTable: table != nil, text),
      tokens: body + captionTokens, text: text,
      pageStarts: starts, table: table, captionPages: entry.captions.map(\.page), captionTokens: captionTokens,
      notes: try notes(entry, index))
  }

  private func kind(_ index: Int) throws -> RegionKind? {
    guard let first = entries[index].elements.first else { return nil }
    return try reader.element(first).kind
  }

  private func table(_ entry: ReadingEntry, _ first: Element) throws -> (PassageTable?, [Passage.PageStart]) {
    guard first.table != nil else { return (nil, []) }
    var rows = PassageTable()
    var starts: [Passage.PageStart] = []
    for (place, id) in entry.elements.enumerated() {
      guard let table = try reader.element(id).table else { continue }
      let join = place > 0 && place <= entry.joins.count ? entry.joins[place - 1] : nil
      let mends = join?.mendsRow ?? false
      starts.append(Passage.PageStart(place: max(rows.rows.count - (mends ? 1 : 0), 0), page: id.page, isShared: mends))
      rows.append(table, join: join, counter: counter)
    }
    return (rows, starts)
  }

  private func role(_ kind: RegionKind, isTable: Bool, _ text: [Unicode.Scalar]) -> Passage.Role {
    if isTable { return .table }
    switch kind {
    case .title, .heading: return .lead
    case .listItem: return .listItem
    case .figure, .table: return .figure
    case .footnote: return .footnote
    default: return text.last == ":" || text.last == "\u{FF1A}" ? .introduction : .text
    }
  }

  private func notes(_ entry: ReadingEntry, _ index: Int) throws -> [Int] {
    var notes: [Int] = []
    var seen: Set<Int> = []
    for id in entry.footnotes {
      guard let found = noteOwners[id], found.owner == index, seen.insert(found.note).inserted,
        try isBroughtAlong(found.note)
      else { continue }
      notes.append(found.note)
    }
    return notes
  }
}
