import DocumentModel

/// A numbered heading in a scan that stands as close above its text as scans may vary: nothing is known of its type, but it
/// ends early where the text is full, and somewhat more white is below it than between lines.
enum ScannedHeading {
  private static let mostWords = 12  // the number among them: headings are brief
  private static let whiteBelow = 1.15  // of the least leading
  private static let room = 0.25  // of the column: a paragraph's first row leaves none, an item's seldom so much
  private static let full = 2.0  // em from the column's end: the row below is one of running text
  private static let slack = 0.5  // em

  /// - Parameters:
  ///   - heading: the first row of its paragraph.
  ///   - span: where the block's rows begin and end, as `lead` and `trail` tell.
  static func stands(
    _ heading: TextRow, over row: TextRow, span: ClosedRange<Double>, tightest: Double, em: Double
  ) -> Bool {
    let words = heading.words
    guard words.count >= 2, words.count <= mostWords, isCounted(words), !HeadingRule.isNumbered(row.words),
      let end = words.last?.last, !".,;:?!-–".contains(end),
      let letter = row.words.first?.unicodeScalars.first, letter.isCapital || !letter.isSmall && letter.isLetter,
      heading.lead <= span.lowerBound + slack * em
    else { return false }
    let width = span.upperBound - span.lowerBound
    return row.baseline - heading.baseline >= whiteBelow * tightest
      && span.upperBound - heading.trail >= room * width && span.upperBound - row.trail <= full * em
  }

  /// "2.1 Results" and "1 INTRODUCTION"; "1 Introduction" if that is what headings are called: other words behind a single
  /// number may be an item's.
  private static func isCounted(_ words: [String]) -> Bool {
    guard HeadingRule.isNumbered(words) else { return false }
    let parts = words[0].split(separator: ".")
    return parts.count >= 2 && words[0].first?.isNumber == true || HeadingRule.isNamed(words)
      || Capitals.areAll(Array(words.dropFirst()))
  }
}
