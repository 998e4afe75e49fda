import Contracts
import DocumentModel

/// Cutting what is longer than a chunk.
extension SectionPacker {
  /// Spreads a passage over as many drafts as it needs.
  mutating func cut(_ passage: Passage) {
    if let table = passage.table {
      cut(table, of: passage)
    } else if passage.text.isEmpty {
      // A figure with a very long caption: captions are not cut.
      close(room: 0)
      draft.append(
        ChunkSpan(entry: passage.entry, start: 0, end: 0), tokens: passage.tokens, pages: passage.pages(passage.whole))
      tail.removeAll()
    } else {
      cutText(passage)
    }
  }

  /// Cuts between sentences, within a sentence between words, within a word where it must be.
  private mutating func cutText(_ passage: Passage) {
    if draft.tokens > limit / 2 { close(room: overlap) }
    var pending: Range<Int>?
    var pendingTokens = 0
    for part in TextParts.parts(of: passage.text, limit: limit, counter: counter) {
      if draft.tokens + pendingTokens + part.tokens > limit {
        if let pending { append(passage, pending) }
        close(room: max(0, limit - part.tokens))
        pending = nil
        pendingTokens = 0
      }
      pending = (pending?.lowerBound ?? part.range.lowerBound)..<part.range.upperBound
      pendingTokens += part.tokens
    }
    if let pending { append(passage, pending) }
  }

  /// Appends a stretch of a text; it is one with a stretch just before it that the draft repeats.
  private mutating func append(_ passage: Passage, _ range: Range<Int>) {
    var range = range
    if let last = draft.spans.last, last.entry == passage.entry, last.end <= range.lowerBound {
      draft.removeLast(tokens: counter.count(passage.text[last.start..<last.end]))
      range = last.start..<range.upperBound
    }
    let tokens = counter.count(passage.text[range])
    draft.append(
      ChunkSpan(entry: passage.entry, start: range.lowerBound, end: range.upperBound), tokens: tokens,
      pages: passage.pages(range))
    tail.append(passage, range, tokens: tokens)
  }

  /// Cuts a table between rows and repeats its header.
  private mutating func cut(_ table: PassageTable, of passage: Passage) {
    if draft.tokens > limit / 2 { close(room: 0) }
    tail.removeAll()
    let header = table.header(within: limit / 2)
    var start = 0
    var end = 0
    var tokens = passage.captionTokens
    func span() -> (ChunkSpan, Range<Int>) {
      (ChunkSpan(entry: passage.entry, start: start, end: end, repeatsHeader: start > 0 && header != nil), start..<end)
    }
    for block in table.blocks(keepingHeader: header != nil) {
      let size = table.rows[block].reduce(0, +)
      if draft.tokens + tokens + size > limit {
        if end > start {
          draft.append(span().0, tokens: tokens, pages: passage.pages(span().1))
          start = end
          tokens = header ?? 0
        }
        close(room: 0)
      }
      end = block.upperBound
      tokens += size
    }
    if end > start { draft.append(span().0, tokens: tokens, pages: passage.pages(span().1)) }
  }
}
