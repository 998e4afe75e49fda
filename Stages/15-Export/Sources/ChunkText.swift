import CanonicalJSON
import Contracts
import DocumentModel

/// Chunks with their text, read from the entries they name.
struct ChunkText {
  let content: ContentReader
  let headings: [Heading]
  /// The texts of the headings of the last chunk: the next has mostly the same.
  private var path: [Int: TracedText] = [:]
  private var table: ChunkEntry?
  private var text: ChunkEntry?

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
      guard let entry = try entry(span.entry) else { continue }
      let (text, kind) = try entry.text(of: span)
      kinds.insert(kind)
      if !text.isEmpty { parts.append(text) }
      for id in entry.elements(of: span) {
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

  /// A chunk after another goes on with the same table or text, between whose stretches notes may stand: the last table and
  /// the last text that runs over elements are kept. No more than that is held, whatever the document.
  private mutating func entry(_ index: Int) throws -> ChunkEntry? {
    if let known = [table, text].compactMap(\.self).first(where: { $0.index == index }) { return known }
    let entry = try ChunkEntry(index, of: content)
    if entry?.isTable ?? false {
      table = entry
    } else if content.entries[index].elements.count > 1 {
      text = entry
    }
    return entry
  }
}
