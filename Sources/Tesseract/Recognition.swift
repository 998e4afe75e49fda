/// What came of one image.
package struct Recognition: Sendable, Hashable {
  /// In the engine's reading order.
  package let words: [RecognizedWord]
  /// False where the deadline or the caller ended it early: the words are those found until then.
  package let isComplete: Bool

  package init(words: [RecognizedWord], isComplete: Bool) {
    self.words = words
    self.isComplete = isComplete
  }
}
