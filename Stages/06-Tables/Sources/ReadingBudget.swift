/// How many words may be read in all, over every area tried: nested frames and rules must not multiply a page's cost.
final class ReadingBudget {
  private static let usual = 600_000  // words: a page of 50,000 twelve times over, an ordinary one hundreds of times

  private var left: Int

  init(words: Int = usual) { left = words }

  /// Whether so many more may be read; each word costs once per reading.
  func allows(_ words: Int) -> Bool {
    guard words <= left else { return false }
    left -= words
    return true
  }
}
