import DocumentModel

/// Parts a line that holds several labels, each with its value: "VAT: FR11 - SIRET: 9999", "Date: 3 May    Time: 9.30".
struct InlineLabels {
  private let page: PageText
  private let segment: PageText.Segment

  init(_ page: PageText, _ segment: PageText.Segment) {
    self.page = page
    self.segment = segment
  }

  /// The first value cut where the next label begins, then the others with their labels.
  func parts(label: Range<Int>, value: Range<Int>) -> [(label: Range<Int>, value: Range<Int>)] {
    var parts: [(label: Range<Int>, value: Range<Int>)] = []
    var label = label
    var start = value.lowerBound
    var at = start
    while at < value.upperBound, parts.count < Self.most {
      defer { at += 1 }
      guard isLabelEnd(at), let next = labelStart(before: at, from: start) else { continue }
      parts.append((label, start..<next.valueEnd))
      (label, start) = (next.label..<at, at + 1)
    }
    return parts + [(label, start..<value.upperBound)]
  }

  private func isLabelEnd(_ at: Int) -> Bool {
    let text = segment.scalars
    guard text[at] == ":" || text[at] == "：", text[at + 1] != "/" else { return false }
    return !(text.isDigit(at - 1) && text.isDigit(at + 1))
  }

  /// Where the words before a colon begin that are its label: behind a sign that parts, or behind wide white.
  private func labelStart(before colon: Int, from start: Int) -> (valueEnd: Int, label: Int)? {
    let text = segment.scalars
    var words = 0
    var at = colon - 1
    while at > start, colon - at <= Self.longestLabel {
      if text.isSpace(at), at + 1 < colon, !text.isSpace(at + 1) {
        words += 1
        if isWideBefore(at + 1) { return checked(valueEnd: at, label: at + 1, colon) }
      }
      if let sign = text[at], Self.parting.contains(sign), sign != "-" || text.isSpace(at - 1) && text.isSpace(at + 1) {
        return checked(valueEnd: at, label: at + 1, colon)
      }
      if words > Self.mostWords { return nil }
      at -= 1
    }
    return nil
  }

  private func checked(valueEnd: Int, label: Int, _ colon: Int) -> (valueEnd: Int, label: Int)? {
    (label..<colon).contains { segment.scalars.isLetter($0) } ? (valueEnd, label) : nil
  }

  /// Whether the word that begins here stands apart from the one before it.
  private func isWideBefore(_ start: Int) -> Bool {
    guard let word = segment.starts.firstIndex(of: start), word > 0 else { return false }
    let gap = page.box(ofWord: word, in: segment).left - page.box(ofWord: word - 1, in: segment).right
    return gap > Self.wide * segment.height
  }

  private static let parting: Set<Unicode.Scalar> = ["-", "–", "—", "|", "·", "•", ";"]
  private static let wide = 0.8  // heights of a line: three spaces
  private static let mostWords = 4  // of a label within a line
  private static let longestLabel = 40  // scalars
  private static let most = 12  // labels of a line
}
