import Contracts
import DocumentModel

/// Writes a chunk out as plain text, for a model to read.
struct ChunkText {
  let entries: [ReadingEntry]
  let headings: [Heading]
  let reader: ElementReader
  /// The last table, and the last text that runs over elements, which many chunks are cut from: no more is held.
  private var table: (entry: Int, lines: [String], header: Int)?
  private var text: (entry: Int, scalars: [Unicode.Scalar])?

  init(entries: [ReadingEntry], headings: [Heading], reader: ElementReader) {
    self.entries = entries
    self.headings = headings
    self.reader = reader
  }

  /// The headings that lead to it, then its text, paragraph by paragraph.
  mutating func text(of chunk: Chunk) throws -> String {
    let path = try chunk.headings.compactMap { index in
      headings.indices.contains(index) ? try reader.element(headings[index].element).text : nil
    }
    var parts = path.isEmpty ? [] : [path.joined(separator: " > ")]
    for span in chunk.spans where entries.indices.contains(span.entry) {
      let text = try text(of: span, entries[span.entry])
      if !text.isEmpty { parts.append(text) }
    }
    return parts.joined(separator: "\n\n")
  }

  private mutating func text(of span: ChunkSpan, _ entry: ReadingEntry) throws -> String {
    var lines = span.start == 0 ? try entry.captions.map { try reader.element($0).text } : []
    guard let first = entry.elements.first else { return "" }
    let isTable = try table?.entry == span.entry || reader.element(first).table != nil
    if isTable {
      let rows = try rows(of: span.entry)
      let header = span.repeatsHeader ? rows.header : 0
      lines += rows.lines[..<min(header, rows.lines.count)]
      lines += rows.lines[clamped(span.start, span.end, rows.lines.count)]
    } else {
      lines.append(try string(span.entry, span.start, span.end))
    }
    return lines.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// A stretch of an entry's text.
  mutating func string(_ entry: Int, _ start: Int, _ end: Int) throws -> String {
    guard entries.indices.contains(entry) else { return "" }
    let scalars =
      if let text, text.entry == entry {
        text.scalars
      } else {
        Array(try EntryText(entries[entry], reader: reader).text.unicodeScalars)
      }
    if entries[entry].elements.count > 1 { text = (entry, scalars) }
    return String(String.UnicodeScalarView(scalars[clamped(start, end, scalars.count)]))
  }

  /// The rows of a table as lines, counted as chunks count them.
  private mutating func rows(of index: Int) throws -> (lines: [String], header: Int) {
    if let table, table.entry == index { return (table.lines, table.header) }
    let entry = entries[index]
    var rows: [[TableRows.Cell]] = []
    var header = 0
    for (place, id) in entry.elements.enumerated() {
      guard let table = try reader.element(id).table else { continue }
      let join = place > 0 && place <= entry.joins.count ? entry.joins[place - 1] : nil
      let part = TableRows(table, after: join)
      if rows.isEmpty { header = part.headerRows }
      var added = part.rows[...]
      if join?.mendsRow ?? false, let last = rows.last, let rest = added.popFirst() {
        rows[rows.count - 1] = TableRows.mended(last, with: rest)
      }
      rows += added
    }
    let lines = rows.map(TableRows.line)
    table = (index, lines, header)
    return (lines, header)
  }

  /// An edited checkpoint may name any range.
  private func clamped(_ start: Int, _ end: Int, _ count: Int) -> Range<Int> {
    let lower = min(max(start, 0), count)
    return lower..<min(max(end, lower), count)
  }
}
