/// The token counters there are, by the names that options and checkpoints know them by.
package enum TokenCounterName: String, Codable, Sendable, Hashable, CaseIterable {
  case words
  case characters4
  case wordPieces = "word-pieces"

  var counter: any TokenCounter {
    switch self {
    case .words: WordCounter()
    case .characters4: QuarterCounter()
    case .wordPieces: WordPieceCounter()
    }
  }
}
