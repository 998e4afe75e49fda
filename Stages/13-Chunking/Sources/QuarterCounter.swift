/// Counts a token for every four scalars begun: the rule of thumb for English text and the usual vocabularies.
struct QuarterCounter: TokenCounter {
  func count(_ text: ArraySlice<Unicode.Scalar>) -> Int { (text.count + 3) / 4 }
}
