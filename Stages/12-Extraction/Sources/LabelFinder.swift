import DocumentModel

/// Finds a template's labels; of labels within labels the longest counts.
struct LabelFinder {
  private struct Owner {
    let field: Int?
    var weak = false
    var leads = false
  }

  private let index: PhraseIndex
  private let owners: [Owner]

  init(_ template: Template) {
    var phrases: [String] = []
    var owners: [Owner] = []
    func add(_ labels: [String]?, _ owner: Owner) {
      phrases += labels ?? []
      owners += (labels ?? []).map { _ in owner }
    }
    for (number, field) in template.fields.enumerated() {
      add(field.labels, Owner(field: number))
      add(field.weak, Owner(field: number, weak: true))
      add(field.leads, Owner(field: number, leads: true))
    }
    add(template.others, Owner(field: nil))
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

  /// Whether a label begins its line, and no word follows but a currency's.
  private static func leads(_ content: PageText.Segment, _ tokens: Range<Int>) -> Bool {
    guard tokens.lowerBound == 0 else { return false }
    return content.tokens[tokens.upperBound...].allSatisfy { token in
      !token.folded.contains(where: \.isLetter) || Currencies.code(content.scalars.text(token.range)) != nil
    }
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
        let owner = owners[match.phrase]
        if owner.leads, !Self.leads(content, match.tokens) { continue }
        covered = match.tokens
        let range =
          content.tokens[match.tokens.lowerBound].range.lowerBound..<last
        hits.append(LabelHit(field: owner.field, weak: owner.weak, page: number, segment: segment, range: range))
      }
      return hits
    }
  }
}
