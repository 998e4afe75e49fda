import Contracts
import DocumentModel

/// Writes a chunk out as plain text, for a model to read.
struct ChunkText {
  let entries: [ReadingEntry]
  let headings: [Heading]
  let reader: ElementReader

  /// The headings that lead to it, then its text, paragraph by paragraph.
  func text(of chunk: Chunk) throws -> String {
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

  private func text(of span: ChunkSpan, _ entry: ReadingEntry) throws -> String {
    var lines = span.start == 0 ? try entry.captions.map { try reader.element($0).text } : []
    guard let first = entry.elements.first else { return "" }
    if try reader.element(first).table == nil {
      lines.append(try string(span.entry, span.start, span.end))
    } else {
      let rows = try rows(of: entry)
      let header = span.repeatsHeader ? rows.header : 0
      lines += rows.lines[..<min(header, rows.lines.count)]
      lines += rows.lines[clamped(span.start, span.end, rows.lines.count)]
    }
    return lines.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// A stretch of an entry's text.
  func string(_ entry: Int, _ start: Int, _ end: Int) throws -> String {
    guard entries.indices.contains(entry) else { return "" }
    let scalars = Array(try EntryText(entries[entry], reader: reader).text.unicodeScalars)
    return String(String.UnicodeScalarView(scalars[clamped(start, end, scalars.count)]))
  }

  /// The rows of a table as lines, counted as chunks count them.
  private func rows(of entry: ReadingEntry) throws -> (lines: [String], header: Int) {
    var lines: [String] = []
    var header = 0
    for (place, id) in entry.elements.enumerated() {
      guard let table = try reader.element(id).table else { continue }
      var texts: [Int: [String]] = [:]
      let most = min(max(table.rows, 0), table.cells.count * Self.mostRowsPerCell)
      for cell in table.cells where (0..<most).contains(cell.row) { texts[cell.row, default: []].append(cell.text) }
      let join = place > 0 && place <= entry.joins.count ? entry.joins[place - 1] : .rows
      let skipped = join == .rowsRepeatingHeader ? min(max(table.headerRows, 0), most) : 0
      if lines.isEmpty { header = min(max(table.headerRows, 0), table.rows) }
      let count = (texts.keys.max() ?? -1) + 1
      for row in skipped..<max(count, skipped) { lines.append((texts[row] ?? []).joined(separator: "\t")) }
    }
    return (lines, header)
  }

  /// An edited checkpoint may name any range.
  private func clamped(_ start: Int, _ end: Int, _ count: Int) -> Range<Int> {
    let lower = min(max(start, 0), count)
    return lower..<min(max(end, lower), count)
  }

  private static let mostRowsPerCell = 1000  // rows: as in chunking, so that both count alike
}
