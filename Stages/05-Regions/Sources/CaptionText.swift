import DocumentModel

/// A caption's opening as the rules for regions read it: frames with text are none.
struct CaptionText: Sendable {
  /// Whether a colon, a point, a dash or nothing more follows the number: prose goes on with a verb.
  let isMarked: Bool
  /// Whether it names a picture; tables, listings and the like are text.
  let isFigure: Bool

  init?(_ words: [String]) {
    guard let opening = CaptionOpening(words), opening.subject != .box else { return nil }
    (isMarked, isFigure) = (opening.isMarked, opening.subject == .picture)
  }
}
