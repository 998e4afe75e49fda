import DocumentModel

/// How sure each rule is: constants, so that a page's part depends on the rules that fired and on nothing else.
extension Score {
  /// The same text at the same place on other pages.
  static let repeated = Score(0.95)
  /// Numbers that count with the pages.
  static let counted = Score(0.95)
  /// What the layout found in the margin.
  static let inMargin = Score(0.85)
  /// Furniture by its place on one page alone.
  static let byPlace = Score(0.7)
  /// A grid of ruling lines.
  static let ruledGrid = Score(0.9)
  /// Text between parallel rules.
  static let ruledBand = Score(0.75)
  /// Cells aligned by white space alone.
  static let alignedCells = Score(0.6)
  /// An embedded image or a drawing.
  static let picture = Score(0.9)
  /// The largest type at the head of the document.
  static let largestType = Score(0.9)
  /// Clearly larger type than the body's.
  static let largerType = Score(0.85)
  /// A number or a name that headings have, and a style of its own.
  static let headingWords = Score(0.8)
  /// Bold or capital type on lines of its own.
  static let headingStyle = Score(0.75)
  /// "Figure 3:" and its kin.
  static let captionWords = Score(0.9)
  /// A bullet or a number at the start, and hanging lines or a sibling.
  static let listMarker = Score(0.85)
  /// Dots that lead to the number of a page, line after line.
  static let contentsLine = Score(0.9)
  /// A word, a comma and numbers of pages, line after line.
  static let indexEntry = Score(0.85)
  static let formulaType = Score(0.8)
  static let codeType = Score(0.85)
  /// Small type at the foot of a column, with a mark or under a rule.
  static let noteAtFoot = Score(0.85)
  static let labelAndValue = Score(0.7)
  /// What no other rule claims.
  static let runningText = Score(0.8)
  /// Text turned against its page.
  static let turnedText = Score(0.5)
}
