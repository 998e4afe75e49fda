import DocumentModel

/// Whether recognition confirms a text layer whose words look like none: listings, tables of codes and names of parts do.
///
/// What is printed decides. A damaged map of characters yields other letters than the page shows; a listing's are those
/// that recognition reads.
enum LayerCheck {
  private static let leastLetters = 4  // of a word that tells: shorter ones are found in any text
  private static let sure = 0.8  // confidence of a word that tells
  private static let leastEvidence = 8  // words: fewer prove nothing
  private static let confirmed = 0.7  // of the sure words: the engine misreads some of any listing

  /// - Parameter read: what recognition made of the same page.
  static func confirms(_ layer: [Word], read: [Word]) -> Bool {
    let text = layer.flatMap { letters($0.text) }
    let told = Set(windows(text))
    var (evidence, found) = (0, 0)
    for word in read where word.confidence.value >= sure {
      let letters = letters(word.text)
      guard letters.count >= leastLetters else { continue }
      evidence += 1
      if windows(letters).allSatisfy(told.contains) { found += 1 }
    }
    return evidence >= leastEvidence && Double(found) >= confirmed * Double(evidence)
  }

  /// Letters and digits alone: signs and cases are what engines mistake.
  private static func letters(_ text: String) -> [Unicode.Scalar] {
    text.lowercased().unicodeScalars.filter { $0.isLetter || $0.isNumeral }
  }

  /// Each four letters that follow each other: words may be divided otherwise in the layer, so its words do not serve.
  private static func windows(_ letters: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
    guard letters.count >= leastLetters else { return [] }
    return (0...(letters.count - leastLetters)).map { Array(letters[$0..<($0 + leastLetters)]) }
  }
}
