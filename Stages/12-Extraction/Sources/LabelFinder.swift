import DocumentModel

/// Finds a template's labels; of labels within labels the longest counts.
struct LabelFinder {
  private let index: PhraseIndex
  private let owners: [(field: Int?, weak: Bool)]

  init(_ template: Template) {
    var phrases: [String] = []
    var owners: [(field: Int?, weak: Bool)] = []
    for (number, field) in template.fields.enumerated() {
      for label in field.labels ?? [] { (phrases, owners) = (phrases + [label], owners + [(number, false)]) }
      for label in field.weak ?? [] { (phrases, owners) = (phrases + [label], owners + [(number, true)]) }
    }
    for label in template.others ?? [] { (phrases, owners) = (phrases + [label], owners + [(nil, false)]) }
    index = PhraseIndex(phrases)
    self.owners = owners
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
        guard content.scalars[last] != "_" else { continue }
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
