import DocumentModel

/// The end of a draft's running text, as far back as the next draft may repeat it.
struct OverlapTail {
  /// Tokens that are ever repeated.
  let limit: Int
  private var passages: [(passage: Passage, range: Range<Int>, tokens: Int)] = []
  private var tokens = 0

  init(limit: Int) { self.limit = limit }

  mutating func removeAll() {
    passages.removeAll()
    tokens = 0
  }

  mutating func append(_ passage: Passage, _ range: Range<Int>, tokens: Int) {
    guard limit > 0 else { return }
    passages.append((passage, range, tokens))
    self.tokens += tokens
    while let first = passages.first, passages.count > 1, self.tokens - first.tokens >= limit {
      passages.removeFirst()
      self.tokens -= first.tokens
    }
  }

  /// The last whole sentences that fit into so many tokens, in order.
  func sentences(within budget: Int, counter: any TokenCounter) -> [(passage: Passage, range: Range<Int>, tokens: Int)]
  {
    var found: [(passage: Passage, range: Range<Int>, tokens: Int)] = []
    var left = budget
    for (passage, range, _) in passages.reversed() where left > 0 {
      let sentences = SentenceSplitter.sentences(of: Array(passage.text[range]))
      var start = range.upperBound
      var used = 0
      for sentence in sentences.reversed() {
        let lower = range.lowerBound + sentence.lowerBound
        let size = counter.count(passage.text[lower..<start])
        guard used + size <= left else { break }
        used += size
        start = lower
      }
      guard start < range.upperBound else { break }
      let kept = start..<range.upperBound
      found.append((passage, kept, counter.count(passage.text[kept])))
      left -= used
      // What comes before a cut sentence would not be joined to what is kept.
      guard start == range.lowerBound + (sentences.first?.lowerBound ?? 0) else { break }
    }
    return found.reversed()
  }
}
