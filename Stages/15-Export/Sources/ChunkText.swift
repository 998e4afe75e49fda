import CanonicalJSON
import Contracts
import DocumentModel

/// Chunks with their text, read from the entries they name.
struct ChunkText {
  let content: ContentReader
  let headings: [Heading]
  /// The texts of the headings of the last chunk: the next has mostly the same.
  private var path: [Int: TracedText] = [:]

  init(content: ContentReader, headings: [Heading]) {
    self.content = content
    self.headings = headings
  }

  mutating func value(_ chunk: Chunk, vector: [Double]?) throws -> JSONValue {
    let headings = try titles(chunk.headings)
    var parts: [TracedText] = []
    var boxes: [JSONValue] = []
    var kinds: Set<String> = []
    for span in chunk.spans where content.entries.indices.contains(span.entry) {
      guard let item = try content.item(span.entry) else { continue }
      let (text, kind) = try text(of: item, span)
      kinds.insert(kind)
      if !text.isEmpty { parts.append(text) }
      for id in try elements(of: span) {
        let box = try content.reader.element(id).box
        boxes.append(["page": JSONValue(id.page), "box": JSONValue(box)])
      }
    }
    let body = parts.joined(separator: "\n\n")
    let lead = headings.joined(separator: "\n")
    return .members([
      "id": .string(chunk.id), "text": .traced(lead.isEmpty ? body : lead + "\n\n" + body), "body": .traced(body),
      "headings": .list(headings) { .traced($0) }, "pages": .list(chunk.pages) { JSONValue($0) },
      "boxes": .array(boxes), "tokens": JSONValue(chunk.tokens),
      "kind": .string(kinds.count == 1 ? kinds.first ?? "text" : "mixed"),
      "embedding": vector.map { .list($0) { .number($0) } },
    ])
  }

  /// The texts of the headings that lead to a chunk.
  private mutating func titles(_ indices: [Int]) throws -> [TracedText] {
    var next: [Int: TracedText] = [:]
    for index in indices where headings.indices.contains(index) {
      if let known = path[index] {
        next[index] = known
      } else if content.entries.indices.contains(headings[index].entry) {
        next[index] = try content.item(headings[index].entry)?.text.traced
      }
    }
    path = next
    return indices.compactMap { next[$0] }
  }

  private func text(of item: ContentItem, _ span: ChunkSpan) throws -> (TracedText, kind: String) {
    switch item.kind {
    case .table(let grid):
      let rows = grid.rows.indices.clamped(to: max(span.start, 0)..<max(span.end, span.start, 0))
      let heads = span.repeatsHeader ? 0..<min(grid.headerRows, rows.lowerBound) : 0..<0
      let lines = (Array(heads) + Array(rows)).map { Self.line(grid.rows[$0]) }
      let captions = rows.lowerBound == 0 || span.repeatsHeader ? item.captions.map(\.traced) : []
      return ((captions + lines).joined(separator: "\n"), "table")
    case .figure: return (item.captions.map(\.traced).joined(separator: "\n"), "figure")
    default:
      let part = try content.joined(content.entries[span.entry]).traced.scalars(span.start, span.end)
      let isCode = if case .code = item.kind { true } else { false }
      guard span.start == 0 else { return (part, isCode ? "code" : "text") }
      switch item.kind {
      case .listItem(let list):
        return ((list.marker.isEmpty ? "" : TracedText(list.marker, item.markOrigin) + " ") + part, "text")
      case .footnote(let mark): return ((mark.map { TracedText($0, item.markOrigin) + " " } ?? "") + part, "text")
      case .paragraph where item.isQuote: return (part.quoted, "text")
      default: return (part, isCode ? "code" : "text")
      }
    }
  }

  private static func line(_ row: [TableGrid.Place]) -> TracedText {
    "| " + row.map(\.text.traced).joined(separator: " | ") + " |"
  }

  /// The elements that a span touches, in order.
  private func elements(of span: ChunkSpan) throws -> [ElementID] {
    let entry = content.entries[span.entry]
    guard entry.elements.count > 1 else { return entry.elements }
    let text = try EntryText(entry, reader: content.reader)
    guard !text.pieces.isEmpty else { return entry.elements }
    var found: [ElementID] = []
    for piece in text.pieces
    where piece.start < span.end && piece.start + piece.length > span.start && found.last != piece.element {
      found.append(piece.element)
    }
    return found
  }
}
