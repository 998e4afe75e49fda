import Contracts
import DocumentModel

/// An entry of the reading order, read once for all the chunks that are cut from it.
struct ChunkEntry {
  let index: Int
  private let item: ContentItem
  private let entry: ReadingEntry
  /// The joined text; empty for tables and figures.
  private let text: TracedText
  /// What of it each element has: scalars of the text, or rows of the table; empty for figures.
  private let parts: [ElementStretch]
  /// The lines of a table's header, which stand again in its chunks.
  private let header: [TracedText]

  /// - Returns: nil for an entry without elements, which only an edit leaves.
  init?(_ index: Int, of content: ContentReader) throws {
    guard let item = try content.item(index) else { return nil }
    self.index = index
    self.item = item
    entry = content.entries[index]
    if case .table(let grid) = item.kind {
      text = TracedText()
      parts = grid.parts
      header = try grid.rows(0..<min(grid.headerRows, Self.mostHeads)).map(Self.line)
    } else {
      let joined = try EntryText(entry, reader: content.reader)
      text = ContentReader.runs(of: joined).traced
      parts = Self.parts(of: joined)
      header = []
    }
  }

  private static let mostHeads = 1_000  // rows: more are a slip of an edit

  var isTable: Bool { if case .table = item.kind { true } else { false } }

  /// What a span of it says, and what that is.
  ///
  /// - Throws: what reading the rows of a table throws.
  func text(of span: ChunkSpan) throws -> (TracedText, kind: String) {
    switch item.kind {
    case .table(let grid):
      let rows = (0..<grid.rowCount).clamped(to: max(span.start, 0)..<max(span.end, span.start, 0))
      let heads = span.repeatsHeader ? header.prefix(rows.lowerBound) : []
      let lines = try heads + grid.rows(rows).map(Self.line)
      let captions = rows.lowerBound == 0 || span.repeatsHeader ? item.captions.map(\.traced) : []
      return ((captions + lines).joined(separator: "\n"), "table")
    case .figure: return (item.captions.map(\.traced).joined(separator: "\n"), "figure")
    case .code: return (text.scalars(span.start, span.end), "code")
    case .paragraph where item.isQuote && span.start == 0: return (text.scalars(0, span.end).quoted, "text")
    default: return (lead(of: span) + text.scalars(span.start, span.end), "text")
    }
  }

  /// What stands before its text where it begins.
  private func lead(of span: ChunkSpan) -> TracedText {
    guard span.start == 0 else { return "" }
    switch item.kind {
    case .listItem(let list) where !list.marker.isEmpty: return TracedText(list.marker, item.markOrigin) + " "
    case .footnote(let mark): return mark.map { TracedText($0, item.markOrigin) + " " } ?? ""
    default: return ""
    }
  }

  private static func line(_ row: [TableGrid.Place]) -> TracedText {
    "| " + row.map(\.text.traced).joined(separator: " | ") + " |"
  }

  /// The elements that a span touches, in order; captions stand with the beginning.
  func elements(of span: ChunkSpan) -> [ElementID] {
    let captions = span.start <= 0 ? entry.captions : []
    guard parts.count > 1 else { return captions + entry.elements }
    return captions
      + parts.filter { $0.range.lowerBound < span.end && $0.range.upperBound > span.start }.map(\.element)
  }

  private static func parts(of text: EntryText) -> [ElementStretch] {
    var parts: [ElementStretch] = []
    for piece in text.pieces {
      let end = piece.start + max(piece.length, 0)
      if let last = parts.last, last.element == piece.element {
        parts[parts.count - 1].range = last.range.lowerBound..<end
      } else {
        parts.append(ElementStretch(element: piece.element, range: piece.start..<end))
      }
    }
    return parts
  }
}

/// What an element has of the entry that it belongs to: scalars of a text, or rows of a table.
struct ElementStretch {
  let element: ElementID
  var range: Range<Int>
}
