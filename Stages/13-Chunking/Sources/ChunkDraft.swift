import Contracts

/// A chunk in the making.
struct ChunkDraft {
  /// Headings that lead to all of it.
  private(set) var path: [Int]
  private(set) var spans: [ChunkSpan] = []
  private(set) var tokens = 0
  private var pages: Set<Int> = []

  init(path: [Int]) { self.path = path }

  var isEmpty: Bool { spans.isEmpty }

  mutating func append(_ span: ChunkSpan, tokens: Int, pages: [Int]) {
    spans.append(span)
    self.tokens += tokens
    self.pages.formUnion(pages)
  }

  /// Removes the newest span, so that a longer one of the same entry can take its place.
  mutating func removeLast(tokens: Int) {
    spans.removeLast()
    self.tokens -= tokens
  }

  /// Takes in the chunk of a neighbouring section.
  mutating func merge(_ next: ChunkDraft) {
    path = Array(zip(path, next.path).prefix { $0 == $1 }.map(\.0))
    spans += next.spans
    tokens += next.tokens
    pages.formUnion(next.pages)
  }

  /// The pages it stands on, ascending.
  var sortedPages: [Int] { pages.sorted() }

  /// Its spans in reading order: a footnote stands where its own entry does.
  var sortedSpans: [ChunkSpan] { spans.sorted { ($0.entry, $0.start) < ($1.entry, $1.start) } }
}
