import DocumentModel

/// Finds a template's labels; of labels within labels the longest counts.
struct LabelFinder {
  private let index: PhraseIndex
  private let owners: [(field: Int?, weak: Bool)]

  init(_ template: Template) {
    var phrases: [String] = []
    var owners: [(field: Int?, weak: Bool)] = []
    func add(_ labels: [String], _ field: Int?, weak: Bool) {
      phrases += labels
      owners += labels.map { _ in (field, weak) }
    }
    for (number, field) in template.fields.enumerated() {
      add(field.labels ?? [], number, weak: false)
      add(field.weak ?? [], number, weak: true)
    }
    add(template.others ?? [], nil, weak: false)
    index = PhraseIndex(phrases)
    self.owners = owners
  }

  /// "PO-99120": short letters that a hyphen joins to digits.
  private static func isPartOfCode(_ content: PageText.Segment, _ tokens: Range<Int>, _ last: Int) -> Bool {
    guard tokens.count == 1, let sign = content.scalars[last], "-–/.".unicodeScalars.contains(sign) else {
      return false
    }
    return content.tokens[tokens.lowerBound].folded.utf8.count <= 4 && content.scalars.isDigit(last + 1)
  }

  /// The labels of each segment, from left to right.
  func hits(on page: PageText, at number: Int) -> [[LabelHit]] {
    page.segments.enumerated().map { segment, content in
      var hits: [LabelHit] = []
      var covered = 0..<0
      for match in index.matches(in: content.tokens) {
        // Equal stretches may name several fields; a shorter one inside a longer names none.
        guard match.tokens.lowerBound >= covered.upperBound || match.tokens == covered else { continue }
        let last = content.tokens[match.tokens.upperBound - 1].range.upperBound
        // "invoice_number_1" is a value, not the label in it.
        guard content.scalars[last] != "_", !Self.isPartOfCode(content, match.tokens, last) else { continue }
        covered = match.tokens
        let owner = owners[match.phrase]
        let range =
          content.tokens[match.tokens.lowerBound].range.lowerBound..<last
        hits.append(LabelHit(field: owner.field, weak: owner.weak, page: number, segment: segment, range: range))
      }
      return hits
    }
  }
}
