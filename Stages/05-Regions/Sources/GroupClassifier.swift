import DocumentModel

/// Gives each group its kind: the first rule that fires decides.
struct GroupClassifier {
  let body: BodyFacts
  let heading: HeadingRule
  /// Pictures and tables of the page, upright: captions stand near them.
  let floats: [BoundingBox]

  private static let nearFloat = 3.0  // em between a caption and its picture or table
  private static let captionSize = 0.95  // of the body size: captions are often set smaller

  /// - Parameter isUnderHeading: whether the group above in its column is a heading.
  func classify(_ group: TextGroup, kind: RowKind, isItem: Bool, isUnderHeading: Bool) -> (
    kind: RegionKind, confidence: Score
  ) {
    switch kind {
    case .code: return (.code, .codeType)
    case .formula: return (.formula, .formulaType)
    case .keyValue: return (.keyValue, .labelAndValue)
    case .text: break
    }
    if group.isTurned { return (.paragraph, .turnedText) }
    if let number = PageNumberText(words: group.words), number.isAlone, number.isNamed {
      return (.pageNumber, .byPlace)
    }
    if isCaption(group) { return (.caption, .captionWords) }
    if isItem, let first = group.words.first, case .bullet? = ListMarkerText(first: first, isOnlyWord: false) {
      return (.listItem, .listMarker)
    }
    if isItem, isSentenceItem(group) { return (.listItem, .listMarker) }
    if let confidence = heading.judge(group, isUnderHeading: isUnderHeading) { return (.heading, confidence) }
    if isItem { return (.listItem, .listMarker) }
    return (.paragraph, .runningText)
  }

  /// "(2) Decide what counts." among its siblings: headings have such numbers, and sentences' ends, but not both.
  private func isSentenceItem(_ group: TextGroup) -> Bool {
    guard let first = group.words.first, first.last == ")" || first.last == "]", let last = group.lastCharacter else {
      return false
    }
    return ".;,".contains(last)
  }

  private func isCaption(_ group: TextGroup) -> Bool {
    guard let caption = CaptionText(group.rows[0].words) else { return false }
    if caption.isMarked { return true }
    let reach = Self.nearFloat * group.size
    let box = group.box.insetBy(-reach)
    return floats.contains { $0.intersects(box) }
      && (group.size < Self.captionSize * body.size || group.rows.count <= 2)
  }
}
