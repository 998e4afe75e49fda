/// A rule that says how many tokens a text has.
///
/// Every rule is deterministic, takes time in proportion to the text, and never counts more tokens than scalars.
protocol TokenCounter: Sendable {
  func count(_ text: ArraySlice<Unicode.Scalar>) -> Int
}

extension TokenCounter {
  func count(_ text: String) -> Int { count(Array(text.unicodeScalars)[...]) }
}
