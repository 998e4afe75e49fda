import Contracts
import DocumentModel
import StageKit

/// What stands where in the whole document: entries, sections, chunks, values.
struct DocumentTrace {
  let state: JobSnapshot
  let entries: [ReadingEntry]
  let chunks: [Chunk]
  let reader: ElementReader
  private let headings: [Heading]
  private let sections: [Section]
  private let extraction: ExtractionOutput?
  private var entryOf: [ElementID: (entry: Int, role: ElementTrace.Role)] = [:]
  /// Elements that go on with a table and print its header again.
  private(set) var repeating: Set<ElementID> = []
  private var chunksOfEntry: [Int: [Int]] = [:]

  init(_ state: JobSnapshot) throws {
    self.state = state
    let order = try state.output(ReadingOrderOutput.self)
    entries = order?.entries ?? []
    let tree = try state.output(SectionsOutput.self)
    headings = tree?.headings ?? []
    sections = tree?.sections ?? []
    chunks = try state.output(ChunkingOutput.self)?.chunks ?? []
    extraction = try state.output(ExtractionOutput.self)
    reader = ElementReader(EveryPage(unit: UnitID(.export), artifacts: state))
    for (index, entry) in entries.enumerated() {
      for id in entry.elements { entryOf[id] = (index, .body) }
      for (id, join) in zip(entry.elements.dropFirst(), entry.joins) where join.repeatsHeader {
        repeating.insert(id)
      }
      for id in entry.captions where entryOf[id] == nil { entryOf[id] = (index, .caption) }
    }
    for id in order?.furniture ?? [] where entryOf[id] == nil { entryOf[id] = (-1, .furniture) }
    for (index, chunk) in chunks.enumerated() {
      for span in chunk.spans where chunksOfEntry[span.entry]?.last != index {
        chunksOfEntry[span.entry, default: []].append(index)
      }
    }
  }

  /// - Parameter words: the words of the element that are asked for: only their chunks are told.
  func element(_ id: ElementID, _ element: Element, words: Set<Int>) throws -> ElementTrace {
    let place = entryOf[id]
    let entry = place.flatMap { $0.entry >= 0 ? $0.entry : nil }
    return ElementTrace(
      id: id, kind: element.kind, box: element.box, entry: entry, role: place?.role ?? .none,
      repeatsHeader: repeating.contains(id),
      section: try entry.map(path) ?? [], chunks: try entry.map { try chunks(of: $0, id, element, words) } ?? [])
  }

  /// The headings that lead to an entry.
  private func path(to entry: Int) throws -> [String] {
    var texts: [String] = []
    var level = sections
    while let section = level.first(where: { $0.start <= entry && entry < $0.end }) {
      if let index = section.heading, headings.indices.contains(index) {
        texts.append(try reader.element(headings[index].element).text)
      }
      level = section.children
      // A tree that an edit has tied to itself ends somewhere.
      if texts.count > 32 { break }
    }
    return texts
  }

  private func chunks(of entry: Int, _ id: ElementID, _ element: Element, _ words: Set<Int>) throws -> [String] {
    let text = try EntryText(entries[entry], reader: reader)
    return (chunksOfEntry[entry] ?? []).filter { index in
      guard !text.pieces.isEmpty, !words.isEmpty else { return true }
      return chunks[index].spans.contains { span in
        guard span.entry == entry, span.start < span.end else { return false }
        // A marker stands before the text, in its first chunk.
        if span.start <= 0, !words.isDisjoint(with: element.markWords ?? []) { return true }
        return text.words(in: span.start..<span.end).contains { $0.element == id && !words.isDisjoint(with: $0.words) }
      }
    }.map { chunks[$0].id }
  }

  /// The words of a chunk: of its texts, and of the rows of its tables.
  func words(of chunk: Chunk) throws -> [(page: Int, word: Int)] {
    var found: [(page: Int, word: Int)] = []
    for span in chunk.spans where entries.indices.contains(span.entry) && span.start < span.end {
      let entry = entries[span.entry]
      let text = try EntryText(entry, reader: reader)
      if text.pieces.isEmpty {
        for id in entry.elements + entry.captions { found += try Self.words(of: reader.element(id), page: id.page) }
        continue
      }
      if span.start <= 0, let id = entry.elements.first {
        found += (try reader.element(id).markWords ?? []).map { (id.page, $0) }
      }
      for piece in text.words(in: span.start..<span.end) { found += piece.words.map { (piece.element.page, $0) } }
    }
    return found
  }

  private static func words(of element: Element, page: Int) -> [(page: Int, word: Int)] {
    (element.runs + (element.table?.cells.flatMap(\.runs) ?? [])).flatMap(\.words).map { (page, $0) }
  }

  /// All values of extraction, fields first.
  var values: [ValueTrace] {
    guard let extraction else { return [] }
    let fields = extraction.fields.sorted { $0.key < $1.key }.map {
      ValueTrace(
        kind: .field, name: $0.key, value: $0.value.value, confidence: $0.value.confidence,
        provenance: $0.value.provenance)
    }
    let pairs = extraction.pairs.map {
      ValueTrace(
        kind: .pair, name: $0.label, value: $0.value, confidence: $0.confidence, provenance: $0.valueProvenance)
    }
    let entities = extraction.entities.map {
      ValueTrace(
        kind: .entity, name: $0.kind.rawValue, value: $0.value, confidence: $0.confidence, provenance: $0.provenance)
    }
    let items = extraction.lineItems.map {
      ValueTrace(kind: .lineItem, name: "line item", value: $0.description, confidence: nil, provenance: $0.provenance)
    }
    return fields + pairs + entities + items
  }
}
